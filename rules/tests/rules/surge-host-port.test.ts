import rule from '../../src/rules/surge-host-port.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const surge = (value: string, type = 'RollingUpdate', unavailable = '0') =>
  `updateStrategy:\n  type: ${type}\n  rollingUpdate:\n    maxSurge: ${value}\n    maxUnavailable: ${unavailable}`
const ports = (lines: string) => `image: agent:1.2.3\nports:\n  - ${lines}`
const held = ports('containerPort: 80\n    hostPort: 8080')
const init = (more: string) =>
  `initContainers:\n  - name: side\n    image: side:1.2.3\n    ports:\n      - containerPort: 53\n        hostPort: 53${more}`
const patch = (lines: string) =>
  `apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: agent\nspec:\n${lines}  template:\n    spec:\n      containers:\n        - name: agent\n          ports:\n            - containerPort: 80\n              hostPort: 8080\n`

ruleTester.run('surge-host-port', rule, {
  valid: [
    daemonSet(),
    daemonSet({ container: held }),
    daemonSet({ daemon: surge('0', 'RollingUpdate', '1'), container: held }),
    daemonSet({ daemon: surge('0%', 'RollingUpdate', '10%'), container: held }),
    // No port of the node is held.
    daemonSet({ daemon: surge('1') }),
    daemonSet({ daemon: surge('1'), container: ports('containerPort: 80') }),
    daemonSet({ daemon: surge('1'), spec: 'hostNetwork: false', container: ports('containerPort: 80') }),
    daemonSet({ daemon: surge('1'), spec: 'hostNetwork: true' }),
    daemonSet({ daemon: surge('1'), spec: 'hostNetwork: ${HOST}', container: ports('containerPort: 80') }),
    daemonSet({ daemon: surge('1'), spec: 'hostNetwork: true', container: ports('containerPort: ${PORT}') }),
    // With OnDelete it is not read.
    daemonSet({ daemon: surge('1', 'OnDelete'), container: held }),
    daemonSet({ daemon: surge('1', '${TYPE}'), container: held }),
    daemonSet({ daemon: surge('${SURGE}'), container: held }),
    // An init container is gone before the pod runs.
    daemonSet({ daemon: surge('1'), spec: init('') }),
    { code: patch(''), role: 'patch' },
  ],
  invalid: [
    {
      code: daemonSet({ daemon: surge('1'), container: held }),
      errors: [
        {
          messageId: 'hostPort',
          data: { port: 8080, surge: 1 },
          line: 9,
          column: 17,
          endLine: 9,
          endColumn: 18,
          suggestions: [
            {
              messageId: 'replace',
              output: daemonSet({ daemon: surge('0', 'RollingUpdate', '1'), container: held }),
            },
          ],
        },
      ],
    },
    {
      code: daemonSet({
        daemon: surge('25%'),
        spec: 'hostNetwork: true',
        container: ports('containerPort: 9100'),
      }),
      errors: [
        {
          messageId: 'hostNetwork',
          data: { port: 9100, surge: '25%' },
          line: 9,
          column: 17,
          endLine: 9,
          endColumn: 20,
          suggestions: [
            {
              messageId: 'replace',
              output: daemonSet({
                daemon: surge('0', 'RollingUpdate', '25%'),
                spec: 'hostNetwork: true',
                container: ports('containerPort: 9100'),
              }),
            },
          ],
        },
      ],
    },
    {
      // Not all nodes at once.
      code: daemonSet({
        daemon: 'updateStrategy: { rollingUpdate: { maxSurge: "100%", maxUnavailable: 0 } }',
        container: held,
      }),
      errors: [
        {
          messageId: 'hostPort',
          line: 6,
          column: 48,
          suggestions: [
            {
              messageId: 'replace',
              output: daemonSet({
                daemon: 'updateStrategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 10% } }',
                container: held,
              }),
            },
          ],
        },
      ],
    },
    {
      // The API server refuses it for another reason.
      code: daemonSet({
        daemon: 'updateStrategy:\n  rollingUpdate:\n    maxSurge: 2\n    maxUnavailable: 3',
        container: held,
      }),
      errors: [
        {
          messageId: 'hostPort',
          suggestions: [
            {
              messageId: 'replace',
              output: daemonSet({
                daemon: 'updateStrategy:\n  rollingUpdate:\n    maxSurge: 0\n    maxUnavailable: 3',
                container: held,
              }),
            },
          ],
        },
      ],
    },
    {
      // a sidecar
      code: daemonSet({ daemon: surge('1'), spec: init('\n    restartPolicy: Always') }),
      errors: [{ messageId: 'hostPort', data: { port: 53, surge: 1 } }],
    },
    {
      code: patch('  updateStrategy:\n    rollingUpdate:\n      maxSurge: 1\n      maxUnavailable: 0\n'),
      role: 'patch',
      errors: [
        {
          messageId: 'hostPort',
          suggestions: [
            {
              messageId: 'replace',
              output: patch(
                '  updateStrategy:\n    rollingUpdate:\n      maxSurge: 0\n      maxUnavailable: 1\n',
              ),
            },
          ],
        },
      ],
    },
  ],
})
