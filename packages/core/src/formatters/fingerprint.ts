import type { Problem } from '../problem.ts'
import { digest } from '../text/digest.ts'

/**
 * What a finding is recognised by from one run to the next: its rule, the resource, the container and the field. Neither
 * the path nor the line counts, so that it survives a move. Sixteen hexadecimal digits.
 */
export function fingerprint(problem: Problem): string {
  return digest(keyOf(problem))
}

/**
 * Makes a function that gives each finding of a run a fingerprint of its own: the second of two that are alike gets
 * another one, and the third.
 * @param place what tells apart findings that are alike otherwise, such as the path of their file
 */
export function uniqueFingerprints(): (problem: Problem, place: string) => string {
  const seen = new Map<string, number>()
  return (problem, place) => {
    const key = [place, ...keyOf(problem)]
    const first = digest(key)
    const count = (seen.get(first) ?? 0) + 1
    seen.set(first, count)
    return count === 1 ? first : digest([...key, String(count)])
  }
}

function keyOf({ ruleId, resource, container = '', messageId = '', field, message }: Problem): string[] {
  const { apiVersion = '', kind = '', namespace = '', name = '' } = resource ?? {}
  return [
    ruleId,
    // The version of an API changes without the resource becoming another.
    apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '',
    kind,
    namespace,
    name,
    container,
    messageId,
    field === undefined ? message : withoutContainerIndex(field, container),
  ]
}

/** A named container is the same wherever it stands in its list. */
function withoutContainerIndex(field: string, container: string): string {
  return container === '' ? field : field.replace(/\b((?:init|ephemeral)?containers)\[\d+\]/i, '$1[]')
}
