import type { ContainerNode, Path } from '@daemonlint/core'
import type { Probe } from 'kubernetes-types/core/v1.js'
import { valueAt } from './fields.ts'

export const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const
export const hooks = ['postStart', 'preStop'] as const

/** Where a container says what the kubelet does with it: its probes and its hooks. */
export const handlerPaths: readonly Path[] = [
  ...probes.map((probe) => [probe]),
  ...hooks.map((hook) => ['lifecycle', hook]),
]

/**
 * The words of a command line that a container states.
 * @returns undefined when there is none, or some of it is unknown
 */
export function wordsAt(container: ContainerNode, ...path: Path): string[] | undefined {
  const words = valueAt(container, ...path)
  if (!Array.isArray(words)) return undefined
  if (words.some((word, index) => typeof word !== 'string' || container.isUnknown(...path, index)))
    return undefined
  return words as string[]
}

/**
 * The words that a container runs as its main process, with the place of each; empty where the image decides.
 * @returns undefined when some of them are unknown
 */
export function mainWordsOf(container: ContainerNode): { text: string; path: Path }[] | undefined {
  const lists = (['command', 'args'] as const).map((list) => {
    if (container.lacks(list)) return []
    return wordsAt(container, list)?.map((text, index) => ({ text, path: [list, index] }))
  })
  return lists.some((list) => !list) ? undefined : lists.flatMap((list) => list ?? [])
}

/** Seconds of failures after which a probe has failed. SetDefaults_Probe in pkg/apis/core/v1/defaults.go. */
export function patienceOf({ periodSeconds, failureThreshold }: Probe): number {
  return (periodSeconds || 10) * (failureThreshold || 3)
}
