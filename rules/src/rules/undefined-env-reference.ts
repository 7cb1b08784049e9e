import type { ContainerNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import {
  type EnvReference,
  envReferencesOf,
  fieldPathFor,
  isServiceVariable,
} from '../utils/env-references.ts'
import { nameOf } from '../utils/names.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require that variables which the manifest refers to are declared',
      category: 'correctness',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      undeclared:
        'Container `{{container}}` declares no variable `{{name}}`, so the program gets the text `$({{name}})`.',
      inValue:
        'Container `{{container}}` declares no variable `{{name}}`, so `{{variable}}` contains the text `$({{name}})`.',
      later:
        '`{{name}}` is declared further down, and a value sees only the variables above it, so it contains the text `$({{name}})`. Expected `{{name}}` above `{{variable}}`.',
      self: '`{{name}}` is made of itself, but what the image sets is not known to Kubernetes, so it contains the text `$({{name}})`. Expected the whole value, or a script that adds to it.',
      subPath:
        'Container `{{container}}` declares no variable `{{name}}`, so the kubelet cannot mount the volume and the container never starts.',
      probe:
        'Probes know only variables that have a `value`, and `{{name}}` is taken from elsewhere, so the probe gets an empty text. Expected a script for a shell, with `${{name}}`.',
      hook: 'Kubernetes expands no variables in hooks, so the hook gets the text `$({{name}})` itself. Expected a script for a shell, with `${{name}}`.',
      declare: 'Declare `{{name}}` as `{{field}}` of the pod',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /\$\(/ },
  },

  create(context) {
    return {
      container(node) {
        const names = namesOf(node)
        if (!names) return
        const seen = new Set<string>()
        for (const reference of envReferencesOf(node)) {
          const { name, path, place, index } = reference
          const messageId = faultOf(reference, names, node)
          const key = `${name} ${path.join(' ')}`
          if (!messageId || seen.has(key)) continue
          seen.add(key)
          const field = place === 'env' || names.includes(name) ? undefined : fieldPathFor(name)
          context.report({
            node,
            path,
            messageId,
            data: {
              container: nameOf(node),
              name,
              variable: index === undefined ? '' : (names[index] ?? ''),
            },
            suggest:
              field && place !== 'hook' && place !== 'probe'
                ? [
                    {
                      messageId: 'declare',
                      data: { name, field },
                      fix: (fixer) =>
                        fixer.append(['env'], { name, valueFrom: { fieldRef: { fieldPath: field } } }),
                    },
                  ]
                : [],
          })
        }
      },
    }
  },
})

type Fault = 'undeclared' | 'inValue' | 'later' | 'self' | 'subPath' | 'probe' | 'hook'

/** What is wrong with a reference. makeEnvironmentVariables in pkg/kubelet/kubelet_pods.go. */
function faultOf(
  { name, place, index, script }: EnvReference,
  names: readonly string[],
  container: ContainerNode,
): Fault | undefined {
  const declared = names.includes(name)
  // In a script it may be a command after all, unless there is such a variable.
  if (place === 'hook') return declared || !script ? 'hook' : undefined
  if (place === 'probe' && declared) return isStatic(name, names, container) ? undefined : 'probe'
  const visible = index === undefined ? names : names.slice(0, index)
  if (visible.includes(name) || isServiceVariable(name) || !container.lacks('envFrom')) return undefined
  if (place === 'env' && declared) return names[index!] === name ? 'self' : 'later'
  if (place === 'env') return 'inValue'
  return place === 'subPathExpr' ? 'subPath' : 'undeclared'
}

/** True when a probe gets something for a variable: ExpandContainerCommandOnlyStatic knows what `value` says. */
function isStatic(name: string, names: readonly string[], container: ContainerNode): boolean {
  const index = names.lastIndexOf(name)
  return container.lacks('env', index, 'valueFrom') || container.isUnknown('env', index, 'value')
}

/** The names of the variables a container declares, in order; undefined where some are unknown. */
function namesOf(container: ContainerNode): string[] | undefined {
  if (container.manifest.role === 'patch' || container.isUnknown('env')) return undefined
  const env = container.value.env ?? []
  if (env.some((_, index) => container.isUnknown('env', index) || container.isUnknown('env', index, 'name')))
    return undefined
  return env.map((variable) => variable?.name ?? '')
}
