import type { Fixer, Manifest, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { type Around, sharesNamespace } from '../utils/found.ts'
import { matchesGlob } from '../utils/glob.ts'
import {
  isClusterWide,
  makersOf,
  mayReferTo,
  nameMadeBy,
  neededBy,
  type Reference,
  type ReferredKind,
} from '../utils/references.ts'
import { areSimilar } from '../utils/similar-names.ts'
import { workloadKinds } from '../utils/template.ts'

const refused = 'the API server refuses every pod'
const waits = 'its pods wait on every node'
const effects: Record<ReferredKind, string> = {
  ServiceAccount: refused,
  ConfigMap: waits,
  Secret: waits,
  PriorityClass: refused,
  RuntimeClass: refused,
}

export default defineRule<
  'near' | 'elsewhere' | 'missing' | 'use',
  [{ complete?: boolean; allow?: string[] }]
>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require what a DaemonSet refers to, where something much like it is there',
      category: 'cross-resource',
      presets: { reliability: 'warn', strict: 'warn' },
    },
    messages: {
      near: 'There is no {{kind}} `{{name}}` here, but one called `{{other}}`, which nothing refers to: until `{{name}}` exists, {{effect}}.',
      elsewhere:
        '{{kind}} `{{name}}` is made in namespace `{{namespace}}` alone, and the DaemonSet is in another: until there is one there, {{effect}}.',
      missing: 'No file of this run has {{kind}} `{{name}}`: until it exists, {{effect}}.',
      use: 'Refer to `{{other}}`',
    },
    schema: [
      {
        type: 'object',
        properties: {
          complete: { type: 'boolean' },
          allow: { type: 'array', items: { type: 'string' }, uniqueItems: true },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ complete: false, allow: [] }],
    hasSuggestions: true,
    rollsPods: true,
  },

  create(context) {
    const { complete = false, allow = [] } = context.options[0]

    function judge(node: PodTemplate, { kind, name, path }: Reference) {
      const isIn = (one: Manifest) => isClusterWide(kind) || sharesNamespace(one, node.manifest)
      const beside = context.resources({ kinds: [kind] }).map(({ manifest }) => manifest)
      const ofName = beside.filter((one) => one.name === name)
      if (ofName.some((one) => isIn(one) !== false)) return
      const [elsewhere] = ofName
      const isNear = (one: Manifest) =>
        isIn(one) !== false && areSimilar(one.name, name) && !mayBeReferredTo(kind, one.name, context)
      const near = elsewhere ? [] : beside.filter(isNear)
      const [other] = near.length === 1 && isIn(near[0]!) ? near : []
      if (!elsewhere && !other && !complete) return
      const made = { kinds: makersOf(kind), scope: 'run' as const }
      const mayMake = (one: Manifest) => isIn(one) !== false && ['', name].includes(nameMadeBy(one))
      if (context.resources(made).some(({ manifest }) => mayMake(manifest))) return
      // What is much like it in another namespace or name is a stronger sign than a template somewhere in the run.
      if (context.mayHide({ ...made, scope: elsewhere || other ? 'folder' : 'run' })) return
      if (other && context.mayHide({ kinds: workloadKinds })) return
      const base = { node, path }
      const data = { kind, name, effect: effects[kind] }
      if (elsewhere) {
        context.report({ ...base, messageId: 'elsewhere', data: { ...data, namespace: elsewhere.namespace } })
      } else if (other) {
        const suggest = {
          messageId: 'use' as const,
          data: { other: other.name },
          fix: (fixer: Fixer) => fixer.set(path, other.name),
        }
        context.report({
          ...base,
          messageId: 'near',
          data: { ...data, other: other.name },
          suggest: [suggest],
        })
      } else context.report({ ...base, messageId: 'missing', data })
    }

    return {
      podTemplate(node) {
        if (node.manifest.role === 'patch') return
        const seen = new Set<string>()
        for (const reference of neededBy(node)) {
          const key = `${reference.kind} ${reference.name}`
          if (seen.has(key) || allow.some((pattern) => matchesGlob(reference.name, pattern))) continue
          seen.add(key)
          judge(node, reference)
        }
      },
    }
  },
})

/** True when pods that are applied together refer to a resource, or may do. */
function mayBeReferredTo(kind: ReferredKind, name: string, around: Around): boolean {
  return around
    .resources({ kinds: workloadKinds })
    .some(({ manifest }) => manifest.children.some((template) => mayReferTo(template, kind, name)))
}
