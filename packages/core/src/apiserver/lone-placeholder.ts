import type { Manifest, Root } from '../parse/tree.ts'
import { excerpt } from '../text/excerpt.ts'
import { rootField } from './field.ts'
import type { RejectionReport } from './rejection-report.ts'
import { templateLabels } from './validation/pod-template.ts'

/** Any sign of a template. */
const signs = /\{\{|\{%|<%|\$\{|#\{|\(\(|@@|__[A-Z]|\$[A-Z_]{2}/g
/** A whole value in quotes: `tier: "{{ tier }}"`. */
const entry =
  /^[ \t]*(?<key>[\w./-]+):[ \t]+(?<value>(?<quote>["'])\{\{[ \t]*\w+[ \t]*\}\}\k<quote>)[ \t]*(?:#.*)?$/m

const labelMaps = [rootField.child('metadata', 'labels'), templateLabels(rootField.child('spec', 'template'))]

/**
 * What the API server has against the only placeholder of a file, where it stands for a whole label value. A file that
 * holds one manifest and one placeholder is hardly a template: it is more likely that the placeholder was left over.
 * Elsewhere, and where there are others, a placeholder's value is unknown, and nothing is said of it.
 */
export function lonePlaceholder(root: Root, manifest: Manifest): RejectionReport | undefined {
  const { text } = root
  if (root.children.length !== 1 || manifest.role === 'patch' || !text.includes('{{')) return undefined
  const [, second] = text.matchAll(signs)
  if (second) return undefined
  const { key, value } = entry.exec(text)?.groups ?? {}
  if (key === undefined || value === undefined) return undefined
  for (const labels of labelMaps) {
    const { path } = labels
    if (manifest.source(...path, key) !== value) continue
    const loc = manifest.at(...path, key)!
    const data = { value: excerpt(value.slice(1, -1)) }
    return { id: 'label-value', path, field: String(labels), loc, messageId: 'placeholder', data }
  }
  return undefined
}
