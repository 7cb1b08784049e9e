import { describe, expect, it } from 'vitest'
import { lintWith, show } from './lint.ts'
import { daemonSet } from './manifests.ts'

// Not in the rules' own tests: an image that is templated is taken for an agent's, unlike what their tester assumes.
describe.each(['cpu-memory-requests', 'memory-limit', 'readiness-probe'])('%s and the pause image', (id) => {
  const found = (image: string) =>
    lintWith(daemonSet({ container: `image: ${image}` }), { [id]: 'warn' }).map(show)

  it('asks nothing of a container that does nothing', () => {
    expect(found('registry.k8s.io/pause:3.10')).toEqual([])
  })

  it('asks it of every other', () => {
    expect(found('example.com/agent:1.2.3')).toHaveLength(1)
    expect(found('${IMAGE}')).toHaveLength(1)
  })
})

it('readiness-probe asks nothing of a container that only waits', () => {
  const found = (command: string) =>
    lintWith(daemonSet({ container: `image: a:1\ncommand: ${command}` }), { 'readiness-probe': 'warn' })
  expect(found('[sleep, infinity]')).toEqual([])
  expect(found('["${PROGRAM}"]')).toEqual([])
  expect(found('[agent]')).toHaveLength(1)
})
