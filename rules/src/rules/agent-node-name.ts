import type { ContainerNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { environmentOf, type Flag, flagsOf, mayBeOff } from '../utils/flags.ts'
import type { NodeNameSource } from '../utils/known-agents.ts'
import { nameOf } from '../utils/names.ts'
import { mayShare, templateOf } from '../utils/template.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: "Require the variable by which an agent learns its node's name",
      category: 'agents',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      stops:
        "Container `{{container}}` runs {{agent}} without `{{variable}}`, by which it learns its node's name, so it stops as soon as it has started.",
      pod: "Container `{{container}}` runs {{agent}} without `{{variable}}`, so it takes its pod's name for that of the node, and what it reports is about a node that does not exist.",
      set: 'Set `{{variable}}` from `spec.nodeName`',
    },
    hasSuggestions: true,
    rollsPods: true,
  },
  create(context) {
    const { agentOf } = agentsFor(context.settings)
    return {
      container(node) {
        const agent = agentOf(node)
        const [[variable] = []] = agent?.nodeName?.variables ?? []
        if (!agent?.nodeName || !variable || node.list === 'initContainers') return
        if (!surelyLacks(node, agent.nodeName)) return
        context.report({
          node,
          path: ['env'],
          messageId: agent.nodeName.orHostName ? 'pod' : 'stops',
          data: { container: nameOf(node), agent: agent.name, variable },
          suggest: [
            {
              messageId: 'set',
              data: { variable },
              fix: (fixer) =>
                fixer.append(['env'], {
                  name: variable,
                  valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } },
                }),
            },
          ],
        })
      },
    }
  },
})

/** True when nothing tells the agent, in any of the ways it knows. */
function surelyLacks(container: ContainerNode, { variables, flag, onlyWith, orHostName }: NodeNameSource) {
  const flags = flagsOf(container)
  if (!flags || (flag && flags.has(flag)) || (onlyWith && !isOn(flags.get(onlyWith)))) return false
  const template = templateOf(container)
  if (orHostName && (!template || mayShare(template, 'hostNetwork'))) return false
  return variables.every((names) => names.some((name) => environmentOf(container, name) === null))
}

function isOn(flag: Flag | undefined): boolean {
  return flag !== undefined && !mayBeOff(flag)
}
