import rule from '../../src/rules/vpa-target.ts'
import { ruleTester } from '../rule-tester.ts'

const autoscaler = (more: string, target = 'apiVersion: apps/v1, kind: DaemonSet, name: agent') =>
  `apiVersion: autoscaling.k8s.io/v1\nkind: VerticalPodAutoscaler\nmetadata:\n  name: vpa\nspec:\n  targetRef: { ${target} }\n${more}`
const mode = (text: string) => autoscaler(`  updatePolicy:\n    updateMode: ${text}\n`)

ruleTester.run('vpa-target', rule, {
  valid: [
    mode('Initial'),
    mode('"Off"'),
    mode('InPlaceOrRecreate'),
    mode('${MODE}'),
    autoscaler('  updatePolicy: ${POLICY}\n'),
    autoscaler('', 'apiVersion: apps/v1, kind: Deployment, name: DaemonSet'),
    autoscaler('', 'apiVersion: example.com/v1, kind: DaemonSet, name: agent'),
    autoscaler('').replace('autoscaling.k8s.io', 'example.com'),
  ],
  invalid: [
    {
      code: mode('Recreate'),
      errors: [
        {
          messageId: 'evicts',
          data: { mode: 'Recreate', target: 'agent' },
          line: 8,
          column: 17,
          endLine: 8,
          endColumn: 25,
          suggestions: [
            { messageId: 'initial', output: mode('Initial') },
            { messageId: 'off', output: mode('"Off"') },
          ],
        },
      ],
    },
    { code: mode('Auto'), errors: [{ messageId: 'evicts', data: { mode: 'Auto', target: 'agent' } }] },
    {
      code: autoscaler(''),
      errors: [
        {
          messageId: 'unset',
          data: { target: 'agent' },
          line: 5,
          column: 1,
          suggestions: [
            { messageId: 'initial', output: mode('Initial') },
            { messageId: 'off', output: mode('"Off"') },
          ],
        },
      ],
    },
    {
      code: autoscaler('  updatePolicy: { minReplicas: 2 }\n', 'kind: DaemonSet'),
      errors: [
        {
          messageId: 'unset',
          data: { target: 'vpa' },
          suggestions: [
            {
              messageId: 'initial',
              output: autoscaler(
                '  updatePolicy: { minReplicas: 2, updateMode: Initial }\n',
                'kind: DaemonSet',
              ),
            },
            {
              messageId: 'off',
              output: autoscaler(
                '  updatePolicy: { minReplicas: 2, updateMode: "Off" }\n',
                'kind: DaemonSet',
              ),
            },
          ],
        },
      ],
    },
  ],
})
