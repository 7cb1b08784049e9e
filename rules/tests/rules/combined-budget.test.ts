import rule from '../../src/rules/combined-budget.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const agent = (name: string, resources: string, spec?: string, metadata?: string) =>
  daemonSet({ spec, metadata, container: `image: agent:1\nresources: { ${resources} }` }).replace(
    'name: agent',
    `name: ${name}`,
  )
const cpu = (amount: string) => `requests: { cpu: ${amount} }`
const memory = (amount: string) => `requests: { memory: ${amount} }`
const options = [{ cpu: '500m', memory: '1Gi' }]
const all = (...agents: string[]) => agents.join('---\n')

ruleTester.run('combined-budget', rule, {
  valid: [
    // Without options there is no budget.
    all(agent('a', cpu('4')), agent('b', cpu('4'))),
    { code: all(agent('a', cpu('4')), agent('b', cpu('4'))), options: [{ memory: '1Mi' }] },
    // what one alone may request is not asked here
    { code: agent('a', cpu('4')), options },
    { code: all(agent('a', cpu('4')), agent('b', memory('1Mi'))), options },
    { code: all(agent('a', cpu('250m')), agent('b', cpu('0.25'))), options },
    { code: all(agent('a', memory('512Mi')), agent('b', memory('0.5Gi'))), options },
    { code: all(agent('a', cpu('300m')), agent('b', cpu('"${CPU}"'))), options },
    { code: all(agent('a', cpu('300m')), agent('a', cpu('300m'))), options },
    { code: all(agent('a', cpu('300m')), agent('${NAME}', cpu('300m'))), options },
    { code: all(agent('a', cpu('300m')), agent('a', cpu('300m'), undefined, 'namespace: a')), options },
    {
      // The one without a namespace may take the place of any, and any its place.
      code: all(
        agent('a', cpu('300m')),
        agent('a', cpu('300m'), undefined, 'namespace: a'),
        agent('a', cpu('300m'), undefined, 'namespace: ${NAMESPACE}'),
      ),
      options,
    },
    // not on the same nodes
    {
      code: all(
        agent('a', cpu('300m')),
        agent('b', cpu('300m'), 'nodeSelector: { kubernetes.io/arch: arm64 }'),
      ),
      options,
    },
    { code: all(agent('a', cpu('300m')), agent('b', cpu('300m'), 'nodeSelector: { gpu: "true" }')), options },
    { code: all(agent('a', cpu('300m')), agent('b', cpu('300m'), 'nodeSelector: ${NODES}')), options },
    {
      code: all(
        agent('a', cpu('300m')),
        agent('b', cpu('300m'), 'nodeSelector: { kubernetes.io/os: windows }'),
      ),
      options,
    },
    {
      code: all(agent('a', cpu('300m')), agent('b', cpu('300m')).replace('DaemonSet', 'Deployment')),
      options,
    },
    {
      code: all(
        agent('a', cpu('300m')),
        agent(
          'b',
          cpu('100m'),
          'initContainers: [{ name: i, image: "i:1", resources: { requests: { cpu: 1 } } }]',
        ),
      ),
      options,
    },
  ],
  invalid: [
    {
      // The largest first.
      code: all(...[1, 2, 3, 4, 5, 6, 7].map((n) => agent(`a${n}`, cpu(`${n}00m`)))),
      options,
      errors: [
        {
          messageId: 'exceeded',
          data: {
            names: '`a7`, `a6`, `a5`, `a4`, `a3` and 2 others',
            name: 'a7',
            sum: '2800m',
            resource: 'CPU',
            budget: '500m',
          },
        },
      ],
    },
    {
      code: all(agent('a', cpu('200m')), agent('b', cpu('301m'))),
      options,
      errors: [
        {
          messageId: 'exceeded',
          data: { names: '`b`, `a`', name: 'b', sum: '501m', resource: 'CPU', budget: '500m' },
          line: 22,
          column: 9,
          endLine: 22,
          endColumn: 10,
        },
      ],
    },
    {
      // Of equal ones the first.
      code: all(agent('a', memory('600Mi')), agent('b', memory('600Mi'))),
      options,
      errors: [
        {
          messageId: 'exceeded',
          data: { names: '`a`, `b`', name: 'a', sum: '1200Mi', resource: 'memory', budget: '1Gi' },
          line: 4,
        },
      ],
    },
    {
      code: all(
        agent('a', 'requests: { cpu: 1, memory: 1Gi }'),
        agent('b', 'requests: { cpu: 1m, memory: 1Mi }'),
      ),
      options,
      errors: [{ messageId: 'exceeded' }, { messageId: 'exceeded' }],
    },
    { code: all(agent('a', 'limits: { cpu: 400m }'), agent('b', cpu('200m'))), options, errors: 1 },
    {
      code: all(
        agent('a', cpu('100m'), 'resources: { requests: { cpu: 400m } }'),
        agent('b', cpu('200m'), 'nodeSelector: { kubernetes.io/os: linux }'),
      ),
      options,
      errors: [
        {
          data: { names: '`a`, `b`', name: 'a', sum: '600m', resource: 'CPU', budget: '500m' },
          messageId: 'exceeded',
        },
      ],
    },
    {
      code: all(
        agent('a', cpu('300m')),
        agent(
          'b',
          cpu('100m'),
          'initContainers: [{ name: i, image: "i:1", restartPolicy: Always, resources: { requests: { cpu: 101m } } }]',
        ),
      ),
      options,
      errors: [{ messageId: 'exceeded' }],
    },
    {
      code: agent('b', cpu('300m')),
      options,
      files: { '/manifests/a.yaml': agent('a', cpu('250m')) },
      errors: [{ messageId: 'exceeded' }],
    },
    {
      code: all(
        agent('a', cpu('300m'), undefined, 'namespace: b'),
        agent('a', cpu('300m'), undefined, 'namespace: a'),
      ),
      options,
      errors: [{ messageId: 'exceeded', line: 4 }],
    },
    {
      // The second may be the same as either of the others, which are two.
      code: all(
        agent('a', cpu('300m'), undefined, 'namespace: a'),
        agent('a', cpu('300m')),
        agent('a', cpu('300m'), undefined, 'namespace: b'),
      ),
      options,
      errors: [
        {
          messageId: 'exceeded',
          data: { names: '`a`, `a`', name: 'a', sum: '600m', resource: 'CPU', budget: '500m' },
          line: 4,
          column: 9,
        },
      ],
    },
  ],
})
