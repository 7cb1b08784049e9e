import rule from '../../src/rules/literal-secret.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const withEnv = (name: string, value: string) =>
  daemonSet({ container: `image: agent:1.2.3\nenv:\n  - name: ${name}\n    value: ${value}` })

const referring = (value: string, spec: string) =>
  daemonSet({
    spec,
    container: `image: agent:1.2.3\nenv:\n  - name: OUTPUT_SECRET\n    value: ${value}`,
  })

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
    // The name of a Secret is none.
    withEnv('IMAGE_PULL_SECRET', 'regcred'),
    withEnv('tls_secret', 'agent-tls'),
    withEnv('WEBHOOK_CA_SECRET', 'agent-ca'),
    withEnv('CERT_SECRET', 'agent-cert'),
    referring('agent-keys', 'imagePullSecrets: [{ name: other }, { name: agent-keys }]'),
    referring('agent-keys', 'imagePullSecrets: [{ name: "${SECRET}" }]'),
    referring('agent-keys', 'imagePullSecrets: ${SECRETS}'),
    referring('agent-keys', 'volumes: [{ name: keys, secret: { secretName: agent-keys } }]'),
    referring('agent-keys', 'volumes: [{ name: keys, secret: { secretName: "${SECRET}" } }]'),
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
    ...['CLIENT_SECRET', 'LOCA_SECRET', 'SCA_SECRET', 'TLS_SECRET_KEY_PASSWORD'].map((name) => ({
      code: withEnv(name, 'agent-tls'),
      errors: [{ messageId: 'literal' as const, line: 19, column: 22, endLine: 19, endColumn: 31 }],
    })),
    ...[
      'imagePullSecrets: [{ name: other }]',
      'volumes: [{ name: keys, configMap: { name: agent-keys } }]',
      'serviceAccountName: agent-keys',
    ].map((spec) => ({
      code: referring('agent-keys', spec),
      errors: [{ messageId: 'literal' as const, line: 20, column: 22, endLine: 20, endColumn: 32 }],
    })),
    {
      // No Secret is called so.
      code: referring('Agent_Keys', 'imagePullSecrets: [{ name: "${SECRET}" }]'),
      errors: [{ messageId: 'literal', line: 20 }],
    },
  ],
})
