import rule from '../../src/rules/topology-spread.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const constraint = (key: string, action: string, more = '') =>
  `{ topologyKey: ${key}, maxSkew: 1, whenUnsatisfiable: ${action}, labelSelector: { matchLabels: { app: agent } }${more} }`
const spread = (...items: string[]) =>
  daemonSet({ spec: `topologySpreadConstraints:\n${items.map((item) => `  - ${item}`).join('\n')}` })
const zone = 'topology.kubernetes.io/zone'
const hostname = 'kubernetes.io/hostname'

ruleTester.run('topology-spread', rule, {
  valid: [
    daemonSet(),
    daemonSet({ spec: 'topologySpreadConstraints: []' }),
    daemonSet({ spec: 'topologySpreadConstraints: ${CONSTRAINTS}' }),
  ],
  invalid: [
    {
      code: spread(constraint(zone, 'ScheduleAnyway')),
      errors: [
        {
          messageId: 'pointless',
          line: 15,
          column: 26,
          endLine: 15,
          endColumn: 53,
          suggestions: [{ messageId: 'remove', output: daemonSet() }],
        },
      ],
    },
    {
      code: spread(constraint(zone, 'DoNotSchedule'), constraint(hostname, 'DoNotSchedule')),
      errors: [
        {
          messageId: 'stranded',
          data: { key: zone },
          suggestions: [{ messageId: 'remove', output: spread(constraint(hostname, 'DoNotSchedule')) }],
        },
        { messageId: 'pointless', line: 16 },
      ],
    },
    {
      code: spread(constraint(zone, 'DoNotSchedule', ', nodeAffinityPolicy: Honor')),
      errors: [{ messageId: 'stranded' }],
    },
    {
      code: spread(constraint(zone, 'DoNotSchedule', ', nodeAffinityPolicy: Ignore')),
      errors: [{ messageId: 'uneven', data: { key: zone } }],
    },
    {
      code: spread(constraint(zone, 'ScheduleAnyway', ', nodeAffinityPolicy: Ignore')),
      errors: [{ messageId: 'pointless' }],
    },
    {
      code: spread(constraint(zone, 'DoNotSchedule')),
      role: 'patch',
      errors: [{ messageId: 'stranded', suggestions: [] }],
    },
  ],
})
