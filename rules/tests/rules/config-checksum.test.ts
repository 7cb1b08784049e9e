import rule from '../../src/rules/config-checksum.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const volume = (name: string) => `volumes:\n  - name: config\n    configMap:\n      name: ${name}`
const env = (name: string) =>
  `image: agent:1.2.3\nenv:\n  - name: LEVEL\n    valueFrom:\n      configMapKeyRef:\n        name: ${name}\n        key: level`
const auto = 'annotations:\n  reloader.stakater.com/auto: "true"'
const mounting = (more: string) =>
  `image: agent:1.2.3\nvolumeMounts: [{ name: config, mountPath: /etc/agent.conf${more} }]`
const may = 'may go on with the old one'
const rereads = (rereadsConfiguration: boolean) => ({
  settings: { agents: [{ name: 'Shipper', kinds: ['logs'], images: ['shipper'], rereadsConfiguration }] },
})

ruleTester.run('config-checksum', rule, {
  valid: [
    daemonSet(),
    daemonSet({ spec: volume('config'), template: 'annotations:\n  checksum/config: abc' }),
    daemonSet({ spec: volume('config'), template: 'annotations:\n  example.com/config-hash: abc' }),
    daemonSet({ spec: volume('config'), template: 'annotations: ${ANNOTATIONS}' }),
    daemonSet({ spec: volume('config'), metadata: auto }),
    daemonSet({ spec: volume('config'), template: auto }),
    daemonSet({
      spec: volume('config'),
      metadata: 'annotations:\n  configmap.reloader.stakater.com/reload: config',
    }),
    daemonSet({
      spec: volume('config'),
      metadata: 'annotations:\n  wave.pusher.com/update-on-config-change: "true"',
    }),
    // a hash of Kustomize's
    daemonSet({ spec: volume('config-6ct58987ht') }),
    daemonSet({ spec: volume('kube-root-ca.crt') }),
    daemonSet({ spec: volume('${CONFIG}') }),
    // the agent reads it again
    daemonSet({ spec: volume('config'), container: 'image: agent:1.2.3\nargs: [--config.auto-reload]' }),
    daemonSet({ spec: volume('config'), container: 'image: example.com/configmap-reload:0.9' }),
    daemonSet({ container: `${env('config')}\n        optional: true` }),
    daemonSet({
      spec: volume('config'),
      container: 'image: fluent/fluentd-kubernetes-daemonset:v1-debian-logentries',
    }),
    daemonSet({
      spec: volume('config'),
      container: 'image: ${REGISTRY}/fluentd-kubernetes-daemonset:v1-debian-logentries-1.0',
    }),
    {
      code: daemonSet({ spec: volume('config'), container: 'image: example.com/shipper:1.2' }),
      ...rereads(true),
    },
    // another kind of volume
    daemonSet({ spec: 'volumes:\n  - name: config\n    secret:\n      secretName: config' }),
  ],
  invalid: [
    ...[
      'fluent/fluentd-kubernetes-daemonset:v1-debian-loggly',
      'example.com/logentries:v1-debian-logentries',
    ].map((image) => ({
      code: daemonSet({ spec: volume('config'), container: `image: ${image}` }),
      errors: [
        {
          messageId: 'missing' as const,
          data: { names: 'ConfigMap `config`', others: may },
          line: 17,
          column: 19,
          endLine: 17,
          endColumn: 25,
        },
      ],
    })),
    {
      code: daemonSet({ spec: volume('config'), container: 'image: example.com/shipper:1.2' }),
      ...rereads(false),
      errors: [{ messageId: 'missing', data: { names: 'ConfigMap `config`', others: may }, line: 17 }],
    },
    {
      code: daemonSet({ spec: volume('config') }),
      errors: [
        {
          messageId: 'missing',
          data: { names: 'ConfigMap `config`', others: may },
          line: 17,
          column: 19,
          endLine: 17,
          endColumn: 25,
          suggestions: [
            { messageId: 'reloader', output: daemonSet({ spec: volume('config'), metadata: auto }) },
          ],
        },
      ],
    },
    {
      code: daemonSet({ spec: volume('config'), container: mounting(', subPath: agent.conf') }),
      errors: [{ messageId: 'missing', data: { names: 'ConfigMap `config`', others: 'the old one' } }],
    },
    {
      code: daemonSet({ spec: volume('config'), container: mounting('') }),
      errors: [{ messageId: 'missing', data: { names: 'ConfigMap `config`', others: may } }],
    },
    {
      code: daemonSet({
        spec: volume('config'),
        container: 'image: fluent/fluentd-kubernetes-daemonset:v1-debian-elasticsearch',
      }),
      errors: [{ messageId: 'missing' }],
    },
    // ten letters are no hash
    { code: daemonSet({ spec: volume('agent-collectors') }), errors: [{ messageId: 'missing' }] },
    {
      code: daemonSet({ container: env('config') }),
      errors: [
        {
          messageId: 'missing',
          data: { names: 'ConfigMap `config`', others: 'the old one' },
          line: 21,
          column: 25,
          endLine: 21,
          endColumn: 31,
        },
      ],
    },
    {
      code: daemonSet({ container: 'image: agent:1.2.3\nenvFrom: [{ configMapRef: { name: config } }]' }),
      errors: [{ messageId: 'missing', line: 17, column: 45, endLine: 17, endColumn: 51 }],
    },
    {
      code: daemonSet({
        spec: 'volumes:\n  - name: all\n    projected:\n      sources:\n        - configMap:\n            name: first\n        - configMap:\n            name: kube-root-ca.crt',
        container: env('second'),
      }),
      errors: [
        {
          messageId: 'missing',
          data: { names: 'ConfigMaps `first` and `second`', others: may },
          line: 19,
          column: 25,
        },
      ],
    },
    {
      code: daemonSet({ spec: volume('config'), template: 'annotations:\n  prometheus.io/scrape: "true"' }),
      errors: [{ messageId: 'missing' }],
    },
  ],
})
