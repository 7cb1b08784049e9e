import rule from '../../src/rules/undefined-env-reference.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const container = (text: string) => daemonSet({ container: `image: agent:1.2.3\n${text}` })
const fieldRef = (name: string, field: string) =>
  `- name: ${name}\n    valueFrom:\n      fieldRef:\n        fieldPath: ${field}`
const node = `env:\n  ${fieldRef('NODE_NAME', 'spec.nodeName')}`
const undeclared = (name: string) => ({
  messageId: 'undeclared',
  data: { container: 'agent', name, variable: '' },
})
const probe = (command: string, env = node) =>
  container(`${env}\nlivenessProbe:\n  exec:\n    command: ${command}`)
const hook = (command: string) =>
  container(`${node}\nlifecycle:\n  preStop:\n    exec:\n      command: ${command}`)

ruleTester.run('undefined-env-reference', rule, {
  valid: [
    daemonSet(),
    container(`args: [--node=$(NODE_NAME)]\n${node}`),
    container('env:\n  - { name: A, value: "1" }\n  - { name: B, value: $(A)-$(A) }'),
    // escaped; not closed; no name; a shell's
    container('args: [$$(NODE_NAME), $(NODE_NAME, "$(a b)"]'),
    container('args: ["$$$$(NODE_NAME)"]'),
    // commands of a script, and what it takes literally
    container('command: [sh, -c, "echo $(date) $(hostname) $(DATE)"]'),
    container('command: [sh, -ec, "sed s/\\\\$(NODE_NAME)/x/"]'),
    container('args: ["set -e; echo $(date)"]'),
    // variables of Services
    container(
      'args: [$(KUBERNETES_SERVICE_HOST), $(REDIS_SERVICE_PORT_HTTP), $(REDIS_PORT), $(REDIS_PORT_80_TCP_ADDR)]',
    ),
    // may be there
    container('args: [$(NODE_NAME)]\nenvFrom:\n  - configMapRef: { name: env }'),
    container('args: [$(NODE_NAME)]\nenv: ${ENV}'),
    container('args: [$(NODE_NAME)]\nenv:\n  - { name: "${NAME}", value: a }'),
    container('args: ["$(NODE_NAME)${REST}"]'),
    { code: container('args: [$(NODE_NAME)]'), role: 'patch' },
    // declared again
    container('env:\n  - { name: A, value: a }\n  - { name: A, value: $(A)b }'),
    probe('[check, $(A)]', 'env:\n  - { name: A, value: a }'),
    probe('[check, $(A)]', 'env:\n  - { name: A, value: "${A}" }'),
    probe('[sh, -c, "check $(hostname)"]'),
    hook('[sh, -c, "stop $NODE_NAME $(OTHER_NAME)"]'),
  ],
  invalid: [
    {
      code: container('args:\n  - --node=$(NODE_NAME)'),
      errors: [
        {
          ...undeclared('NODE_NAME'),
          line: 18,
          column: 15,
          endLine: 18,
          endColumn: 34,
          suggestions: [
            {
              messageId: 'declare',
              data: { name: 'NODE_NAME', field: 'spec.nodeName' },
              output: container(`args:\n  - --node=$(NODE_NAME)\n${node}`),
            },
          ],
        },
      ],
    },
    {
      code: container('env: [{ name: A, value: a }]\nargs: [$(HOST_IP)$(HOST_IP), $(OTHER)]'),
      errors: [
        {
          ...undeclared('HOST_IP'),
          line: 18,
          column: 18,
          suggestions: [
            {
              messageId: 'declare',
              output: container(
                'env: [{ name: A, value: a }, {name: HOST_IP, valueFrom: {fieldRef: {fieldPath: status.hostIP}}}]\nargs: [$(HOST_IP)$(HOST_IP), $(OTHER)]',
              ),
            },
          ],
        },
        { ...undeclared('OTHER'), line: 18, column: 40, suggestions: [] },
      ],
    },
    // an odd number of dollar signs
    { code: container('args: [$$$(POD_NAME)]'), errors: [undeclared('POD_NAME')] },
    { code: container('command: [sh, -c, "agent --node $(NODE_NAME)"]'), errors: [undeclared('NODE_NAME')] },
    {
      code: container('env:\n  - name: URL\n    value: http://$(HOST_IP)'),
      errors: [
        {
          messageId: 'inValue',
          data: { container: 'agent', name: 'HOST_IP', variable: 'URL' },
          line: 19,
          column: 22,
          endLine: 19,
          endColumn: 39,
          suggestions: [],
        },
      ],
    },
    {
      code: container('env:\n  - name: URL\n    value: http://$(HOST)\n  - name: HOST\n    value: a'),
      errors: [
        {
          messageId: 'later',
          data: { container: 'agent', name: 'HOST', variable: 'URL' },
          line: 19,
          column: 22,
          endLine: 19,
          endColumn: 36,
        },
      ],
    },
    {
      code: container('env:\n  - name: PATH\n    value: $(PATH):/agent'),
      errors: [
        {
          messageId: 'self',
          data: { container: 'agent', name: 'PATH', variable: 'PATH' },
          line: 19,
          column: 22,
          suggestions: [],
        },
      ],
    },
    {
      code: daemonSet({
        spec: 'volumes:\n  - name: data\n    emptyDir: {}',
        container:
          'image: agent:1.2.3\nvolumeMounts:\n  - name: data\n    mountPath: /data\n    subPathExpr: $(POD_UID)',
      }),
      errors: [
        {
          messageId: 'subPath',
          data: { container: 'agent', name: 'POD_UID', variable: '' },
          line: 23,
          column: 28,
          suggestions: [
            {
              messageId: 'declare',
              data: { name: 'POD_UID', field: 'metadata.uid' },
              output: daemonSet({
                spec: 'volumes:\n  - name: data\n    emptyDir: {}',
                container: `image: agent:1.2.3\nvolumeMounts:\n  - name: data\n    mountPath: /data\n    subPathExpr: $(POD_UID)\nenv:\n  ${fieldRef('POD_UID', 'metadata.uid')}`,
              }),
            },
          ],
        },
      ],
    },
    {
      code: probe('[check, $(NODE_NAME)]'),
      errors: [
        {
          messageId: 'probe',
          data: { container: 'agent', name: 'NODE_NAME', variable: '' },
          line: 24,
          column: 32,
          suggestions: [],
        },
      ],
    },
    { code: probe('[check, $(OTHER)]'), errors: [undeclared('OTHER')] },
    {
      code: hook('[stop, $(NODE_NAME)]'),
      errors: [
        {
          messageId: 'hook',
          data: { container: 'agent', name: 'NODE_NAME', variable: '' },
          line: 25,
          column: 33,
          suggestions: [],
        },
      ],
    },
    { code: hook('[sh, -c, "stop $(NODE_NAME)"]'), errors: [{ messageId: 'hook' }] },
    { code: hook('[stop, $(other)]'), errors: [{ messageId: 'hook' }] },
  ],
})
