import rule from '../../src/rules/ephemeral-storage-limit.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

interface Parts {
  image?: string
  volume?: string
  mount?: string
  resources?: string
  spec?: string
}

const withBuffer = ({
  image = 'fluent/fluentd:v1.17.1',
  volume = 'name: buffer\n    emptyDir: {}',
  mount = 'name: buffer\n    mountPath: /buffers',
  resources = 'resources: {}',
  spec = '',
}: Parts = {}) =>
  daemonSet({
    spec: `${spec}volumes:\n  - ${volume}`,
    container: `image: ${image}\nvolumeMounts:\n  - ${mount}\n${resources}`,
  })

ruleTester.run('ephemeral-storage-limit', rule, {
  valid: [
    daemonSet(),
    withBuffer({ volume: 'name: buffer\n    emptyDir: { sizeLimit: 1Gi }' }),
    withBuffer({ volume: 'name: buffer\n    emptyDir: { sizeLimit: "${SIZE}" }' }),
    withBuffer({ volume: 'name: buffer\n    emptyDir: { medium: Memory }' }),
    withBuffer({ volume: 'name: buffer\n    emptyDir: { medium: "${MEDIUM}" }' }),
    withBuffer({ volume: 'name: buffer\n    emptyDir: ${BUFFER}' }),
    withBuffer({ volume: 'name: buffer\n    hostPath: { path: /var/lib/fluentd }' }),
    withBuffer({ resources: 'resources:\n  limits:\n    ephemeral-storage: 2Gi' }),
    withBuffer({ resources: 'resources:\n  limits: ${LIMITS}' }),
    withBuffer({ mount: 'name: buffer\n    mountPath: /buffers\n    readOnly: true' }),
    // no buffer by its name
    withBuffer({ volume: 'name: tmp\n    emptyDir: {}', mount: 'name: tmp\n    mountPath: /tmp' }),
    withBuffer({
      volume: 'name: positions\n    emptyDir: {}',
      mount: 'name: positions\n    mountPath: /run/p',
    }),
    // no log agent, or none that is known
    withBuffer({ image: 'agent:1.2.3' }),
    withBuffer({ image: 'prom/node-exporter:v1.9.1' }),
    withBuffer({ image: '${IMAGE}' }),
    // an init container fills it
    withBuffer({
      spec: 'initContainers:\n  - name: prepare\n    image: busybox:1.36\n    volumeMounts:\n      - name: buffer\n        mountPath: /buffers\n',
    }),
    // nobody knows what else is mounted
    withBuffer({ mount: 'name: ${NAME}\n    mountPath: /buffers' }),
  ],
  invalid: [
    {
      code: withBuffer(),
      errors: [
        {
          messageId: 'missing',
          data: { agent: 'fluentd', volume: 'buffer' },
          line: 16,
          column: 11,
          endLine: 16,
          endColumn: 19,
          suggestions: [
            {
              messageId: 'set',
              data: { size: '1Gi' },
              output: withBuffer({ volume: 'name: buffer\n    emptyDir:\n      sizeLimit: 1Gi' }),
            },
          ],
        },
      ],
    },
    {
      code: withBuffer({
        image: 'timberio/vector:0.48.0-alpine',
        volume: 'name: data\n    emptyDir:\n      medium: ""',
        mount: 'name: data\n    mountPath: /var/lib/vector',
      }),
      errors: [
        {
          messageId: 'missing',
          data: { agent: 'Vector', volume: 'data' },
          suggestions: [
            {
              messageId: 'set',
              output: withBuffer({
                image: 'timberio/vector:0.48.0-alpine',
                volume: 'name: data\n    emptyDir:\n      medium: ""\n      sizeLimit: 1Gi',
                mount: 'name: data\n    mountPath: /var/lib/vector',
              }),
            },
          ],
        },
      ],
    },
    {
      // once, by however many containers it is mounted
      code: withBuffer({
        spec: 'initContainers:\n  - name: proxy\n    image: fluent/fluent-bit:4.0.3\n    restartPolicy: Always\n    volumeMounts:\n      - name: buffer\n        mountPath: /buffers\n',
      }),
      errors: [{ messageId: 'missing' }],
    },
  ],
})
