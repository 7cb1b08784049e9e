import rule from '../../src/rules/log-agent-var-log.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const fluentBit = 'cr.fluentbit.io/fluent/fluent-bit:5.1.1'
const mounting = (path: string) =>
  daemonSet({
    spec: `volumes: [{ name: host, hostPath: { path: ${path} } }]`,
    container: `image: ${fluentBit}\nvolumeMounts: [{ name: host, mountPath: /host }]`,
  })

ruleTester.run('log-agent-var-log', rule, {
  valid: [
    daemonSet(),
    mounting('/var/log'),
    mounting('/var/log/'),
    mounting('/var'),
    mounting('/'),
    mounting('/var/log/pods'),
    mounting('/var/lib/docker/containers'),
    mounting('/run/log/journal'),
    mounting('/data/applogs'),
    // It need not tail anything, or is sent its logs.
    daemonSet({ container: 'image: otel/opentelemetry-collector-contrib:0.159.0' }),
    daemonSet({ container: 'image: fluent/fluentd:v1.19\nports: [{ containerPort: 24224 }]' }),
    daemonSet({ container: 'image: ${IMAGE}' }),
    daemonSet({ container: `image: ${fluentBit}\nvolumeMounts: \${MOUNTS}` }),
    // What hides what it mounts, or from where.
    mounting('"${LOG_DIR}"'),
    daemonSet({
      spec: 'volumes: [{ name: host, hostPath: { path: /var/log } }]',
      container: `image: ${fluentBit}\nvolumeMounts: [{ name: host, mountPath: "\${DIR}" }]`,
    }),
    daemonSet({
      spec: 'volumes: [{ name: "${VOLUME}", hostPath: { path: /var/log } }]',
      container: `image: ${fluentBit}\nvolumeMounts: [{ name: host, mountPath: /host }]`,
    }),
    daemonSet({ container: 'image: fluent/fluentd:v1.19\nports: [{ containerPort: "${PORT}" }]' }),
    daemonSet({ spec: 'nodeSelector: { kubernetes.io/os: "${OS}" }', container: `image: ${fluentBit}` }),
    daemonSet({
      spec: 'nodeSelector: { kubernetes.io/os: windows }',
      container: `image: ${fluentBit}`,
    }),
    // Another program is run from its image.
    daemonSet({
      container: `image: ${fluentBit}\ncommand: [/bin/sh, -ec, "while :; do echo hello; sleep 5; done"]`,
    }),
    daemonSet({ container: `image: ${fluentBit}\ncommand: [bash]\nargs: [-c, "cp -r /etc/agent /shared"]` }),
    daemonSet({ container: `image: fluentd:v1.19\nargs: [/bin/sh, -c, "echo hello"]` }),
    daemonSet({ container: `image: ${fluentBit}\ncommand: [sleep, infinity]` }),
    daemonSet({ container: `image: ${fluentBit}\ncommand: ["\${COMMAND}"]` }),
    daemonSet({ container: `image: ${fluentBit}\ncommand: \${COMMAND}` }),
    daemonSet({ container: `image: ${fluentBit}\ncommand: [sh, -c, "\${SCRIPT}"]` }),
    // It copies its files only.
    daemonSet({ spec: `initContainers: [{ name: copy, image: "${fluentBit}" }]` }),
  ],
  invalid: [
    // A shell that starts it, or other flags for it.
    ...[
      'command: [/bin/sh, -c, "exec /fluent-bit/bin/fluent-bit -c /own/fluent-bit.conf"]',
      'command: [/fluent-bit/bin/fluent-bit]',
      'args: [--config=/own.conf, "--tag=${TAG}"]',
    ].map((command) => ({
      code: daemonSet({ container: `image: ${fluentBit}\n${command}` }),
      errors: [{ messageId: 'missing' as const }],
    })),
    {
      code: daemonSet({ container: `image: ${fluentBit}` }).replace('- name: agent', '- name: ${NAME}'),
      errors: [{ messageId: 'missing', data: { container: '${NAME}', agent: 'Fluent Bit' } }],
    },
    {
      code: daemonSet({ container: `image: ${fluentBit}` }),
      errors: [
        {
          messageId: 'missing',
          data: { container: 'agent', agent: 'Fluent Bit' },
          line: 15,
          column: 17,
          endLine: 15,
          endColumn: 22,
        },
      ],
    },
    {
      code: mounting('/etc/machine-id'),
      errors: [{ messageId: 'missing', line: 18, column: 11, endLine: 18, endColumn: 23 }],
    },
    {
      // The folder of the image is mounted, not that of the node.
      code: daemonSet({
        spec: 'volumes: [{ name: log, emptyDir: {} }]',
        container: 'image: fluentd:latest\nvolumeMounts: [{ name: log, mountPath: /var/log }]',
      }),
      errors: [{ messageId: 'missing', data: { container: 'agent', agent: 'fluentd' } }],
    },
  ],
})
