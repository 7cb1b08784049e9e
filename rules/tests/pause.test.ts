import { describe, expect, it } from 'vitest'
import { lintWith, show } from './lint.ts'
import { daemonSet } from './manifests.ts'

// Not in the rules' own tests: an image that is templated is taken for an agent's, unlike what their tester assumes.
describe.each([
  'cpu-memory-requests',
  'drop-capabilities',
  'memory-limit',
  'privilege-escalation',
  'read-only-root',
  'readiness-probe',
  'seccomp-profile',
])('%s and the pause image', (id) => {
  const found = (image: string) =>
    lintWith(daemonSet({ container: `image: ${image}` }), { [id]: 'warn' }).map(show)

  it('asks nothing of a container that does nothing', () => {
    expect(found('registry.k8s.io/pause:3.10')).toEqual([])
  })

  it('asks it of every other', () => {
    expect(found('example.com/agent:1.2.3')).toHaveLength(1)
    // It may be one for the node's network, of which no memory limit is asked.
    expect(found('${IMAGE}')).toHaveLength(id === 'memory-limit' ? 0 : 1)
  })
})

it('readiness-probe asks nothing of a container that only waits', () => {
  const found = (command: string) =>
    lintWith(daemonSet({ container: `image: a:1\ncommand: ${command}` }), { 'readiness-probe': 'warn' })
  expect(found('[sleep, infinity]')).toEqual([])
  expect(found('["${PROGRAM}"]')).toEqual([])
  expect(found('[agent]')).toHaveLength(1)
})

const beside = (id: string) =>
  lintWith(
    daemonSet({
      spec: 'initContainers: [{ name: setup, image: "s:1", restartPolicy: Always }]',
      container: 'image: registry.k8s.io/pause:3.10',
    }),
    { [id]: 'warn' },
  ).map(({ message }) => message)

it.each(['drop-capabilities', 'privilege-escalation', 'read-only-root', 'seccomp-profile'])(
  '%s names the others of its pod alone',
  (id) => {
    expect(beside(id)).toEqual([expect.stringMatching(/container `setup`/i)])
  },
)

it('is not run as root', () => {
  const found = (image: string) =>
    lintWith(daemonSet({ container: `image: ${image}` }), { 'run-as-non-root': 'warn' })
  expect(found('registry.k8s.io/pause:3.10')).toEqual([])
  expect(found('example.com/pause/agent:1')).toHaveLength(1)
})
