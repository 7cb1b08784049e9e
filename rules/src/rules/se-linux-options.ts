import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { type AllowKinds, allowKindsSchema, mayDoWorkOf, nodeChangingKinds } from '../utils/allow-kinds.ts'
import { containersOf } from '../utils/mounts.ts'
import { violationsOfControl } from '../utils/pod-security/index.ts'
import { isBeyondHardening } from '../utils/privileges.ts'

export default defineRule<'unconfined' | 'type' | 'identity', [AllowKinds]>({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow SELinux types, users and roles that are not for containers',
      category: 'security',
      presets: { strict: 'warn', security: 'warn' },
    },
    messages: {
      unconfined:
        'On nodes with SELinux `{{value}}` lifts its rules, so that nothing keeps root in the container from the files of the node. Expected a type of limited rights, such as `container_logreader_t` to read logs.',
      type: 'The SELinux type `{{value}}` is none of those for containers, so its rules decide what of the node is open to a flaw in the agent. Expected `container_t`, or a disable comment that says what it is for.',
      identity:
        'The SELinux {{field}} `{{value}}` is not what runtimes give containers, and may have more rights on the node. Expected no `{{field}}`.',
    },
    schema: allowKindsSchema,
    defaultOptions: [{ allowKinds: nodeChangingKinds }],
    needs: { text: /seLinuxOptions/ },
  },
  create(context) {
    const agents = agentsFor(context.settings)
    return {
      podTemplate(template) {
        if (containersOf(template).every((one) => isBeyondHardening(one, template, agents))) return
        if (mayDoWorkOf(template, context.options[0].allowKinds ?? [], agents)) return
        for (const { node, path, value } of violationsOfControl(template, 'seLinux')) {
          if (node.type === 'container' && isBeyondHardening(node, template, agents)) continue
          const field = String(path.at(-1))
          // It reads the logs of containers and nothing more.
          if (value === 'container_logreader_t') continue
          const isOff = value === 'spc_t' || value === 'unconfined_t'
          context.report({
            node,
            path,
            messageId: field !== 'type' ? 'identity' : isOff ? 'unconfined' : 'type',
            data: { field, value: String(value) },
          })
        }
      },
    }
  },
})
