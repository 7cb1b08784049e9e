import type { Suppressions } from './suppressions.ts'

/**
 * Tells suppressions from anything else that a file of that name may hold.
 * @param value as `JSON.parse` returns it
 * @returns what is wrong with it, as the end of a sentence, or the suppressions
 */
export function checkSuppressions(value: unknown): { fault: string } | { suppressions: Suppressions } {
  if (!isRecord(value)) return { fault: 'it is no object' }
  for (const [path, subjects] of Object.entries(value)) {
    const inFile = `'${path}'`
    if (!isRecord(subjects)) return { fault: `${inFile} is no object` }
    for (const [subject, rules] of Object.entries(subjects)) {
      if (!isRecord(rules)) return { fault: `'${subject}' of ${inFile} is no object` }
      for (const [ruleId, entry] of Object.entries(rules)) {
        const fault = faultOf(entry)
        if (fault) return { fault: `'${ruleId}' of '${subject}' of ${inFile} ${fault}` }
      }
    }
  }
  return { suppressions: value as Suppressions }
}

function faultOf(entry: unknown): string | undefined {
  if (!isRecord(entry)) return 'is no object'
  const { count, digests } = entry
  if (!Number.isSafeInteger(count) || (count as number) < 0) return 'has no count'
  const areTexts = Array.isArray(digests) && digests.every((one) => typeof one === 'string')
  return digests === undefined || areTexts ? undefined : 'has digests that are no list of texts'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
