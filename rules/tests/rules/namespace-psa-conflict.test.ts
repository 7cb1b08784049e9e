import rule from '../../src/rules/namespace-psa-conflict.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const namespace = (labels: string, name = 'monitoring') =>
  `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n  labels: { ${labels} }\n`
const enforcing = (level: string, version?: string) =>
  namespace(
    `pod-security.kubernetes.io/enforce: ${level}${version ? `, pod-security.kubernetes.io/enforce-version: ${version}` : ''}`,
  )
const agent = (spec = 'hostPID: true', container?: string, name = 'monitoring') =>
  daemonSet({ metadata: `namespace: ${name}`, spec, container })
const both = (namespaces: string, daemon = agent()) => `${namespaces}---\n${daemon}`
const files = { '/manifests/base/namespace.yaml': enforcing('baseline') }
/** A kustomization sets the namespace of all it builds. */
const setting = { contextOf: () => ({ overlaid: [{ path: ['metadata', 'namespace'], value: 'a' }] }) }
const bare = daemonSet({ spec: 'hostPID: true' })
const probing = agent(
  'restartPolicy: Always',
  'image: a:1\nlivenessProbe: { httpGet: { host: a, port: 80 } }',
)

ruleTester.run('namespace-psa-conflict', rule, {
  valid: [
    agent(),
    both(enforcing('privileged')),
    both(namespace('pod-security.kubernetes.io/warn: baseline')),
    both(namespace('pod-security.kubernetes.io/enforce: baseline', 'logging')),
    both(enforcing('baseline'), agent('restartPolicy: Always')),
    both(
      enforcing('restricted'),
      agent(
        'securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }',
        'image: a:1\nsecurityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }',
      ),
    ),
    // Nobody knows.
    both(enforcing('baseline'), daemonSet({ spec: 'hostPID: true' })),
    both(enforcing('baseline'), agent('hostPID: ${HOST_PID}')),
    both(enforcing('"${LEVEL}"')),
    both(enforcing('baseline', '"${VERSION}"')),
    both(enforcing('baseline', 'newest')),
    {
      code: agent(),
      files: { ...files, '/manifests/other.yaml': enforcing('privileged') },
    },
    { code: agent(), files: { ...files, '/manifests/other.yaml': namespace('a: b') } },
    { code: agent(), files, role: 'patch' },
    { code: both(enforcing('privileged'), bare), project: setting, filename: '/a/agent.yaml' },
    {
      code: both(`${enforcing('baseline')}---\n${namespace('a: b', 'other')}`, bare),
      project: { contextOf: () => ({ overlaid: [{ kind: 'Namespace', path: ['metadata', 'namespace'] }] }) },
      filename: '/a/agent.yaml',
    },
    both(enforcing('baseline'), agent('hostPID: true', undefined, '${NAMESPACE}')),
    // Not before 1.34.
    both(enforcing('baseline', 'v1.33'), probing),
    { code: both(enforcing('baseline'), probing), settings: { kubernetesVersion: '1.33-1.36' } },
    { code: agent('hostPID: true', undefined, 'logging'), files },
    { code: agent('hostPID: false'), files },
  ],
  invalid: [
    {
      code: both(enforcing('baseline')),
      errors: [
        {
          messageId: 'refused',
          data: {
            namespace: 'monitoring',
            place: 'line 1',
            level: 'baseline',
            violations: 'namespaces of the node (`spec.template.spec.hostPID`)',
            label: 'pod-security.kubernetes.io/enforce',
          },
          line: 11,
          column: 14,
          endLine: 11,
          endColumn: 24,
        },
      ],
    },
    {
      code: agent('hostNetwork: true', 'image: a:1\nsecurityContext: { privileged: true }'),
      files,
      errors: [
        {
          messageId: 'refused',
          data: {
            namespace: 'monitoring',
            place: 'base/namespace.yaml',
            level: 'baseline',
            violations:
              'namespaces of the node (`spec.template.spec.hostNetwork`), privileged containers (`spec.template.spec.containers[0].securityContext.privileged`)',
            label: 'pod-security.kubernetes.io/enforce',
          },
          line: 5,
        },
      ],
    },
    {
      code: both(enforcing('restricted'), agent('restartPolicy: Always')),
      errors: [
        {
          messageId: 'refused',
          data: {
            namespace: 'monitoring',
            place: 'line 1',
            level: 'restricted',
            violations:
              'capabilities (`spec.template.spec.containers[0].securityContext.capabilities.drop`), seccomp profiles (`spec.template.spec.containers[0].securityContext.seccompProfile`), privilege escalation (`spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation`) and 1 more',
            label: 'pod-security.kubernetes.io/enforce',
          },
        },
      ],
    },
    {
      code: both(enforcing('baseline'), bare),
      project: setting,
      filename: '/a/agent.yaml',
      errors: [{ messageId: 'refused', line: 10, column: 9 }],
    },
    { code: both(enforcing('baseline', 'latest')), errors: [{ messageId: 'refused' }] },
    { code: both(enforcing('baseline', 'v1.20')), errors: [{ messageId: 'refused' }] },
    { code: both(enforcing('baseline'), probing), errors: [{ messageId: 'refused' }] },
    { code: both(enforcing('baseline', 'v1.34'), probing), errors: [{ messageId: 'refused' }] },
    {
      code: agent(),
      files: { ...files, '/manifests/other.yaml': enforcing('restricted') },
      errors: [{ messageId: 'refused' }],
    },
  ],
})
