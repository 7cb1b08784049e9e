import type { Toleration } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { refusedChild, type TemplateAnnotation } from './template-annotation.ts'
import { validateTolerations } from './tolerations.ts'

export const tolerationAnnotationRejections = {
  'toleration-annotation': {
    description: 'Refuses an annotation of tolerations that is no list of them in JSON',
    messages: {
      json: 'This is no list of tolerations in JSON: {{fault}}. Since Kubernetes 1.6 they belong in `tolerations` of the pod; the annotation has no effect.',
      remove: 'Remove the annotation.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

export const tolerationsKey = 'scheduler.alpha.kubernetes.io/tolerations'

/**
 * k8s.io/kubernetes pkg/apis/core/validation: ValidateTolerationsInPodAnnotations. What is wrong with one of them is
 * pointed out at the annotation; there is no field in it that could be mended.
 */
export function validateTolerationsAnnotation(validation: Validation, annotation: TemplateAnnotation): void {
  const { value, at, template } = annotation
  if (value === '') return
  const { tolerations, fault } = readTolerations(value)
  if (fault) {
    validation.report({
      id: 'toleration-annotation',
      at,
      field: template.child('annotations'),
      messageId: 'json',
      data: { fault },
      suggest: [{ messageId: 'remove', fix: (fixer) => fixer.remove(at.path) }],
    })
    return
  }
  const within: Validation = {
    ...validation,
    report: ({ at: place, id, field = place, messageId, data = {} }) =>
      validation.report({ id, messageId, data, at, field }),
  }
  validateTolerations(within, tolerations, refusedChild(annotation))
}

type Read = { tolerations: (Toleration | null)[]; fault?: string }

/** The key under which {@link rewrite} puts a number; no key of a text is like it. */
const literal = '#'

const tokens = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/g

/**
 * JSON of the same meaning that JavaScript reads without a loss: keys get a number before them, so that those that are
 * stated twice stay apart, and numbers become `{"#": "1.0"}`, as they are written.
 */
function rewrite(json: string): string {
  let count = 0
  return json.replace(tokens, (token, text: string | undefined, colon: string | undefined) => {
    if (!text) return JSON.stringify({ [literal]: token })
    return colon ? `"${count++} ${text.slice(1)}:` : token
  })
}

/** What Go's encoding/json makes of a list of tolerations: names of fields in any case, unknown ones left out. */
function readTolerations(text: string): Read {
  let list: unknown
  try {
    JSON.parse(text)
    list = JSON.parse(rewrite(text))
  } catch {
    return { tolerations: [], fault: 'it cannot be parsed' }
  }
  if (list === null) return { tolerations: [] }
  if (!Array.isArray(list)) return { tolerations: [], fault: 'it is no list' }
  const tolerations: (Toleration | null)[] = []
  for (const [index, item] of list.entries()) {
    const read = readToleration(item)
    if (typeof read === 'string') return { tolerations: [], fault: `item ${index + 1} ${read}` }
    tolerations.push(read)
  }
  return { tolerations }
}

const texts = new Map<string, 'key' | 'operator' | 'value' | 'effect'>([
  ['key', 'key'],
  ['operator', 'operator'],
  ['value', 'value'],
  ['effect', 'effect'],
])

/** @returns what is wrong with the item, when something is */
function readToleration(item: unknown): Toleration | null | string {
  if (item === null) return null
  if (!isObject(item) || literal in item) return 'is no toleration'
  const read: { -readonly [Name in keyof Toleration]: Toleration[Name] } = {}
  for (const [key, value] of Object.entries(item)) {
    if (value === null) continue
    const name = key.slice(key.indexOf(' ') + 1)
    const field = texts.get(name.toLowerCase())
    if (field) {
      if (typeof value !== 'string') return `has no text in \`${excerpt(name)}\``
      read[field] = value
    } else if (name.toLowerCase() === 'tolerationseconds') {
      const seconds = isObject(value) ? value[literal] : undefined
      if (typeof seconds !== 'string' || !isInt64(seconds))
        return `has no whole number in \`${excerpt(name)}\``
      read.tolerationSeconds = BigInt(seconds)
    }
  }
  return read
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isInt64 = (text: string): boolean =>
  /^-?[0-9]{1,19}$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text)
