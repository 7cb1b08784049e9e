import rule from '../../src/rules/literal-secret.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const withEnv = (name: string, value: string) =>
  daemonSet({ container: `image: agent:1.2.3\nenv:\n  - name: ${name}\n    value: ${value}` })

ruleTester.run('literal-secret', rule, {
  valid: [
    daemonSet(),
    withEnv('LOG_LEVEL', 'debug'),
    withEnv('TOKENS_PER_SECOND', '"100"'),
    withEnv('MONKEY', 'see'),
    withEnv('API_PASSWORD', '""'),
    withEnv('API_PASSWORD', '${PASSWORD}'),
    withEnv('API_PASSWORD', '$(OTHER)'),
    withEnv('API_PASSWORD', '"<your password>"'),
    withEnv('API_TOKEN', '/var/run/secrets/token'),
    withEnv('API_TOKEN', 'vault:secret/agent#token'),
    withEnv('API_TOKEN', '"true"'),
    daemonSet({
      container:
        'image: agent:1.2.3\nenv:\n  - name: API_TOKEN\n    valueFrom: { secretKeyRef: { name: agent, key: token } }',
    }),
  ],
  invalid: [
    {
      code: withEnv('API_PASSWORD', 'changeme'),
      errors: [
        {
          messageId: 'literal',
          data: { variable: 'API_PASSWORD', container: 'agent' },
          line: 19,
          column: 22,
          endLine: 19,
          endColumn: 30,
        },
      ],
    },
    { code: withEnv('datadog_api_key', '0123456789abcdef'), errors: [{ messageId: 'literal' }] },
    { code: withEnv('TOKEN', 'abc'), errors: [{ messageId: 'literal' }] },
  ],
})
