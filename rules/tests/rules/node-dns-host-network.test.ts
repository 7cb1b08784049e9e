import rule from '../../src/rules/node-dns-host-network.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const pod = (
  spec = '',
  args = '-localip, 169.254.20.10',
  image = 'registry.k8s.io/dns/k8s-dns-node-cache:1.26.7',
) => daemonSet({ spec, container: `image: ${image}\nargs: [${args}]` })

const joined = `          volumeMounts:
            - name: xtables-lock
              mountPath: /run/xtables.lock
      volumes:
        - name: xtables-lock
          hostPath:
            path: /run/xtables.lock
            type: FileOrCreate
      hostNetwork: true
`

ruleTester.run('node-dns-host-network', rule, {
  valid: [
    daemonSet(),
    pod('hostNetwork: true\ndnsPolicy: Default'),
    pod('hostNetwork: true'),
    pod('hostNetwork: ${NETWORK}\ndnsPolicy: ClusterFirstWithHostNet'),
    pod('', '-localip, 169.254.20.10, -setupinterface=false'),
    pod('', '-localip, 169.254.20.10, "-setupinterface=${SETUP}"'),
    pod('', '"${ARGS}"'),
    pod('', '', 'coredns/coredns:1.12.0'),
    { code: pod(), role: 'patch' },
  ],
  invalid: [
    {
      code: pod(),
      errors: [
        {
          messageId: 'network',
          data: { container: 'agent' },
          line: 13,
          column: 5,
          suggestions: [{ messageId: 'joinLock', output: `${pod('')}${joined}` }],
        },
      ],
    },
    {
      // What it mounts is not known.
      code: pod('volumes: ${VOLUMES}'),
      errors: [
        {
          messageId: 'network',
          suggestions: [
            { messageId: 'join', output: `${pod('volumes: ${VOLUMES}')}      hostNetwork: true\n` },
          ],
        },
      ],
    },
    {
      code: pod('hostNetwork: false', '-setupinterface=true'),
      errors: [{ messageId: 'network', line: 14, column: 20, endLine: 14, endColumn: 25 }],
    },
    {
      code: pod('hostNetwork: true\ndnsPolicy: ClusterFirstWithHostNet'),
      errors: [
        {
          messageId: 'resolver',
          data: { policy: 'ClusterFirstWithHostNet' },
          line: 15,
          column: 18,
          endLine: 15,
          endColumn: 41,
          suggestions: [{ messageId: 'default', output: pod('hostNetwork: true\ndnsPolicy: Default') }],
        },
      ],
    },
    { code: pod('', '-setupinterface'), errors: [{ messageId: 'network', line: 13, column: 5 }] },
  ],
})
