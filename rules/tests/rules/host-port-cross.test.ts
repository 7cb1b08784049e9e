import rule from '../../src/rules/host-port-cross.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const agent = (ports: string, spec?: string, metadata?: string) =>
  daemonSet({ spec, metadata, container: `image: agent:1\nports: [{ ${ports} }]` })
const other = (ports: string, spec?: string, metadata?: string) =>
  agent(ports, spec, metadata).replace('name: agent', 'name: other')
const http = 'containerPort: 8080, hostPort: 80'
const gpu = 'nodeSelector: { gpu: "true" }'
const tolerating = (key: string) => `tolerations: [{ key: ${key}, operator: Exists }]`
const terms = (value: string) =>
  `affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: pool, operator: In, values: [${value}] }] }] } } }`
const both = (first: string, second: string) => `${first}---\n${second}`

ruleTester.run('host-port-cross', rule, {
  valid: [
    agent(http),
    both(other('containerPort: 80'), agent('containerPort: 80')),
    both(other('containerPort: 8080, hostPort: 81'), agent(http)),
    both(other(`${http}, protocol: UDP`), agent(http)),
    both(other(`${http}, protocol: "\${PROTOCOL}"`), agent(http)),
    both(other(`${http}, hostIP: 127.0.0.1`), agent(`${http}, hostIP: 127.0.0.2`)),
    both(other('containerPort: 80', 'hostNetwork: ${HOST}'), agent(http)),
    // Its second version takes the place of the first.
    both(agent(http), agent(http)),
    both(agent(http), agent(http, undefined, 'namespace: monitoring')),
    both(
      other(http).replace('name: other', 'name: ${NAME}'),
      agent(http).replace('name: agent', 'name: ${NAME}'),
    ),
    // on different nodes, or perhaps so
    both(other(http, 'nodeSelector: { os: windows }'), agent(http, 'nodeSelector: { os: linux }')),
    both(other(http, 'nodeSelector: { a: b }'), agent(http, 'nodeSelector: { c: d }')),
    both(other(http, 'nodeSelector: ${NODES}'), agent(http)),
    both(other(http, terms('a')), agent(http, terms('b'))),
    both(other(http, terms('a')), agent(http, gpu)),
    both(other(http, 'nodeName: one'), agent(http)),
    both(other(http, `${gpu}\n${tolerating('gpu')}`), agent(http)),
    both(other(http, `${gpu}\n${tolerating('gpu')}`), agent(http, tolerating('"${TAINT}"'))),
    both(other(http, `${gpu}\n${tolerating('"${TAINT}"')}`), agent(http, tolerating('gpu'))),
    both(other(http).replace('kind: DaemonSet', 'kind: Deployment'), agent(http)),
    { code: agent(http), filename: '/manifests/a.yaml', files: { '/manifests/b.yaml': other(http) } },
  ],
  invalid: [
    {
      code: both(other(http), agent(http)),
      errors: [
        {
          messageId: 'taken',
          data: { port: 80, name: 'other', place: 'line 1' },
          line: 35,
          column: 52,
          endLine: 35,
          endColumn: 54,
        },
      ],
    },
    {
      code: both(
        other('containerPort: 9100', 'hostNetwork: true'),
        agent('containerPort: 80, hostPort: 9100'),
      ),
      errors: [{ messageId: 'taken', data: { port: 9100, name: 'other', place: 'line 1' } }],
    },
    { code: both(other(`${http}, hostIP: 127.0.0.1`), agent(http)), errors: [{ messageId: 'taken' }] },
    { code: both(other(http), agent(`${http}, hostIP: 127.0.0.1`)), errors: [{ messageId: 'taken' }] },
    { code: both(other(`${http}, hostIP: 0.0.0.0`), agent(http)), errors: [{ messageId: 'taken' }] },
    { code: both(other(http, gpu), agent(http, gpu)), errors: [{ messageId: 'taken' }] },
    { code: both(other(http, gpu), agent(http)), errors: [{ messageId: 'taken' }] },
    { code: both(other(http), agent(http, gpu)), errors: [{ messageId: 'taken' }] },
    { code: both(other(http), agent(http, terms('a'))), errors: [{ messageId: 'taken' }] },
    { code: both(other(http, terms('a')), agent(http, terms('a'))), errors: [{ messageId: 'taken' }] },
    {
      code: both(
        other(http, `${gpu}\n${tolerating('gpu')}`),
        agent(http, 'tolerations: [{ operator: Exists }]'),
      ),
      errors: [{ messageId: 'taken' }],
    },
    {
      code: both(other(http, `${gpu}\n${tolerating('gpu')}`), agent(http, tolerating('gpu'))),
      errors: [{ messageId: 'taken' }],
    },
    {
      // In another namespace it is another one.
      code: both(
        agent(http, undefined, 'namespace: logging'),
        agent(http, undefined, 'namespace: monitoring'),
      ),
      errors: [{ messageId: 'taken', data: { port: 80, name: 'agent', place: 'line 1' } }],
    },
    {
      code: agent(http),
      filename: '/manifests/b.yaml',
      files: { '/manifests/a.yaml': other(http) },
      errors: [{ messageId: 'taken', data: { port: 80, name: 'other', place: 'a.yaml' } }],
    },
  ],
})
