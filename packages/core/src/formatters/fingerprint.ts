import type { Problem } from '../problem.ts'

/**
 * What a finding is recognised by from one run to the next: its rule, the resource, the container and the field. Neither
 * the path nor the line counts, so that it survives a move. Sixteen hexadecimal digits.
 */
export function fingerprint(problem: Problem): string {
  return hash(keyOf(problem))
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
    const first = hash(key)
    const count = (seen.get(first) ?? 0) + 1
    seen.set(first, count)
    return count === 1 ? first : hash([...key, String(count)])
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

const half = 2 ** 32

/** FNV-1a of 64 bits over the UTF-16 units of the parts, low byte first, each part ended by a zero unit. */
function hash(parts: readonly string[]): string {
  let high = 0xcbf29ce4
  let low = 0x84222325
  const take = (byte: number) => {
    low = (low ^ byte) >>> 0
    // The prime is 2^40 + 0x1b3.
    const product = low * 0x1b3
    high = (high * 0x1b3 + Math.floor(product / half) + low * 2 ** 8) % half
    low = product % half
  }
  for (const part of parts) {
    for (let index = 0; index <= part.length; index++) {
      const unit = index < part.length ? part.charCodeAt(index) : 0
      take(unit & 0xff)
      take(unit >>> 8)
    }
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0')
}
