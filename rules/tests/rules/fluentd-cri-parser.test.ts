import rule from '../../src/rules/fluentd-cri-parser.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const image = 'fluent/fluentd-kubernetes-daemonset:v1.19.3-debian-elasticsearch8-1.1'
const pod = (more = '', own = image) =>
  daemonSet({
    spec: 'volumes: [{ name: log, hostPath: { path: /var/log } }, { name: config, configMap: { name: config } }]',
    container: `image: ${own}${more}\nvolumeMounts:\n  - name: log\n    mountPath: /var/log`,
  })
const cri = `  - name: FLUENT_CONTAINER_TAIL_PARSER_TYPE
    value: cri
  - name: FLUENT_CONTAINER_TAIL_PARSER_TIME_FORMAT
    value: "%Y-%m-%dT%H:%M:%S.%N%:z"`
const json = '  - name: FLUENT_CONTAINER_TAIL_PARSER_TYPE\n    value: json'
const format = '\nenv:\n  - name: FLUENT_CONTAINER_TAIL_PARSER_TIME_FORMAT\n    value: "%Y"'

ruleTester.run('fluentd-cri-parser', rule, {
  valid: [
    daemonSet(),
    pod(`\nenv:\n${cri}`),
    pod(`\nenv:\n${json}`),
    pod(
      '\nenv: [{ name: FLUENT_CONTAINER_TAIL_PARSER_TYPE, valueFrom: { configMapKeyRef: { name: a, key: b } } }]',
    ),
    pod('\nenv: [{ name: "${NAME}", value: cri }]'),
    pod('\nenv: ${ENV}'),
    pod('\nenvFrom: [{ configMapRef: { name: fluentd } }]'),
    pod('\nenv: [{ name: FLUENTD_CONF, value: own.conf }]'),
    pod('\ncommand: [fluentd, -c, /own.conf]'),
    pod('\nargs: [-c, /own.conf]'),
    pod().replace(
      'mountPath: /var/log',
      'mountPath: /var/log\n            - name: config\n              mountPath: /fluentd/etc',
    ),
    pod().replace(
      'mountPath: /var/log',
      'mountPath: /var/log\n            - name: config\n              mountPath: /fluentd/etc/tail_container_parse.conf\n              subPath: tail.conf',
    ),
    // Versions that do not ask for it, and those that are not known.
    pod('', 'fluent/fluentd-kubernetes-daemonset:v1.4.2-debian-forward-1.0'),
    pod('', 'fluent/fluentd-kubernetes-daemonset:v1.11-debian-syslog-1'),
    pod('', 'fluent/fluentd-kubernetes-daemonset:v0.12-debian-s3'),
    pod('', 'fluent/fluentd-kubernetes-daemonset:${TAG}'),
    pod('', 'fluent/fluentd:v1.19'),
    // It reads no logs of containers.
    pod().replace('path: /var/log', 'path: /var/log/audit'),
    { code: pod(), role: 'patch' },
  ],
  invalid: [
    {
      code: pod(),
      errors: [
        {
          messageId: 'json',
          data: { container: 'agent' },
          line: 16,
          column: 17,
          endLine: 16,
          endColumn: 22,
          suggestions: [
            { messageId: 'cri', output: `${pod()}          env:\n${indented(cri)}\n` },
            { messageId: 'docker', output: `${pod()}          env:\n${indented(json)}\n` },
          ],
        },
      ],
    },
    {
      code: pod(format),
      errors: [
        {
          messageId: 'json',
          line: 18,
          column: 11,
          suggestions: [
            { output: pod(`${format}\n${json.replace('json', 'cri')}`) },
            { output: pod(`${format}\n${json}`) },
          ],
        },
      ],
    },
    ...['v1-debian-elasticsearch', 'v1.12-debian-forward-1'].map((tag) => ({
      code: pod('', `fluent/fluentd-kubernetes-daemonset:${tag}`),
      errors: [{ messageId: 'json' as const }],
    })),
  ],
})

function indented(text: string): string {
  return text.replace(/^/gm, ' '.repeat(10))
}
