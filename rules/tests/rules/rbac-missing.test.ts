import rule from '../../src/rules/rbac-missing.ts'
import { daemonSet } from '../manifests.ts'
import { bindingOf, role } from '../rbac.ts'
import { ruleTester } from '../rule-tester.ts'

const kured = 'image: ghcr.io/kubereboot/kured:1.23.0'
const agent = (spec = 'serviceAccountName: agent', container = kured) =>
  daemonSet({ metadata: 'namespace: logging', spec, container })
const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: agent, namespace: logging }\n'
const rights = role("- apiGroups: ['']\n  resources: [nodes]\n  verbs: [get]")
const ref = '{ kind: ClusterRole, name: agent }'
const all = (...texts: string[]) => texts.join('---\n')
const others = '{ kind: ServiceAccount, name: other, namespace: logging }'

ruleTester.run('rbac-missing', rule, {
  valid: [
    // Nothing says that the files hold all rights.
    agent(),
    all(account, agent()),
    all(rights, agent()),
    // It has some, or may have.
    all(account, rights, bindingOf(ref), agent()),
    all(account, bindingOf(ref, '{ kind: Group, name: "system:serviceaccounts:logging" }'), agent()),
    all(account, bindingOf(ref, '{ kind: ServiceAccount, name: "${ACCOUNT}", namespace: logging }'), agent()),
    {
      code: all(account, agent()),
      options: [{ complete: true }],
      files: { '/manifests/rbac.yaml': bindingOf(ref) },
    },
    // It needs none, or that is unknown.
    all(account, rights, agent('serviceAccountName: agent', 'image: example.com/agent:1')),
    all(account, rights, agent('serviceAccountName: agent', 'image: quay.io/prometheus/node-exporter:v1')),
    all(account, rights, agent('serviceAccountName: agent', 'image: fluent/fluent-bit:5.1.1')),
    all(account, rights, agent('serviceAccountName: agent', `${kured}\ncommand: [sleep, infinity]`)),
    all(account, rights, agent('serviceAccountName: ${ACCOUNT}')),
    all(account, rights, agent('serviceAccountName: agent\nautomountServiceAccountToken: false')),
    // another rule's
    all(account, rights, agent('dnsPolicy: ClusterFirst')),
    { code: agent(), options: [{ complete: true }], role: 'patch' },
  ],
  invalid: [
    {
      code: all(account, rights, agent()),
      errors: [
        {
          messageId: 'missing',
          data: { agent: 'kured', account: 'agent' },
          line: 28,
          column: 27,
          endLine: 28,
          endColumn: 32,
        },
      ],
    },
    {
      code: all(account, rights, agent('serviceAccount: agent')),
      errors: [{ messageId: 'missing', line: 28, column: 23 }],
    },
    { code: all(account, bindingOf(ref, others), agent()), errors: [{ messageId: 'missing' }] },
    {
      code: agent(),
      files: { '/manifests/rbac.yaml': all(account, bindingOf(ref, others)) },
      errors: [{ messageId: 'missing' }],
    },
    { code: agent(), options: [{ complete: true }], errors: [{ messageId: 'missing' }] },
    {
      code: agent('serviceAccountName: agent', 'image: ours:1'),
      options: [{ complete: true }],
      settings: { agents: [{ name: 'Ours', kinds: ['node'], images: ['ours'], asksApiServer: true }] },
      errors: [{ messageId: 'missing' }],
    },
  ],
})
