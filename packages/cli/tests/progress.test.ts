import { expect, it } from 'vitest'
import { createProgress, terminalOf } from '../src/progress.ts'

it('rewrites one line, ten times a second at most, and takes it away', () => {
  let time = 5000
  const written: string[] = []
  const progress = createProgress(40, { write: (text) => written.push(text), now: () => time })
  for (let done = 1; done <= 40; done++) {
    progress.tick(done)
    time += 10
  }
  progress.end()
  const clear = '\r\u001b[K'
  expect(written).toEqual([...[1, 11, 21, 31].map((done) => `${clear}${done} of 40 files linted`), clear])
})

it('writes nothing where nobody looks', () => {
  expect(terminalOf({ CI: 'true' })).toBeUndefined()
  expect(terminalOf({ TERM: 'dumb' })).toBeUndefined()
  const progress = createProgress(1, undefined)
  progress.tick(1)
  progress.end()
})

it('leaves no trace where it was never shown', () => {
  const written: string[] = []
  createProgress(1, { write: (text) => written.push(text), now: () => 0 }).end()
  expect(written).toEqual([])
})
