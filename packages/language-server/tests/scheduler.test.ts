import { setTimeout as later, setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createScheduler } from '../src/scheduler.ts'

function start() {
  const done: string[] = []
  return { done, scheduler: createScheduler((key) => done.push(key)) }
}

it('works once for many wishes, when no more come', async () => {
  const { done, scheduler } = start()
  for (let count = 0; count < 5; count++) {
    scheduler.wish('a')
    await turn()
    expect(done).toEqual([])
  }
  scheduler.wish('b')
  await later(20)
  expect(done.sort()).toEqual(['a', 'b'])
})

it('does not wait for wishes that never end', async () => {
  const { done, scheduler } = start()
  const until = performance.now() + 300
  while (performance.now() < until) {
    scheduler.wish('a')
    await turn()
  }
  expect(done.length).toBeGreaterThan(0)
})

it('waits as long as it is told, and forgets', async () => {
  const { done, scheduler } = start()
  scheduler.wish('a', 30)
  scheduler.wish('b')
  scheduler.forget('b')
  await later(5)
  expect(done).toEqual([])
  await later(60)
  expect(done).toEqual(['a'])
  scheduler.wish('c')
  scheduler.stop()
  await later(20)
  expect(done).toEqual(['a'])
})

it('works on one of many in a turn, and on the latest first', async () => {
  const { done, scheduler } = start()
  const keys = Array.from({ length: 50 }, (_, index) => `${index}`)
  for (const key of keys) scheduler.wish(key)
  while (done.length === 0) await turn()
  expect(done.length).toBeLessThan(10)
  scheduler.wish('typed')
  for (let count = 0; count < 4; count++) await turn()
  expect(done).toContain('typed')
  expect(done.length).toBeLessThan(20)
  await later(50)
  expect([...done].sort()).toEqual([...keys, 'typed'].sort())
})
