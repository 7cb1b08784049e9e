import rule from '../../src/rules/readiness-dependency.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const probe = (handler: string, kind = 'readinessProbe') =>
  daemonSet({ container: `image: agent:1.2.3\n${kind}:\n  ${handler}` })
const exec = (...words: string[]) => probe(`exec:\n    command: ${JSON.stringify(words)}`)
const http = (host: string) => probe(`httpGet:\n    port: 8080\n    host: ${host}`)

ruleTester.run('readiness-dependency', rule, {
  valid: [
    daemonSet(),
    probe('httpGet:\n    port: 8080'),
    http('127.0.0.1'),
    http('localhost'),
    http('"[::1]"'),
    http('${HOST}'),
    http('""'),
    probe('tcpSocket:\n    port: 8080\n    host: 127.0.0.1'),
    exec('cat', '/ready'),
    exec('curl', '-f', 'http://localhost:8080/ready'),
    exec('curl', '-f', '${URL}', 'http://backend'),
    exec('sh', '-c', 'curl -f http://$(POD_IP):8080/ready'),
    // Other probes do not make a pod unready.
    probe('httpGet:\n    port: 80\n    host: backend.example.com', 'livenessProbe'),
    // Nothing is rolled out.
    daemonSet({
      daemon: 'updateStrategy:\n  type: OnDelete',
      container:
        'image: agent:1.2.3\nreadinessProbe:\n  tcpSocket:\n    port: 80\n    host: backend.example.com',
    }),
    daemonSet({
      daemon: 'updateStrategy:\n  type: ${TYPE}',
      container:
        'image: agent:1.2.3\nreadinessProbe:\n  tcpSocket:\n    port: 80\n    host: backend.example.com',
    }),
  ],
  invalid: [
    {
      code: http('backend.example.com'),
      errors: [
        {
          messageId: 'elsewhere',
          data: { container: 'agent', host: 'backend.example.com' },
          line: 20,
          column: 21,
          endLine: 20,
          endColumn: 40,
        },
      ],
    },
    {
      code: probe('tcpSocket: { port: 80, host: 10.0.0.1 }'),
      errors: [{ messageId: 'elsewhere', data: { container: 'agent', host: '10.0.0.1' } }],
    },
    {
      code: exec('sh', '-c', 'curl -f http://backend/health'),
      errors: [
        {
          messageId: 'elsewhere',
          data: { container: 'agent', host: 'backend' },
          line: 19,
          column: 35,
          endLine: 19,
          endColumn: 66,
        },
      ],
    },
    {
      code: exec('nc', '-z', 'redis', '6379'),
      errors: [{ messageId: 'elsewhere', data: { container: 'agent', host: 'redis' } }],
    },
    {
      code: 'apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: agent\nspec:\n  template:\n    spec:\n      containers:\n        - name: agent\n          readinessProbe:\n            tcpSocket:\n              host: backend\n              port: 80\n',
      role: 'patch',
      errors: [{ messageId: 'elsewhere' }],
    },
  ],
})
