import type { Manifest, Path } from '../parse/tree.ts'
import { valueAt } from '../parse/value.ts'
import { splitList, splitReason } from './directives.ts'

/** Says on a workload what a comment cannot say in rendered output: `rule-a, rule-b/container-name -- reason`. */
export const disableAnnotation = 'daemonlint.dev/disable'

/** One item of the annotation's list. */
export interface AnnotationEntry {
  /** As written. */
  text: string
  /** 'all' for every rule. */
  ruleId: string
  container?: string
}

/** The annotation of one workload. */
export interface Annotation {
  manifest: Manifest
  /** From the manifest to the annotation. */
  path: Path
  entries: AnnotationEntry[]
  reason: string
}

/**
 * Reads the annotation on a workload's own metadata. A rule's id may hold a `/` itself, so what is a rule as a whole is
 * one; else the last part names a container.
 * @returns undefined where there is none, or where its value is no known text
 */
export function readAnnotation(manifest: Manifest, isRule: (id: string) => boolean): Annotation | undefined {
  const path = ['metadata', 'annotations', disableAnnotation]
  const value = valueAt(manifest.value, path)
  if (typeof value !== 'string' || manifest.isUnknown(...path)) return undefined
  const { list, reason } = splitReason(value)
  const entries = splitList(list).map(({ text }): AnnotationEntry => {
    const slash = text.lastIndexOf('/')
    const head = text.slice(0, slash)
    if (slash < 0 || isRule(text)) return { text, ruleId: text }
    if (head === 'all' || isRule(head)) return { text, ruleId: head, container: text.slice(slash + 1) }
    return { text, ruleId: text }
  })
  return { manifest, path, entries, reason }
}

/** The annotation's path where it does not count: on the pod template, where changing it would restart the pods. */
export function templateAnnotationPath(manifest: Manifest): Path | undefined {
  for (const template of manifest.children) {
    if (template.path.length === 0) continue
    const path = [...template.path, 'metadata', 'annotations', disableAnnotation]
    if (manifest.at(...path)) return path
  }
  return undefined
}

/** The annotation's value without some of its entries; '' when none is left. */
export function withoutEntries(
  { entries, reason }: Annotation,
  unused: ReadonlySet<AnnotationEntry>,
): string {
  const left = entries.filter((entry) => !unused.has(entry)).map(({ text }) => text)
  if (left.length === 0) return ''
  return reason ? `${left.join(', ')} -- ${reason}` : left.join(', ')
}
