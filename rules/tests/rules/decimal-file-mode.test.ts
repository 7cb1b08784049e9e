import rule from '../../src/rules/decimal-file-mode.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const secret = (mode: string) =>
  daemonSet({
    spec: `volumes:\n  - name: key\n    secret:\n      secretName: key\n      defaultMode: ${mode}`,
  })
const flow = (source: string) => daemonSet({ spec: `volumes: [{ name: key, ${source} }]` })
const json = (mode: string) =>
  `{ "apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": { "name": "a" }, "spec": { "selector": { "matchLabels": { "app": "a" } }, "template": { "metadata": { "labels": { "app": "a" } }, "spec": { "volumes": [{ "name": "key", "secret": { "secretName": "key", "defaultMode": ${mode} } }], "containers": [{ "name": "a", "image": "a:1" }] } } } }\n`

ruleTester.run('decimal-file-mode', rule, {
  valid: [
    daemonSet(),
    secret('0400'),
    // 0400, 0440, 0444, 0600, 0644 and 0755 as the API server prints them
    ...['256', '288', '292', '384', '420', '493', '511'].map(secret),
    // what is meant cannot be told
    secret('100'),
    secret('360'),
    secret('0620'),
    secret('${MODE}'),
    secret('null'),
    flow('emptyDir: {}'),
    daemonSet({ spec: 'volumes: ${VOLUMES}' }),
  ],
  invalid: [
    {
      code: secret('400'),
      errors: [
        {
          messageId: 'decimal',
          data: { written: 400, octal: '0620', granted: 'rw--w----', meant: 'r--------' },
          line: 18,
          column: 26,
          endLine: 18,
          endColumn: 29,
          suggestions: [{ messageId: 'octal', data: { written: '400' }, output: secret('0400') }],
        },
      ],
    },
    {
      code: secret('440'),
      errors: [
        {
          data: { written: 440, octal: '0670', granted: 'rw-rwx---', meant: 'r--r-----' },
          messageId: 'decimal',
        },
      ],
    },
    {
      code: secret('444'),
      errors: [
        {
          data: { written: 444, octal: '0674', granted: 'rw-rwxr--', meant: 'r--r--r--' },
          messageId: 'decimal',
        },
      ],
    },
    {
      code: secret('500'),
      errors: [
        {
          data: { written: 500, octal: '0764', granted: 'rwxrw-r--', meant: 'r-x------' },
          messageId: 'decimal',
        },
      ],
    },
    {
      code: json('400'),
      errors: [
        {
          messageId: 'decimal',
          suggestions: [{ messageId: 'json', data: { written: '400', decimal: 256 }, output: json('256') }],
        },
      ],
    },
    {
      code: flow('configMap: { name: a, defaultMode: 444, items: [{ key: a, path: a, mode: 440 }, null] }'),
      errors: [
        {
          messageId: 'decimal',
          suggestions: [
            {
              messageId: 'octal',
              output: flow(
                'configMap: { name: a, defaultMode: 0444, items: [{ key: a, path: a, mode: 440 }, null] }',
              ),
            },
          ],
        },
        { messageId: 'decimal', field: 'spec.template.spec.volumes[0].configMap.items[0].mode' },
      ],
    },
    {
      code: flow(
        'projected: { defaultMode: 500, sources: [{ configMap: { name: a, items: [{ key: a, path: a, mode: 444 }] } }, { serviceAccountToken: { path: t } }] }',
      ),
      errors: [
        { messageId: 'decimal', field: 'spec.template.spec.volumes[0].projected.defaultMode' },
        {
          messageId: 'decimal',
          field: 'spec.template.spec.volumes[0].projected.sources[0].configMap.items[0].mode',
        },
      ],
    },
    {
      code: flow('downwardAPI: { items: [{ path: a, mode: 400, fieldRef: { fieldPath: metadata.name } }] }'),
      errors: [{ messageId: 'decimal', field: 'spec.template.spec.volumes[0].downwardAPI.items[0].mode' }],
    },
    {
      // A patch says so itself.
      code: 'apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: a }\nspec: { template: { spec: { volumes: [{ name: a, secret: { defaultMode: 400 } }] } } }\n',
      role: 'patch',
      errors: [{ messageId: 'decimal' }],
    },
  ],
})
