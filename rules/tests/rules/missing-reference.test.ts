import rule from '../../src/rules/missing-reference.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const all = (...texts: string[]) => texts.join('---\n')
const made = (kind: string, name: string, namespace?: string, more = '') =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${namespace ? `  namespace: ${namespace}\n` : ''}${more}`
const mounting = (volume: string, namespace = 'logging') =>
  daemonSet({
    metadata: `namespace: ${namespace}`,
    spec: `volumes:\n  - name: config\n    ${volume}`,
    container: 'image: agent:1\nvolumeMounts: [{ name: config, mountPath: /etc/agent }]',
  })
const config = mounting('configMap: { name: agent-config }')
const keys = mounting('secret: { secretName: agent-keys }')
const account = daemonSet({ metadata: 'namespace: logging', spec: 'serviceAccountName: agent' })
const other = (spec: string) =>
  daemonSet({ metadata: 'namespace: logging', spec })
    .replaceAll(/\bagent\b(?!-)/g, 'other')
    .replace('DaemonSet', 'Deployment')
const complete = { options: [{ complete: true }] }
const waits = 'its pods wait on every node'
const refused = 'the API server refuses every pod'

ruleTester.run('missing-reference', rule, {
  valid: [
    daemonSet(),
    // It is there.
    all(made('ConfigMap', 'agent-config', 'logging'), made('ConfigMap', 'agent-conf', 'logging'), config),
    all(made('ConfigMap', 'agent-config'), made('ConfigMap', 'agent-conf', 'logging'), config),
    // Somebody else may make it: nothing like it is here, or that is another's.
    config,
    all(made('ConfigMap', 'gateway', 'logging'), config),
    all(made('Secret', 'agent-conf', 'logging'), config),
    all(made('ConfigMap', 'agent-conf', 'other'), config),
    all(made('ConfigMap', 'agent-conf'), config),
    all(made('ConfigMap', 'agent-conf', 'logging'), made('ConfigMap', 'agent-cfg', 'logging'), config),
    all(
      made('ConfigMap', 'agent-conf', 'logging'),
      config,
      other('volumes: [{ name: a, configMap: { name: agent-conf } }]'),
    ),
    all(
      made('ConfigMap', 'agent-conf', 'logging'),
      config,
      other('volumes: [{ name: a, configMap: { name: "${CONFIG}" } }]'),
    ),
    all(made('ConfigMap', 'agent-conf', 'logging'), config, other('volumes: ${VOLUMES}')),
    all(made('Secret', 'agent-key', 'logging'), keys, other('imagePullSecrets: [{ name: agent-key }]')),
    all(made('Secret', 'agent-key', 'logging'), keys, other('imagePullSecrets: [{ name: "${KEY}" }]')),
    // Images are pulled without it, if they can be.
    { code: daemonSet({ spec: 'imagePullSecrets: [{ name: agent-key }]' }), ...complete },
    all(made('ConfigMap', 'agent-config', 'default'), made('ConfigMap', '${CONFIG}', 'logging'), config),
    // It need not be there, or is always.
    all(
      made('ConfigMap', 'agent-conf', 'logging'),
      mounting('configMap: { name: agent-config, optional: true }'),
    ),
    all(
      made('ConfigMap', 'agent-conf', 'logging'),
      mounting('configMap: { name: agent-config, optional: "${X}" }'),
    ),
    { code: mounting('configMap: { name: kube-root-ca.crt }'), ...complete },
    { code: daemonSet({ spec: 'priorityClassName: system-node-critical' }), ...complete },
    { code: daemonSet({ spec: 'serviceAccountName: default' }), ...complete },
    { code: mounting('configMap: { name: "${CONFIG}" }'), ...complete },
    { code: config, options: [{ complete: true, allow: ['agent-*'] }] },
    {
      code: config,
      ...complete,
      files: { '/other/config.yaml': made('ConfigMap', 'agent-config', 'logging') },
    },
    {
      code: all(
        made('ExternalSecret', 'agent', 'logging', 'spec: { target: { name: agent-key } }\n'),
        mounting('secret: { secretName: agent-key }'),
      ),
      ...complete,
    },
    { code: config, ...complete, role: 'patch' },
    // Nobody mounts it, so the kubelet leaves it out.
    { code: config.replace('{ name: config, m', '{ name: data, m'), ...complete },
    // A template may make it, or refer to what is much like it.
    {
      code: config,
      ...complete,
      files: { '/other/config.yaml': '{{- range .Values.maps }}\nkind: ConfigMap\n{{- end }}\n' },
    },
    { code: config, ...complete, files: { '/other/config.yaml': made('${KIND}', 'x') } },
    {
      code: all(made('ConfigMap', 'agent-conf', 'logging'), config),
      files: { '/other/web.yaml': '{{- if .Values.web }}\nkind: Deployment\n{{- end }}\n' },
    },
  ],
  invalid: [
    {
      code: all(
        made('Secret', 'agent-key', 'logging'),
        keys,
        other('imagePullSecrets: [{ name: agent-keyring }]'),
      ),
      errors: [
        {
          messageId: 'near',
          data: { kind: 'Secret', name: 'agent-keys', other: 'agent-key', effect: waits },
          suggestions: 1,
        },
      ],
    },
    {
      code: config,
      ...complete,
      files: { '/other/service.yaml': '{{- if .Values.web }}\nkind: Service\n{{- end }}\n' },
      errors: [{ messageId: 'missing' }],
    },
    {
      code: all(made('ConfigMap', 'agent-conf', 'logging'), config),
      errors: [
        {
          messageId: 'near',
          data: { kind: 'ConfigMap', name: 'agent-config', other: 'agent-conf', effect: waits },
          line: 23,
          column: 30,
          endLine: 23,
          endColumn: 42,
          suggestions: [
            {
              messageId: 'use',
              data: { other: 'agent-conf' },
              output: all(
                made('ConfigMap', 'agent-conf', 'logging'),
                mounting('configMap: { name: agent-conf }'),
              ),
            },
          ],
        },
      ],
    },
    {
      code: all(made('ConfigMap', 'agent-config', 'default'), config),
      errors: [
        {
          messageId: 'elsewhere',
          data: { kind: 'ConfigMap', name: 'agent-config', namespace: 'default', effect: waits },
          line: 23,
          column: 30,
        },
      ],
    },
    {
      code: all(made('ServiceAccount', 'agent', 'default'), account),
      errors: [
        {
          messageId: 'elsewhere',
          data: { kind: 'ServiceAccount', name: 'agent', namespace: 'default', effect: refused },
        },
      ],
    },
    {
      code: all(made('PriorityClass', 'daemons'), daemonSet({ spec: 'priorityClassName: deamons' })),
      errors: [{ messageId: 'near' }],
    },
    {
      code: config,
      files: { '/manifests/config.yaml': made('ConfigMap', 'agent-conf', 'logging') },
      errors: [{ messageId: 'near' }],
    },
    // Each kind once
    {
      code: daemonSet({
        spec: 'serviceAccountName: agent\nruntimeClassName: gvisor\npriorityClassName: high\nvolumes: [{ name: a, secret: { secretName: key } }, { name: b, projected: { sources: [{ secret: { name: tls } }, { configMap: { name: ca } }] } }]',
        container:
          'image: agent:1\nvolumeMounts: [{ name: a, mountPath: /a }, { name: b, mountPath: /b }]\nenvFrom: [{ secretRef: { name: token } }, { configMapRef: { name: environment } }]\nenv: [{ name: A, valueFrom: { secretKeyRef: { name: token, key: a } } }, { name: B, valueFrom: { configMapKeyRef: { name: values, key: b, optional: false } } }]',
      }),
      ...complete,
      errors: ['agent', 'gvisor', 'high', 'key', 'tls', 'ca', 'environment', 'token', 'values']
        .map((name) => ({ name, kind: kindOf(name) }))
        .map(({ name, kind }) => ({
          messageId: 'missing',
          data: { kind, name, effect: ['ConfigMap', 'Secret'].includes(kind) ? waits : refused },
        })),
    },
    {
      code: mounting('configMap: { name: agent-config }'),
      ...complete,
      errors: [{ messageId: 'missing', line: 17, column: 30 }],
    },
  ],
})

function kindOf(name: string): string {
  const kinds: Record<string, string> = {
    agent: 'ServiceAccount',
    gvisor: 'RuntimeClass',
    high: 'PriorityClass',
  }
  return kinds[name] ?? (['key', 'tls', 'token'].includes(name) ? 'Secret' : 'ConfigMap')
}
