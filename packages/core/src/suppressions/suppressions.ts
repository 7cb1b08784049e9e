import type { Problem, ProblemResource } from '../problem.ts'

/**
 * Findings that were there when somebody began to use daemonlint, and are to be passed over: by file, by subject (a
 * resource, or a container of it) and by rule.
 */
export type Suppressions = Record<string, FileSuppressions>
export type FileSuppressions = Record<string, Record<string, Suppression>>

export interface Suppression {
  /** How many findings of the rule, about the subject, are passed over. */
  count: number
  /** What they said, digested, so that of too many the new ones are shown. */
  digests?: string[]
}

/** What is about no resource: a file that cannot be read as YAML, a comment. */
export const wholeFile = '(file)'

/** `DaemonSet logging/fluentd`, as it is written in a file of suppressions. */
export function resourceKey({ kind, namespace, name }: Omit<ProblemResource, 'apiVersion'>): string {
  return `${kind || '(no kind)'} ${namespace ? `${namespace}/` : ''}${name || '(no name)'}`
}

/** What a finding is about: `DaemonSet logging/fluentd > agent` for a container's. */
export function subjectOf({ resource, container }: Pick<Problem, 'resource' | 'container'>): string {
  if (!resource) return wholeFile
  return container === undefined ? resourceKey(resource) : `${resourceKey(resource)} > ${container}`
}

/** The resource of a subject. */
export function resourceOfSubject(subject: string): string {
  const at = subject.indexOf(' > ')
  return at < 0 ? subject : subject.slice(0, at)
}
