import rule from '../../src/rules/se-linux-options.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const pod = (options: string, image = 'example.com/agent:1', own = '') =>
  daemonSet({
    spec: `securityContext: { seLinuxOptions: ${options} }`,
    container: `image: ${image}${own && `\nsecurityContext: ${own}`}`,
  })

ruleTester.run('se-linux-options', rule, {
  valid: [
    daemonSet(),
    pod('{ type: container_t, level: "s0:c1,c2" }'),
    pod('{ type: container_engine_t }'),
    pod('{ type: container_logreader_t }'),
    pod('{ type: "", user: "", role: "" }'),
    pod('{ type: "${TYPE}" }'),
    pod('{ type: spc_t }', 'quay.io/cilium/cilium:v1.20.0'),
    pod('{ type: spc_t }', '"${IMAGE}"'),
    pod('{ type: spc_t }', 'example.com/agent:1', '{ privileged: "${PRIVILEGED}" }'),
    daemonSet({
      spec: 'initContainers: [{ name: i, image: "i:1" }]',
      container:
        'image: a:1\nsecurityContext: { privileged: "${PRIVILEGED}", seLinuxOptions: { type: spc_t } }',
    }),
  ],
  invalid: [
    {
      code: pod('{ type: spc_t }'),
      errors: [
        {
          messageId: 'unconfined',
          data: { value: 'spc_t' },
          line: 14,
          column: 50,
          endLine: 14,
          endColumn: 55,
        },
      ],
    },
    {
      code: daemonSet({
        container: 'image: a:1\nsecurityContext:\n  seLinuxOptions:\n    type: svirt_lxc_net_t',
      }),
      errors: [{ messageId: 'type', data: { value: 'svirt_lxc_net_t' }, line: 19, column: 21 }],
    },
    {
      code: pod('{ user: system_u, role: system_r }'),
      errors: [
        { messageId: 'identity', data: { field: 'user', value: 'system_u' }, line: 14, column: 50 },
        { messageId: 'identity', data: { field: 'role', value: 'system_r' } },
      ],
    },
    {
      code: pod('{ type: unconfined_t }', 'quay.io/cilium/cilium:v1.20.0'),
      options: [{ allowKinds: ['storage'] }],
      errors: [{ messageId: 'unconfined' }],
    },
  ],
})
