import { didYouMean } from '../text/nearest.ts'
import { show } from './check-config.ts'
import { isPlainObject } from './merge.ts'
import type { NodeTypes, Visitors } from './rule.ts'

/** The types of nodes, spelt out so that a new one cannot be forgotten. */
const types: Record<keyof NodeTypes, true> = {
  root: true,
  daemonSet: true,
  deployment: true,
  statefulSet: true,
  replicaSet: true,
  replicationController: true,
  job: true,
  cronJob: true,
  pod: true,
  manifest: true,
  podTemplate: true,
  container: true,
  volume: true,
}

const names: ReadonlySet<string> = new Set(Object.keys(types).flatMap((type) => [type, `${type}:exit`]))

/**
 * Checks what a rule's `create` returned; a visitor may be undefined.
 * @throws Error for what is no object of functions, and for a visitor that nothing would ever call
 */
export function checkVisitors(visitors: unknown): asserts visitors is Visitors {
  if (!isPlainObject(visitors)) {
    throw new Error(`its 'create' must return an object of visitors; found ${show(visitors)}`)
  }
  for (const name of Object.keys(visitors)) {
    const visitor = visitors[name]
    if (!names.has(name)) {
      const hint = didYouMean(name, names) || ` Visitors are ${[...Object.keys(types)].join(', ')}.`
      throw new Error(`its visitor '${name}' is called for no node.${hint}`)
    }
    if (visitor !== undefined && typeof visitor !== 'function') {
      throw new Error(`its visitor '${name}' must be a function; found ${show(visitor)}`)
    }
  }
}
