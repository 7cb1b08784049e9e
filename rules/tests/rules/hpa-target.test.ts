import rule from '../../src/rules/hpa-target.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const autoscaler = (target: string, header = 'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler') =>
  `${header}\nmetadata:\n  name: agent\nspec:\n  maxReplicas: 5\n  scaleTargetRef:\n    name: agent\n${target}\n`
const scaled = (target: string) => autoscaler(target, 'apiVersion: keda.sh/v1alpha1\nkind: ScaledObject')

ruleTester.run('hpa-target', rule, {
  valid: [
    autoscaler('    apiVersion: apps/v1\n    kind: Deployment'),
    autoscaler('    apiVersion: example.com/v1\n    kind: DaemonSet'),
    autoscaler('    apiVersion: apps.kruise.io/v1alpha1\n    kind: DaemonSet'),
    autoscaler('    kind: ${KIND}'),
    autoscaler('    kind: DaemonSet', 'apiVersion: example.com/v1\nkind: HorizontalPodAutoscaler'),
    // KEDA's default is a Deployment.
    scaled('    minReplicas: 2'),
  ],
  invalid: [
    {
      code: autoscaler('    apiVersion: apps/v1\n    kind: DaemonSet'),
      errors: [
        {
          messageId: 'target',
          data: { kind: 'HorizontalPodAutoscaler', name: 'agent' },
          line: 10,
          column: 11,
          endLine: 10,
          endColumn: 20,
        },
      ],
    },
    { code: autoscaler('    kind: DaemonSet'), errors: [{ messageId: 'target' }] },
    {
      code: autoscaler(
        '    apiVersion: extensions/v1beta1\n    kind: DaemonSet',
        'apiVersion: autoscaling/v1\nkind: HorizontalPodAutoscaler',
      ),
      errors: 1,
    },
    {
      code: scaled('    apiVersion: apps/v1\n    kind: DaemonSet'),
      errors: [{ messageId: 'target', data: { kind: 'ScaledObject', name: 'agent' } }],
    },
    {
      code: `${daemonSet()}---\n${autoscaler('    apiVersion: apps/v1\n    kind: DaemonSet')}`,
      errors: [{ messageId: 'target' }],
    },
  ],
})
