import rule from '../../src/rules/default-service-account.ts'
import { daemonSet } from '../manifests.ts'
import { bindingOf } from '../rbac.ts'
import { ruleTester } from '../rule-tester.ts'

const kured = 'image: ghcr.io/kubereboot/kured:1.23.0'
const fluentd = 'image: fluent/fluentd-kubernetes-daemonset:v1'
const bound = (subject: string, spec?: string) =>
  `${bindingOf('{ kind: ClusterRole, name: agent }', subject)}---\n${daemonSet({ metadata: 'namespace: logging', spec })}`
const account = (name: string, namespace = 'logging') =>
  `apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: ${name}, namespace: ${namespace} }\n---\n`
const beside = (spec?: string) =>
  `${account('kured')}${account('default')}${account('kured-other', 'other')}${daemonSet({
    metadata: 'namespace: logging',
    spec,
    container: kured,
  })}`
const own = '{ kind: ServiceAccount, name: default, namespace: logging }'

ruleTester.run('default-service-account', rule, {
  valid: [
    daemonSet(),
    daemonSet({ spec: 'serviceAccountName: kured', container: kured }),
    daemonSet({ spec: 'serviceAccount: kured', container: kured }),
    daemonSet({ spec: 'serviceAccountName: ${ACCOUNT}', container: kured }),
    daemonSet({ spec: 'automountServiceAccountToken: false', container: kured }),
    daemonSet({ spec: 'automountServiceAccountToken: ${TOKEN}', container: kured }),
    daemonSet({ container: 'image: ${IMAGE}' }),
    // Depends on its configuration, or another program runs
    daemonSet({ container: 'image: fluent/fluent-bit:5.1.1' }),
    daemonSet({ container: `${fluentd}\ncommand: [sh, -c, "sleep infinity"]` }),
    // A configuration of its own
    daemonSet({
      spec: 'volumes: [{ name: config, configMap: { name: fluentd } }]',
      container: `${fluentd}\nvolumeMounts: [{ name: config, mountPath: /fluentd/etc }]`,
    }),
    daemonSet({ container: `${fluentd}\nvolumeMounts: \${MOUNTS}` }),
    bound('{ kind: ServiceAccount, name: agent, namespace: logging }'),
    bound('{ kind: ServiceAccount, name: default, namespace: other }'),
    // Whoever applies it chooses which `default` it is.
    bound(own).replace('  name: agent\n  namespace: logging\nspec', '  name: agent\nspec'),
    bound(own, 'serviceAccountName: agent'),
    { code: daemonSet({ container: kured }), role: 'patch' },
  ],
  invalid: [
    // A name that means nothing as a regular expression
    {
      code: daemonSet({ container: 'image: registry.example.com/agent:1' }),
      settings: { agents: [{ name: '((+', kinds: ['node'], images: ['agent'], asksApiServer: true }] },
      errors: [{ messageId: 'asks', data: { agent: '((+' } }],
    },
    {
      code: daemonSet({ container: kured }),
      errors: [
        {
          messageId: 'asks',
          data: { agent: 'kured' },
          line: 13,
          column: 5,
          endLine: 13,
          endColumn: 9,
          suggestions: [],
        },
      ],
    },
    {
      code: daemonSet({ spec: 'serviceAccountName: default', container: fluentd }),
      errors: [{ messageId: 'asks', data: { agent: 'fluentd' }, line: 14, column: 27, endColumn: 34 }],
    },
    {
      code: daemonSet({
        spec: 'volumes: [{ name: logs, hostPath: { path: /var/log } }]',
        container: `${fluentd}\nvolumeMounts: [{ name: logs, mountPath: /var/log }]`,
      }),
      errors: [{ messageId: 'asks' }],
    },
    {
      code: daemonSet({ container: `${fluentd}\ncommand: [sh, -c, "exec fluentd"]` }),
      errors: [{ messageId: 'asks' }],
    },
    {
      code: daemonSet({ spec: 'automountServiceAccountToken: true', container: kured }),
      errors: [{ messageId: 'asks' }],
    },
    {
      code: bound(own),
      errors: [
        {
          messageId: 'bound',
          data: { kind: 'ClusterRoleBinding', binding: 'agent', name: 'agent' },
          line: 22,
        },
      ],
    },
    {
      code: beside(),
      errors: [
        {
          messageId: 'asks',
          suggestions: [
            {
              messageId: 'use',
              data: { account: 'kured' },
              output: beside().replace(/(image: ghcr.*\n)/, '$1      serviceAccountName: kured\n'),
            },
          ],
        },
      ],
    },
    {
      code: beside('serviceAccountName: default'),
      errors: [
        {
          messageId: 'asks',
          suggestions: [{ messageId: 'use', output: beside('serviceAccountName: kured') }],
        },
      ],
    },
  ],
})
