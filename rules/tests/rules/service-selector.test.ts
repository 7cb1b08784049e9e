import rule from '../../src/rules/service-selector.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const service = (selector: string, name = 'agent') =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  ports: [{ port: 80 }]\n  selector:\n${selector.replace(/^/gm, '    ')}\n`
const together = (selector: string, name?: string) => `${service(selector, name)}---\n${daemonSet()}`

ruleTester.run('service-selector', rule, {
  valid: [
    service('app: agents'),
    together('app: agent'),
    // not the DaemonSet's own
    together('app: agents', 'gateway'),
    together('app: agents', '${NAME}'),
    together('app: ${APP}'),
    // set while the pods run
    together('app: agent\nrole: leader'),
    together('role: leader'),
    together('app: 1'),
    `${together('app: agents')}---\n${daemonSet().replaceAll('app: agent', 'app: agents').replace('DaemonSet', 'Deployment')}`,
    `${together('app: agents')}---\n${daemonSet().replaceAll('app: agent', 'app: ${APP}').replace('DaemonSet', 'StatefulSet')}`,
    // a Job's pods are served as well
    `${together('app: agents')}---\napiVersion: batch/v1\nkind: Job\nmetadata:\n  name: agents\nspec:\n  template:\n    metadata:\n      labels:\n        app: agents\n    spec:\n      restartPolicy: Never\n      containers:\n        - name: agents\n          image: agents:1.2.3\n`,
    together('app: agents').replace('app: agent\n    spec', 'app: ${APP}\n    spec'),
    together('app: agents').replace(
      'name: agent\nspec:\n  selector',
      'name: agent\n  namespace: other\nspec:\n  selector',
    ),
    together('app: agents').replace('apiVersion: v1\n', 'apiVersion: example.com/v1\n'),
    `${service('app: agents').replace(/ {2}selector[\s\S]*/, '')}---\n${daemonSet()}`,
    {
      code: together('app: agents'),
      files: { '/manifests/other.yaml': daemonSet().replaceAll('app: agent', 'app: agents') },
    },
  ],
  invalid: [
    {
      code: together('app: agents'),
      errors: [
        {
          messageId: 'value',
          data: { name: 'agent', place: 'line 10', key: 'app', label: 'agent' },
          line: 8,
          column: 10,
          endLine: 8,
          endColumn: 16,
          suggestions: [
            { messageId: 'select', data: { key: 'app', value: 'agent' }, output: together('app: agent') },
          ],
        },
      ],
    },
    {
      code: together('k8s-app: agent'),
      errors: [
        {
          messageId: 'key',
          data: { name: 'agent', place: 'line 10', key: 'k8s-app', label: 'app', value: 'agent' },
          line: 8,
          column: 5,
          endLine: 8,
          endColumn: 12,
          suggestions: [
            { messageId: 'select', data: { key: 'app', value: 'agent' }, output: together('app: agent') },
          ],
        },
      ],
    },
    {
      code: service('app: agents'),
      files: { '/manifests/daemonset.yaml': daemonSet() },
      errors: [
        { messageId: 'value', data: { name: 'agent', place: 'daemonset.yaml', key: 'app', label: 'agent' } },
      ],
    },
    {
      // A Job of another label changes nothing.
      code: `${together('app: agents')}---\napiVersion: batch/v1\nkind: Job\nmetadata:\n  name: other\nspec:\n  template:\n    metadata:\n      labels:\n        app: other\n    spec:\n      restartPolicy: Never\n      containers:\n        - name: other\n          image: other:1.2.3\n`,
      errors: [{ messageId: 'value', line: 8, column: 10, endLine: 8, endColumn: 16 }],
    },
  ],
})
