import rule from '../../src/rules/automount-token.ts'
import { daemonSet } from '../manifests.ts'
import { bindingOf } from '../rbac.ts'
import { ruleTester } from '../rule-tester.ts'

const exporter = 'image: quay.io/prometheus/node-exporter:v1.12.1'
const shell = (script: string) => `image: example.com/agent:1\ncommand: [sh, -c, "${script}"]`
const account = (more: string) =>
  `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: default\n${more}---\n${daemonSet()}`
const inNamespaces = (ofAccount: string, own: string) =>
  account('automountServiceAccountToken: false\n')
    .replace('name: default\n', `name: default\n  namespace: ${ofAccount}\n`)
    .replace('name: agent\n', `name: agent\n  namespace: ${own}\n`)
const bound = (subject: string) =>
  `${bindingOf('{ kind: ClusterRole, name: agent }', subject)}---\n${daemonSet()}`
const token = { name: 'agent', account: 'default' }

ruleTester.run('automount-token', rule, {
  valid: [
    daemonSet({ spec: 'automountServiceAccountToken: false' }),
    // Somebody has decided.
    daemonSet({ spec: 'automountServiceAccountToken: true' }),
    daemonSet({ spec: 'automountServiceAccountToken: ${TOKEN}' }),
    // Who makes an account has a reason.
    daemonSet({ spec: 'serviceAccountName: agent' }),
    daemonSet({ spec: 'serviceAccount: agent' }),
    daemonSet({ spec: 'serviceAccountName: ${ACCOUNT}', container: exporter }),
    // They ask, or may do.
    daemonSet({ container: 'image: quay.io/calico/node:v3.30.0' }),
    daemonSet({ container: 'image: fluent/fluent-bit:5.1.1' }),
    daemonSet({ container: 'image: ${IMAGE}' }),
    daemonSet({ container: shell('kubectl get nodes') }),
    daemonSet({ container: shell('curl https://kubernetes.default.svc/version') }),
    daemonSet({ container: 'image: example.com/agent:1\nargs: [--kubeconfig=/etc/agent]' }),
    daemonSet({ container: 'image: example.com/agent:1\nargs: ["${ARGUMENT}"]' }),
    daemonSet({ container: 'image: example.com/own-cni:1' }),
    daemonSet({
      spec: 'serviceAccountName: exporter\ninitContainers: [{ name: prepare, image: "example.com/prepare:1" }]',
      container: exporter,
    }),
    // Rights are bound to it.
    bound('{ kind: ServiceAccount, name: default, namespace: logging }'),
    bound('{ kind: Group, name: "system:serviceaccounts" }'),
    bound('{ kind: ServiceAccount, name: "${ACCOUNT}", namespace: logging }'),
    {
      code: daemonSet({ spec: 'serviceAccountName: agent', container: exporter }),
      files: { '/manifests/rbac.yaml': bindingOf('{ kind: ClusterRole, name: agent }') },
    },
    account('automountServiceAccountToken: false\n'),
    account('automountServiceAccountToken: ${TOKEN}\n'),
    // It may be this one's.
    inNamespaces('monitoring', 'monitoring'),
    inNamespaces('monitoring', '${NAMESPACE}'),
    inNamespaces('${NAMESPACE}', 'monitoring'),
    { code: daemonSet(), role: 'patch' },
    {
      code: daemonSet(),
      settings: { agents: [{ name: 'Ours', kinds: ['node'], images: ['agent'], asksApiServer: true }] },
    },
  ],
  invalid: [
    {
      code: daemonSet(),
      errors: [
        {
          messageId: 'token',
          data: token,
          line: 13,
          column: 5,
          endLine: 13,
          endColumn: 9,
          suggestions: [
            {
              messageId: 'omit',
              output: daemonSet().replace(
                'image: agent:1.2.3\n',
                'image: agent:1.2.3\n      automountServiceAccountToken: false\n',
              ),
            },
          ],
        },
      ],
    },
    {
      code: daemonSet({ spec: 'serviceAccountName: default' }),
      errors: [{ messageId: 'token', data: token }],
    },
    { code: daemonSet({ container: exporter }), errors: [{ messageId: 'token' }] },
    // It never asks, whatever account it has.
    {
      code: daemonSet({ spec: 'serviceAccountName: exporter', container: exporter }),
      errors: [{ messageId: 'token', data: { name: 'agent', account: 'exporter' } }],
    },
    {
      code: daemonSet({ spec: 'serviceAccountName: agent' }),
      settings: { agents: [{ name: 'Ours', kinds: ['node'], images: ['agent'], asksApiServer: false }] },
      errors: [{ messageId: 'token' }],
    },
    { code: daemonSet({ container: shell('sleep infinity') }), errors: [{ messageId: 'token' }] },
    // Rights of others, and what another account says
    {
      code: inNamespaces('monitoring', 'logging'),
      errors: [{ messageId: 'token', data: token, line: 21, column: 5, endLine: 21, endColumn: 9 }],
    },
    {
      code: bound('{ kind: ServiceAccount, name: other, namespace: logging }'),
      errors: [{ messageId: 'token' }],
    },
    {
      code: account('automountServiceAccountToken: true\n').replace('automount', '# automount'),
      errors: [{ messageId: 'token' }],
    },
    {
      code: account('automountServiceAccountToken: false\n').replace('name: default', 'name: other'),
      errors: [{ messageId: 'token' }],
    },
  ],
})
