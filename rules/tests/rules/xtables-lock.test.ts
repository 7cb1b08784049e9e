import rule from '../../src/rules/xtables-lock.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const image = 'ghcr.io/flannel-io/flannel:v0.28.9'
const pod = ({ spec = 'hostNetwork: true', own = image, more = '' } = {}) =>
  daemonSet({ spec, container: `image: ${own}${more}` })
const mounting = (path: string) =>
  pod({
    spec: `hostNetwork: true\nvolumes: [{ name: host, hostPath: { path: ${path} } }]`,
    more: '\nvolumeMounts: [{ name: host, mountPath: /run/xtables.lock }]',
  })
const proxy = 'registry.k8s.io/kube-proxy:v1.36.3'
const cache = 'registry.k8s.io/dns/k8s-dns-node-cache:1.26.7'

ruleTester.run('xtables-lock', rule, {
  valid: [
    daemonSet(),
    mounting('/run/xtables.lock'),
    mounting('/var/run/xtables.lock'),
    mounting('/run'),
    mounting('"${LOCK}"'),
    pod({ spec: '' }),
    pod({ spec: 'hostNetwork: ${NETWORK}' }),
    pod({ spec: 'hostNetwork: true\nnodeSelector: { kubernetes.io/os: windows }' }),
    pod({ own: 'quay.io/cilium/cilium:v1.20.0' }),
    pod({ own: '${IMAGE}' }),
    pod({ own: proxy, more: '\nargs: [--proxy-mode=nftables]' }),
    pod({ own: proxy, more: '\nargs: ["--proxy-mode=${MODE}"]' }),
    pod({ own: proxy, more: '\ncommand: [kube-proxy, --config=/var/lib/kube-proxy/config.conf]' }),
    pod({ own: cache, more: '\nargs: [-setupiptables=false]' }),
    pod({ own: cache, more: '\nargs: ["-setupiptables=${SETUP}"]' }),
    pod({ more: '\nargs: ["${ARGS}"]' }),
    { code: pod(), role: 'patch' },
  ],
  invalid: [
    {
      code: pod(),
      errors: [
        {
          messageId: 'missing',
          data: { container: 'agent', agent: 'Flannel' },
          line: 16,
          column: 17,
          endLine: 16,
          endColumn: 22,
          suggestions: [
            {
              messageId: 'mount',
              output: `${pod({ more: '\nvolumeMounts:\n  - name: xtables-lock\n    mountPath: /run/xtables.lock' })}      volumes:
        - name: xtables-lock
          hostPath:
            path: /run/xtables.lock
            type: FileOrCreate
`,
            },
          ],
        },
      ],
    },
    { code: mounting('/run/flannel'), errors: [{ messageId: 'missing', line: 19, column: 11 }] },
    {
      code: pod({ own: proxy, more: '\nargs: [--proxy-mode=iptables]' }),
      errors: [{ messageId: 'missing' }],
    },
    { code: pod({ own: proxy }), errors: [{ messageId: 'missing' }] },
    { code: pod({ own: cache, more: '\nargs: [-setupiptables=true]' }), errors: [{ messageId: 'missing' }] },
    {
      code: pod({ own: cache, more: '\nargs: [-setupiptables]' }),
      errors: [{ messageId: 'missing', line: 16, column: 17 }],
    },
  ],
})
