import type { Manifest, Root } from '../parse/tree.ts'
import type { RejectionReport } from './rejection-report.ts'

/** Any sign of a template. */
const signs = /\{\{|\{%|<%|\$\{|#\{|\(\(|@@|__[A-Z]|\$[A-Z_]{2}/g
/** A whole value in quotes: `tier: "{{ tier }}"`. */
const entry =
  /^[ \t]*(?<key>[\w./-]+):[ \t]+(?<value>(?<quote>["'])\{\{[ \t]*\w+[ \t]*\}\}\k<quote>)[ \t]*(?:#.*)?$/m

const labelMaps = [
  ['metadata', 'labels'],
  ['spec', 'template', 'metadata', 'labels'],
]

/**
 * What the API server has against the only placeholder of a file, where it stands for a whole label value. A file that
 * holds one manifest and one placeholder is hardly a template: it is more likely that the placeholder was left over.
 * Elsewhere, and where there are others, a placeholder's value is unknown, and nothing is said of it.
 */
export function lonePlaceholder(root: Root, manifest: Manifest): RejectionReport | undefined {
  const { text } = root
  if (root.children.length !== 1 || manifest.role === 'patch' || !text.includes('{{')) return undefined
  if (text.match(signs)!.length !== 1) return undefined
  const { key, value } = entry.exec(text)?.groups ?? {}
  if (key === undefined || value === undefined) return undefined
  for (const path of labelMaps) {
    if (manifest.source(...path, key) !== value) continue
    const loc = manifest.at(...path, key)!
    return { id: 'label-value', path, loc, messageId: 'placeholder', data: { value: value.slice(1, -1) } }
  }
  return undefined
}
