import type { PodTemplate } from '@daemonlint/core'
import { findConflict } from './node-conflicts.ts'
import { type NodeCondition, nodeConditionsOf, nodeSelectionOf } from './node-selection.ts'
import { toleratesEverything, tolerationsOf } from './tolerations.ts'

/**
 * True when the pods of two templates surely come to the same nodes, if there are nodes for both at all: both choose
 * nodes in the same way, or one chooses among those of the other and tolerates no taint that the other does not. False
 * also where that cannot be told.
 */
export function surelyMeet(one: PodTemplate, other: PodTemplate): boolean {
  const [a, b] = [choiceOf(one), choiceOf(other)]
  if (!a || !b) return false
  const sameTerms = a.terms === b.terms
  if (isWithin(a, b) && (sameTerms || b.terms === '')) return toleratesAsMuch(other, one)
  return isWithin(b, a) && (sameTerms || a.terms === '') ? toleratesAsMuch(one, other) : false
}

/** Of more pairs of terms not every one is looked at; nobody writes as many. */
const mostPairs = 100

/**
 * True when no node is chosen by both templates, by their node selectors and their required node affinity, or part of
 * that is unknown.
 */
export function mayBeApart(one: PodTemplate, other: PodTemplate): boolean {
  const [a, b] = [nodeConditionsOf(one), nodeConditionsOf(other)]
  if (!a || !b) return true
  const [ours, theirs] = [termsOf(a), termsOf(b)]
  if (ours.length * theirs.length > mostPairs) return false
  return ours.every((mine) => theirs.every((term) => findConflict([...mine, ...term])))
}

/** All that each of the terms asks for. */
function termsOf({ selector, terms }: { selector: NodeCondition[]; terms: NodeCondition[][] }) {
  return terms.length > 0 ? terms.map((term) => [...selector, ...term]) : [selector]
}

interface Choice {
  labels: Readonly<Record<string, unknown>>
  /** The required node affinity as text; '' for none. */
  terms: string
}

function choiceOf(template: PodTemplate): Choice | undefined {
  if (!nodeSelectionOf(template)) return undefined
  const { nodeSelector, affinity } = template.value.spec ?? {}
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  return { labels: nodeSelector ?? {}, terms: required ? JSON.stringify(required) : '' }
}

/** True when the first asks nodes for all labels that the second asks for. */
function isWithin(narrow: Choice, wide: Choice): boolean {
  return Object.entries(wide.labels).every(([key, value]) => narrow.labels[key] === value)
}

function toleratesAsMuch(wide: PodTemplate, narrow: PodTemplate): boolean {
  const [all, own] = [tolerationsOf(wide), tolerationsOf(narrow)]
  if (!all || !own || own.some(({ known }) => !known)) return false
  if (all.some(({ value, known }) => known && toleratesEverything(value))) return true
  const texts = new Set(all.map(({ value }) => textOf(value)))
  return own.every(({ value }) => texts.has(textOf(value)))
}

const textOf = (toleration: object) => JSON.stringify(Object.entries(toleration).sort())
