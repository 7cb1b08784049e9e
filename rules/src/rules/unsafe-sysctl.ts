import { defineRule } from '@daemonlint/core/define'
import { violationsOfControl } from '../utils/pod-security/index.ts'
import { minorOf } from '../utils/versions.ts'

export default defineRule<'unsafe', [{ allow?: string[] }]>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow sysctls that the kubelet refuses by default',
      category: 'security',
      presets: { strict: 'warn', security: 'warn' },
    },
    messages: {
      unsafe:
        'The kubelet refuses `{{name}}` unless `allowedUnsafeSysctls` of every node allows it: pods fail with SysctlForbidden, and the controller makes new ones that fail as well. Expected a safe sysctl, or the option `allow` where all nodes do.',
    },
    schema: [
      {
        type: 'object',
        properties: { allow: { type: 'array', items: { type: 'string' }, uniqueItems: true } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ allow: [] }],
    needs: { text: /sysctls/ },
  },
  create(context) {
    const allowed = context.options[0].allow ?? []
    const newest = context.kubernetesVersions.at(-1)
    const minor = newest === undefined ? undefined : minorOf(newest)
    return {
      podTemplate(template) {
        for (const { node, path, value } of violationsOfControl(template, 'sysctls', minor)) {
          const name = String(value)
          // A slash may stand for a dot.
          if (allowed.includes(name) || allowed.includes(name.replaceAll('/', '.'))) continue
          context.report({ node, path, messageId: 'unsafe', data: { name } })
        }
      },
    }
  },
})
