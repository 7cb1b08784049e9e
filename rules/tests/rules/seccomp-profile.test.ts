import rule from '../../src/rules/seccomp-profile.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const pod = (context: string, own?: string, image = 'agent:1', template?: string) =>
  daemonSet({
    template,
    spec: context ? `securityContext: ${context}` : undefined,
    container: `image: ${image}${own ? `\nsecurityContext: ${own}` : ''}`,
  })
const cilium = 'quay.io/cilium/cilium:v1.20.0'
const init = 'initContainers: [{ name: setup, image: "s:1" }]'
const context = '{ seccompProfile: { type: Unconfined } }'
const volumes = (path: string) => `volumes: [{ name: runtime, hostPath: { path: "${path}" } }]`
const mounts = 'volumeMounts: [{ name: runtime, mountPath: /host/runtime.sock }]'
const tracing = (add: string, path: string) =>
  daemonSet({
    spec: volumes(path),
    container: `image: agent:1\nsecurityContext: { capabilities: { add: ${add} }, seccompProfile: { type: Unconfined } }\n${mounts}`,
  })
const podTracing = (path: string) =>
  daemonSet({
    spec: `securityContext: ${context}\n${volumes(path)}`,
    container: `image: agent:1\nsecurityContext: { capabilities: { add: [BPF] } }\n${mounts}`,
  })

ruleTester.run('seccomp-profile', rule, {
  valid: [
    pod('{ seccompProfile: { type: RuntimeDefault } }'),
    pod('{ seccompProfile: { type: Localhost, localhostProfile: agent.json } }'),
    pod('{ seccompProfile: { type: "${PROFILE}" } }'),
    pod('"${CONTEXT}"'),
    pod('', '{ seccompProfile: { type: RuntimeDefault } }'),
    pod('', '{ privileged: "${PRIVILEGED}" }'),
    // No profile holds what is privileged for its work.
    pod('{ seccompProfile: { type: Unconfined } }', '{ privileged: true }', cilium),
    pod('', '{ privileged: true }', cilium),
    // CRI-O's profile may forbid what these are for.
    tracing('[BPF, PERFMON]', '/var/run/crio/crio.sock'),
    tracing('[CAP_PERFMON]', '/run/crio/crio.sock'),
    tracing('[BPF]', '${SOCKET}'),
    podTracing('/run/crio/crio.sock'),
    daemonSet({ spec: 'nodeSelector: { kubernetes.io/os: windows }' }),
    { code: daemonSet(), role: 'patch' },
  ],
  invalid: [
    {
      code: tracing('[BPF, PERFMON]', '/run/containerd/containerd.sock'),
      errors: [{ messageId: 'tracing', line: 18, column: 93 }],
    },
    { code: podTracing('/run/containerd/containerd.sock'), errors: [{ messageId: 'tracing' }] },
    { code: tracing('[NET_ADMIN]', '/run/crio/crio.sock'), errors: [{ messageId: 'unconfined' }] },
    {
      code: daemonSet(),
      errors: [
        {
          messageId: 'missing',
          data: { containers: 'container `agent`' },
          line: 15,
          column: 17,
          suggestions: [
            {
              messageId: 'setForPod',
              output: `${daemonSet()}      securityContext:\n        seccompProfile:\n          type: RuntimeDefault\n`,
            },
          ],
        },
      ],
    },
    {
      code: pod('{ runAsUser: 1 }'),
      errors: [
        {
          messageId: 'missing',
          line: 16,
          column: 17,
          suggestions: [
            {
              messageId: 'setForPod',
              output: pod('{ runAsUser: 1, seccompProfile: {type: RuntimeDefault} }'),
            },
          ],
        },
      ],
    },
    {
      code: daemonSet({ spec: init }),
      errors: [{ messageId: 'missing', data: { containers: 'containers `agent` and `setup`' } }],
    },
    {
      code: daemonSet({
        spec: init,
        container: 'image: agent:1\nsecurityContext: { seccompProfile: { type: RuntimeDefault } }',
      }),
      errors: [{ messageId: 'missing', data: { containers: 'container `setup`' } }],
    },
    {
      code: pod('{ seccompProfile: { type: Unconfined } }'),
      errors: [
        {
          messageId: 'unconfined',
          line: 14,
          column: 50,
          endLine: 14,
          endColumn: 60,
          suggestions: [{ messageId: 'set', output: pod('{ seccompProfile: { type: RuntimeDefault } }') }],
        },
      ],
    },
    {
      code: pod('', '{ seccompProfile: { type: Unconfined } }'),
      errors: [{ messageId: 'unconfined', line: 17, column: 54 }],
    },
    // Another rule speaks instead.
    { code: pod('', '{ privileged: true }'), errors: [{ messageId: 'missing' }] },
    {
      // The API server refuses a field that contradicts the annotation.
      code: pod(
        '',
        '',
        'agent:1',
        'annotations: { seccomp.security.alpha.kubernetes.io/pod: localhost/agent.json }',
      ),
      errors: [{ messageId: 'missing', suggestions: [] }],
    },
    {
      code: pod('{ seccompProfile: { type: Unconfined } }'),
      role: 'patch',
      errors: [{ messageId: 'unconfined' }],
    },
  ],
})
