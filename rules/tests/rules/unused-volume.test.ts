import rule from '../../src/rules/unused-volume.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const config = '- name: config\n    configMap:\n      name: agent'
const volumes = (...items: string[]) => `volumes:\n${items.map((item) => `  ${item}`).join('\n')}`

ruleTester.run('unused-volume', rule, {
  valid: [
    daemonSet(),
    daemonSet({
      spec: volumes(config),
      container: 'image: agent:1\nvolumeMounts: [{ name: config, mountPath: /etc/agent }]',
    }),
    daemonSet({
      spec: `${volumes(config)}
initContainers:
  - { name: prepare, image: "prepare:1", volumeMounts: [{ name: config, mountPath: /etc/agent }] }`,
    }),
    daemonSet({
      spec: volumes('- { name: disk, persistentVolumeClaim: { claimName: disk } }'),
      container: 'image: agent:1\nvolumeDevices: [{ name: disk, devicePath: /dev/disk }]',
    }),
    daemonSet({
      spec: volumes(config),
      container: 'image: agent:1\nvolumeMounts: [{ name: "${VOLUME}", mountPath: /etc/agent }]',
    }),
    daemonSet({ spec: volumes(config), container: 'image: agent:1\nvolumeMounts: ${MOUNTS}' }),
    daemonSet({ spec: volumes('- { name: "${NAME}", emptyDir: {} }') }),
    daemonSet({
      spec: volumes(config),
      template: `annotations:\n  sidecar.example.com/mounts: '[{"name":"config"}]'`,
    }),
    // A patch does not say what the rest mounts.
    `apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: agent }\nspec: { template: { spec: { volumes: [{ name: config, emptyDir: {} }] } } }\n`,
  ],
  invalid: [
    {
      // A null item is none, but counts.
      code: daemonSet({
        spec: `volumes:\n  - null\n  - { name: config, emptyDir: {} }\n  - { name: data, emptyDir: {} }`,
        container: 'image: agent:1\nvolumeMounts: [{ name: config, mountPath: /etc/agent }]',
      }),
      errors: [
        {
          messageId: 'unused',
          data: { name: 'data' },
          suggestions: [
            {
              messageId: 'remove',
              output: daemonSet({
                spec: `volumes:\n  - null\n  - { name: config, emptyDir: {} }`,
                container: 'image: agent:1\nvolumeMounts: [{ name: config, mountPath: /etc/agent }]',
              }),
            },
          ],
        },
      ],
    },
    {
      // It is used by nothing wherever it comes from; a checksum speaks of no volume.
      code: daemonSet({
        spec: volumes('- { name: data, hostPath: { path: "${DIR}" } }'),
        template: 'annotations: { checksum/config: "${SUM}" }',
      }),
      errors: [{ messageId: 'unused' }],
    },
    {
      code: daemonSet({ spec: volumes(config) }),
      errors: [
        {
          messageId: 'unused',
          data: { name: 'config' },
          line: 15,
          column: 17,
          endLine: 15,
          endColumn: 23,
          suggestions: [{ messageId: 'remove', output: daemonSet() }],
        },
      ],
    },
    {
      code: daemonSet({
        spec: 'volumes: [{ name: config, emptyDir: {} }, { name: data, emptyDir: {} }]',
        container: 'image: agent:1\nvolumeMounts: [{ name: config, mountPath: /etc/agent }]',
      }),
      errors: [
        {
          messageId: 'unused',
          data: { name: 'data' },
          line: 14,
          column: 57,
          endLine: 14,
          endColumn: 61,
          suggestions: [
            {
              messageId: 'remove',
              output: daemonSet({
                spec: 'volumes: [{ name: config, emptyDir: {} }]',
                container: 'image: agent:1\nvolumeMounts: [{ name: config, mountPath: /etc/agent }]',
              }),
            },
          ],
        },
      ],
    },
    {
      // A placeholder elsewhere hides nothing.
      code: daemonSet({ spec: volumes(config), container: 'image: ${IMAGE}\nargs: ["${ARG}"]' }),
      errors: [{ messageId: 'unused' }],
    },
  ],
})
