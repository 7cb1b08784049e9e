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
          data: { value: '100%', effect: '; no node has networking for new pods meanwhile' },
        },
      ],
    },
  ],
})
