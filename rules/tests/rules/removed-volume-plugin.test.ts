import { expect, it } from 'vitest'
import rule from '../../src/rules/removed-volume-plugin.ts'
import { lintWith } from '../lint.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const sources = {
  cephfs: '{ monitors: [a] }',
  flocker: '{ datasetName: a }',
  glusterfs: '{ endpoints: a, path: a }',
  photonPersistentDisk: '{ pdID: a }',
  quobyte: '{ registry: "a:1", volume: a }',
  rbd: '{ monitors: [a], image: a }',
  scaleIO: '{ gateway: a, system: a, volumeName: a, secretRef: { name: a } }',
  storageos: '{ volumeName: a }',
}
const mounts = 'image: agent:1\nvolumeMounts: [{ name: data, mountPath: /data }]'
const mounted = (volume: string, container = mounts) =>
  daemonSet({ spec: `volumes:\n  - name: data\n    ${volume}`, container })
const rbd = mounted(`rbd: ${sources.rbd}`)
const settings = (kubernetesVersion: string | string[]) => ({ kubernetesVersion })

ruleTester.run('removed-volume-plugin', rule, {
  valid: [
    daemonSet(),
    mounted('nfs: { server: a, path: / }'),
    mounted('rbd: null\n    emptyDir: {}'),
    // The API server's warning says enough of what is only off by default.
    mounted('gitRepo: { repository: "https://example.com/agent.git" }'),
    // The kubelet leaves it out.
    mounted(`rbd: ${sources.rbd}`, 'image: agent:1'),
    mounted(`rbd: ${sources.rbd}`, 'image: agent:1\nvolumeMounts: [{ name: "${VOLUME}", mountPath: /data }]'),
    { code: rbd, settings: settings('1.30') },
    { code: rbd, settings: settings(['1.30', '1.33']) },
  ],
  invalid: [
    {
      code: rbd,
      settings: settings('1.31'),
      errors: [
        {
          messageId: 'removed',
          data: { container: 'agent', plugin: 'rbd', version: 31 },
          line: 16,
          column: 11,
          endLine: 16,
          endColumn: 14,
        },
      ],
    },
    { code: rbd, settings: settings(['1.31', '1.36']), errors: 1 },
    ...Object.entries(sources).map(([plugin, source]) => ({
      name: plugin,
      code: mounted(`${plugin}: ${source}`),
      errors: [{ messageId: 'removed', field: `spec.template.spec.volumes[0].${plugin}` }],
    })),
    {
      code: daemonSet({
        spec: 'volumes: [{ name: data, glusterfs: { endpoints: a, path: a } }]\ninitContainers: [{ name: prepare, image: "a:1", volumeMounts: [null, { name: data, mountPath: /data }] }]',
      }),
      errors: [{ messageId: 'removed', data: { container: 'prepare', plugin: 'glusterfs', version: 26 } }],
    },
  ],
})

it('takes the place of the warning of the API server', () => {
  for (const [plugin, source] of Object.entries(sources)) {
    const found = lintWith(mounted(`${plugin}: ${source}`), { 'removed-volume-plugin': 'error' })
    expect(found.map(({ ruleId }) => ruleId)).toEqual(['removed-volume-plugin'])
  }
})
