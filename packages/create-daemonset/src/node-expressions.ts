import type { NodeSelectorRequirement } from 'kubernetes-types/core/v1.js'
import { mistakeInLabelKey, mistakeInLabelValue } from './formats.ts'

/**
 * Reads a condition on a node's labels, in the words of `kubectl get --selector`: `gpu`, `!gpu`, `disk=ssd`, `disk!=hdd`,
 * `zone in (a,b)`, `zone notin (a,b)`.
 * @returns undefined where it is none
 */
export function nodeExpressionOf(text: string): NodeSelectorRequirement | undefined {
  const trimmed = text.trim()
  const set = /^(\S+)\s+(in|notin)\s*\(([^()]+)\)$/.exec(trimmed)
  const equality = /^([^\s!=]+)\s*(==?|!=)\s*([^\s=]*)$/.exec(trimmed)
  const presence = /^(!?)([^\s!=]+)$/.exec(trimmed)
  const found: NodeSelectorRequirement | undefined = set
    ? {
        key: set[1]!,
        operator: set[2] === 'in' ? 'In' : 'NotIn',
        values: set[3]!.split(',').map((one) => one.trim()),
      }
    : equality
      ? { key: equality[1]!, operator: equality[2] === '!=' ? 'NotIn' : 'In', values: [equality[3]!] }
      : presence
        ? { key: presence[2]!, operator: presence[1] ? 'DoesNotExist' : 'Exists' }
        : undefined
  if (!found || mistakeInLabelKey(found.key) || found.values?.some((value) => mistakeInLabelValue(value)))
    return undefined
  return found
}

/** Splits conditions at the commas that stand in no brackets. */
export function splitExpressions(text: string): string[] {
  const parts: string[] = []
  let start = 0
  let depth = 0
  for (let index = 0; index <= text.length; index++) {
    const character = text[index]
    if (character === '(') depth++
    else if (character === ')') depth = Math.max(0, depth - 1)
    if (index < text.length && (character !== ',' || depth > 0)) continue
    parts.push(text.slice(start, index).trim())
    start = index + 1
  }
  return parts.filter((one) => one !== '')
}
