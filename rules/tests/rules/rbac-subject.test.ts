import rule from '../../src/rules/rbac-subject.ts'
import { agent, bindingOf, own } from '../rbac.ts'
import { ruleTester } from '../rule-tester.ts'

const ref = '{ kind: ClusterRole, name: agent }'
const subject = (name: string, namespace = 'logging') =>
  `{ kind: ServiceAccount, name: ${name}, namespace: ${namespace} }`
const account = (name: string, namespace = 'logging') =>
  `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\n`
const deployment = (name: string, namespace = 'logging') =>
  agent(name)
    .replace('kind: DaemonSet', 'kind: Deployment')
    .replace('namespace: logging', `namespace: ${namespace}`)
const all = (...texts: string[]) => texts.join('---\n')
const unnamed = agent().replace('      serviceAccountName: agent\n', '')
const forgotten = all(account('agent'), bindingOf(ref), unnamed)

ruleTester.run('rbac-subject', rule, {
  valid: [
    agent(),
    all(bindingOf(ref), agent()),
    all(bindingOf(ref, '{ kind: Group, name: agents }'), agent()),
    // Whoever applies it chooses the namespace.
    all(bindingOf(ref, subject('agent', 'other')), agent().replace('  namespace: logging\n', '')),
    // It is another's: made or used here, or nothing like it
    all(account('agent', 'other'), bindingOf(ref, subject('agent', 'other')), agent()),
    all(deployment('agent', 'other'), bindingOf(ref, subject('agent', 'other')), agent()),
    all(deployment('agents'), bindingOf(ref, subject('agents')), agent()),
    all(bindingOf(ref, subject('gateway')), agent()),
    all(bindingOf(ref, subject('agents', 'other')), agent()),
    all(bindingOf(ref, subject('agent-1')), agent('agent-2')),
    // The DaemonSet has rights, or may have.
    all(bindingOf(ref), bindingOf(ref, subject('agent', 'other')), agent()),
    all(
      bindingOf(ref, '{ kind: ServiceAccount, name: "${A}", namespace: logging }'),
      bindingOf(ref, subject('agent', 'other')),
      agent(),
    ),
    all(bindingOf(ref, subject('agent', 'other')), agent('${ACCOUNT}')),
    all(bindingOf(ref, subject('agent', 'other')), deployment('${ACCOUNT}', 'other'), agent()),
    // It names no account: nothing is made for it, or another uses that.
    unnamed,
    all(bindingOf(ref), unnamed),
    all(account('agent'), bindingOf(ref), deployment('agent'), unnamed),
    all(account('agent', 'other'), bindingOf(ref, subject('agent', 'other')), unnamed),
    all(
      account('agent'),
      bindingOf(ref),
      unnamed.replace('    spec:\n', '    spec:\n      automountServiceAccountToken: false\n'),
    ),
    all(account('collector'), bindingOf(ref, subject('collector')), deployment('gateway'), unnamed),
    all(account('agent'), bindingOf(ref), bindingOf(ref, subject('default')), unnamed),
  ],
  invalid: [
    {
      code: all(bindingOf(ref, subject('agent', 'default')), agent()),
      errors: [
        {
          messageId: 'namespace',
          data: { account: 'agent', daemonSet: 'agent', wanted: 'logging' },
          line: 7,
          column: 53,
          endLine: 7,
          endColumn: 60,
          suggestions: [
            { messageId: 'bind', data: { wanted: 'logging' }, output: all(bindingOf(ref), agent()) },
          ],
        },
      ],
    },
    {
      code: all(bindingOf(ref, subject('agnet')), agent()),
      errors: [
        {
          messageId: 'name',
          data: { account: 'agnet', daemonSet: 'agent', wanted: 'agent' },
          line: 7,
          column: 35,
          suggestions: [{ messageId: 'bind', output: all(bindingOf(ref), agent()) }],
        },
      ],
    },
    { code: all(bindingOf(ref, subject('agent-sa')), agent()), errors: [{ messageId: 'name' }] },
    // That of the binding, where the subject states none
    {
      code: all(
        bindingOf(ref, '{ kind: ServiceAccount, name: agent }', 'RoleBinding').replace('logging', 'default'),
        agent(),
      ),
      errors: [{ messageId: 'namespace', line: 8 }],
    },
    {
      code: bindingOf(ref, subject('agnet')),
      files: { '/manifests/agent.yaml': agent() },
      errors: [{ messageId: 'name' }],
    },
    {
      code: forgotten,
      errors: [
        {
          messageId: 'unnamed',
          data: { binding: 'agent', account: 'agent', daemonSet: 'agent' },
          line: 28,
          column: 5,
          endLine: 28,
          endColumn: 9,
          suggestions: [
            {
              messageId: 'use',
              output: forgotten.replace(
                'image: agent:1.2.3\n',
                'image: agent:1.2.3\n      serviceAccountName: agent\n',
              ),
            },
          ],
        },
      ],
    },
    // The only pods there are
    {
      code: all(account('collector'), bindingOf(ref, subject('collector')), unnamed),
      errors: [{ messageId: 'unnamed' }],
    },
    {
      code: unnamed,
      files: { '/manifests/rbac.yaml': all(account('agent'), bindingOf(ref, own)) },
      errors: [{ messageId: 'unnamed' }],
    },
  ],
})
