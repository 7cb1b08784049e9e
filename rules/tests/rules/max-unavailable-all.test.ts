import rule from '../../src/rules/max-unavailable-all.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const all = (value: string, type = 'RollingUpdate') =>
  `updateStrategy:\n  type: ${type}\n  rollingUpdate:\n    maxUnavailable: ${value}`
const cni = {
  spec: 'volumes:\n  - name: cni\n    hostPath:\n      path: /etc/cni/net.d',
  container: 'image: agent:1.2.3\nvolumeMounts:\n  - name: cni\n    mountPath: /host/cni',
}

ruleTester.run('max-unavailable-all', rule, {
  valid: [
    daemonSet(),
    daemonSet({ daemon: all('99%') }),
    daemonSet({ daemon: all('1') }),
    // a number says nothing without the number of nodes
    daemonSet({ daemon: all('100') }),
    daemonSet({ daemon: all('${MAX}') }),
    daemonSet({ daemon: all('100%', 'OnDelete') }),
    daemonSet({ daemon: all('100%', '${TYPE}') }),
    // It only waits, or may do so.
    daemonSet({ daemon: all('100%'), container: 'image: registry.k8s.io/pause:3.10' }),
    daemonSet({ daemon: all('100%'), container: 'image: debug:1\ncommand: [sleep, infinity]' }),
    daemonSet({ daemon: all('100%'), container: 'image: ${IMAGE}' }),
    // Its new version waits until the old one has gone.
    daemonSet({ daemon: all('100%'), container: 'image: longhornio/longhorn-manager:v1.10.0' }),
    daemonSet({ daemon: all('100%'), container: 'image: ${REGISTRY}/longhorn-manager:v1.10.0' }),
    {
      code: daemonSet({ daemon: all('100%'), container: 'image: example.com/own:1' }),
      settings: {
        agents: [{ name: 'Own', kinds: ['storage'], images: ['example.com/own'], updatesAtOnce: true }],
      },
    },
  ],
  invalid: [
    {
      code: daemonSet({ daemon: all('100%') }),
      errors: [
        {
          messageId: 'all',
          data: { value: '100%', effect: '' },
          line: 9,
          column: 23,
          endLine: 9,
          endColumn: 27,
          suggestions: [
            { messageId: 'tenth', output: daemonSet({ daemon: all('10%') }) },
            { messageId: 'one', output: daemonSet({ daemon: all('1') }) },
          ],
        },
      ],
    },
    {
      code: daemonSet({ daemon: 'updateStrategy: { rollingUpdate: { maxUnavailable: "100%" } }' }),
      errors: [{ messageId: 'all', line: 6, column: 54, endLine: 6, endColumn: 60 }],
    },
    {
      code: daemonSet({ daemon: all('100%'), ...cni }),
      errors: [
        {
          messageId: 'all',
          data: { value: '100%', effect: '; meanwhile no node can set up networking for new pods' },
        },
      ],
    },
    {
      code: `${daemonSet({
        daemon: all('100%'),
        container: 'image: amazon/aws-ebs-csi-driver:v1.50.0',
      })}        - { name: dns, image: "k8s-dns-node-cache:1.26.0" }\n`,
      errors: [
        {
          messageId: 'all',
          data: {
            value: '100%',
            effect: '; meanwhile no node can attach volumes or resolve names for new pods',
          },
        },
      ],
    },
    {
      // One of them does more than wait.
      code: daemonSet({
        daemon: all('100%'),
        spec: 'initContainers: [{ name: agent2, image: "agent:1", restartPolicy: Always }]',
        container: 'image: registry.k8s.io/pause:3.10',
      }),
      errors: [{ messageId: 'all' }],
    },
  ],
})
