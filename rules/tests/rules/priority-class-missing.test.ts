import rule from '../../src/rules/priority-class-missing.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const flow = (fields: string) =>
  daemonSet().replace(/ {4}spec:[\s\S]*/, `    spec: { containers: [{ name: a, image: "a:1" }]${fields} }\n`)

ruleTester.run('priority-class-missing', rule, {
  valid: [
    // The API server refuses a pod without containers.
    daemonSet().replace(/ {4}spec:[\s\S]*/, '    spec: { dnsPolicy: Default }\n'),
    daemonSet().replace(/ {4}spec:[\s\S]*/, '    spec: { containers: [] }\n'),
    daemonSet({ spec: 'priorityClassName: system-node-critical' }),
    daemonSet({ spec: 'priorityClassName: own' }),
    daemonSet({ spec: 'priorityClassName: ${CLASS}' }),
    daemonSet({ spec: 'priority: 1000' }),
  ],
  invalid: [
    {
      code: daemonSet(),
      errors: [
        {
          messageId: 'missing',
          data: { name: 'agent' },
          line: 13,
          column: 5,
          endLine: 13,
          endColumn: 9,
          suggestions: [
            { messageId: 'node', output: `${daemonSet()}      priorityClassName: system-node-critical\n` },
            {
              messageId: 'cluster',
              output: `${daemonSet()}      priorityClassName: system-cluster-critical\n`,
            },
          ],
        },
      ],
    },
    {
      code: flow(''),
      errors: [
        {
          messageId: 'missing',
          line: 13,
          column: 5,
          endLine: 13,
          endColumn: 9,
          suggestions: [
            { messageId: 'node', output: flow(', priorityClassName: system-node-critical') },
            { messageId: 'cluster', output: flow(', priorityClassName: system-cluster-critical') },
          ],
        },
      ],
    },
    { code: daemonSet({ spec: 'priorityClassName:' }), errors: [{ messageId: 'missing' }] },
  ],
})
