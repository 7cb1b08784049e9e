import type { LabelSelector } from '../../schema/decoded.generated.ts'
import { labelValueFault, qualifiedNameFault } from '../formats/names.ts'

export type Labels = { readonly [key: string]: string | null | undefined }

/** A condition of a selector that labels do not meet. */
export interface Unmet {
  key: string
  /** The value it wants, where it wants one. */
  value?: string
  /** As a person would write it: `app=agent`, `tier in (node)`. */
  text: string
}

/**
 * The conditions of a selector that labels do not meet, as apimachinery's LabelSelectorAsSelector decides.
 * @param hides tells which labels have a value that is not known; conditions on them are taken as met
 * @returns undefined when the selector itself is invalid, so that it matches nothing that could be named
 */
export function unmetConditions(
  selector: LabelSelector,
  labels: Labels,
  hides: (key: string) => boolean,
): Unmet[] | undefined {
  const unmet: Unmet[] = []
  for (const [key, wanted] of Object.entries(selector.matchLabels ?? {})) {
    const value = wanted ?? ''
    if (qualifiedNameFault(key) || labelValueFault(value)) return undefined
    if (!hides(key) && (!Object.hasOwn(labels, key) || (labels[key] ?? '') !== value)) {
      unmet.push({ key, value, text: `${key}=${value}` })
    }
  }
  for (const expression of selector.matchExpressions ?? []) {
    const { key, operator } = expression ?? {}
    const values: readonly string[] = (expression?.values ?? []).map((value) => value ?? '')
    const among = operator === 'In' || operator === 'NotIn'
    if (!key || qualifiedNameFault(key) || values.some(labelValueFault)) return undefined
    if (!among && operator !== 'Exists' && operator !== 'DoesNotExist') return undefined
    if (among !== values.length > 0) return undefined
    if (hides(key)) continue
    const has = Object.hasOwn(labels, key)
    const value = labels[key] ?? ''
    if (operator === 'In' && !(has && values.includes(value))) {
      unmet.push({ key, value: values[0], text: `${key} in (${values.join(', ')})` })
    } else if (operator === 'NotIn' && has && values.includes(value)) {
      unmet.push({ key, text: `${key} not in (${values.join(', ')})` })
    } else if (operator === 'Exists' && !has) unmet.push({ key, text: `a label ${key}` })
    else if (operator === 'DoesNotExist' && has) unmet.push({ key, text: `no label ${key}` })
  }
  return unmet
}
