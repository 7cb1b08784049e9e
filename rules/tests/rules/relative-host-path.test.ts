import rule from '../../src/rules/relative-host-path.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const mounted = (path: string, spec = '') =>
  daemonSet({
    spec: `${spec}volumes:\n  - name: host\n    hostPath:\n      path: ${path}`,
    container: 'image: agent:1\nvolumeMounts: [{ name: host, mountPath: /host }]',
  })

ruleTester.run('relative-host-path', rule, {
  valid: [
    daemonSet(),
    mounted('/var/log'),
    mounted('/'),
    mounted('C:\\var\\log'),
    mounted("'c:/var/log'"),
    mounted("'\\\\.\\pipe\\docker_engine'"),
    mounted('\\var\\log'),
    mounted('${DIR}'),
    mounted('${DIR}/log'),
    // what scripts replace
    ...['LOG_DIR', 'LOG_DIR/agent', '__LOG_DIR__', '<path>', '"%LOG_DIR%/agent"', '"@logs@"'].map((path) =>
      mounted(path),
    ),
    mounted('var\\log', 'nodeSelector: { kubernetes.io/os: windows }\n'),
    mounted('var/log', 'nodeSelector: { kubernetes.io/os: "${OS}" }\n'),
    daemonSet({ spec: 'volumes: [{ name: host, emptyDir: {} }]' }),
  ],
  invalid: [
    {
      code: mounted('var/log'),
      errors: [
        {
          messageId: 'relative',
          data: { path: 'var/log' },
          line: 17,
          column: 19,
          endLine: 17,
          endColumn: 26,
          suggestions: [{ messageId: 'root', data: { path: 'var/log' }, output: mounted('/var/log') }],
        },
      ],
    },
    {
      code: daemonSet({
        spec: 'volumes: [{ name: host, hostPath: { path: "opt", type: DirectoryOrCreate } }]',
      }),
      errors: [
        {
          messageId: 'relative',
          suggestions: [
            {
              messageId: 'root',
              output: daemonSet({
                spec: 'volumes: [{ name: host, hostPath: { path: "/opt", type: DirectoryOrCreate } }]',
              }),
            },
          ],
        },
      ],
    },
    // Where these lead to nobody knows.
    { code: mounted('./data'), errors: [{ messageId: 'relative', suggestions: [] }] },
    { code: mounted('variable'), errors: [{ messageId: 'relative', suggestions: [] }] },
    {
      code: mounted('~/data'),
      errors: [{ messageId: 'home', data: { path: '~/data' }, line: 17, column: 19, suggestions: [] }],
    },
  ],
})
