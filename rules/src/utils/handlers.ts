import type { ContainerNode, Path } from '@daemonlint/core'
import type { Probe } from 'kubernetes-types/core/v1.js'

export const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const
export const hooks = ['postStart', 'preStop'] as const

/**
 * The words of a command line that a container states.
 * @returns undefined when there is none, or some of it is unknown
 */
export function wordsAt(container: ContainerNode, ...path: Path): string[] | undefined {
  const words = path.reduce<unknown>(
    (value, key) => (value as Record<string | number, unknown> | null | undefined)?.[key],
    container.value,
  )
  if (!Array.isArray(words) || container.isUnknown(...path)) return undefined
  if (words.some((word, index) => typeof word !== 'string' || container.isUnknown(...path, index)))
    return undefined
  return words
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
