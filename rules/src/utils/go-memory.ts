import type { ContainerNode } from '@daemonlint/core'
import { parseImage } from './image.ts'
import type { KnownAgent } from './known-agents.ts'
import { quantityOf } from './quantities.ts'
import { writtenAt } from './written.ts'

const mebibyte = 2 ** 20

/** `GOMEMLIMIT` for a memory limit, 90% of it; undefined for one that is less than a mebibyte or no quantity. */
export function goMemoryLimitOf(limit: unknown): string | undefined {
  const bytes = quantityOf(limit)?.amount ?? 0
  return bytes < mebibyte ? undefined : `${Math.floor((bytes * 0.9) / mebibyte)}MiB`
}

/** True for an agent whose Go runtime surely knows nothing of the container's memory limit, unless it is told. */
export function needsGoMemoryLimit(node: ContainerNode, agent: KnownAgent | undefined): boolean {
  return agent?.needsGoMemoryLimit === true && knowsLimit(node, agent) && !mayBeTold(node)
}

/** True when the tag is a version that surely heeds `GOMEMLIMIT`; of an agent of the settings it is taken for granted. */
function knowsLimit(node: ContainerNode, { firstWithGoMemoryLimit: first }: KnownAgent): boolean {
  if (first === undefined) return true
  const { tag = '' } = parseImage(writtenAt(node, 'image'))
  const version = /^v?(\d+(?:\.\d+)+)/.exec(tag)?.[1]
  return version !== undefined && !isOlder(version, first)
}

function isOlder(version: string, first: string): boolean {
  const [own, others] = [version, first].map((text) => text.split('.').map(Number))
  for (const [index, other] of others!.entries()) {
    const number = own![index] ?? 0
    if (number !== other) return number < other
  }
  return false
}

/** True when the container's environment or its command line limits what the Go runtime takes, or may do so. */
function mayBeTold(node: ContainerNode): boolean {
  const { env, command, args } = node.value
  if (!node.lacks('envFrom') || ['env', 'command', 'args'].some((list) => node.isUnknown(list))) return true
  const names = (env ?? []).map((entry, index) =>
    node.isUnknown('env', index, 'name') ? 'GOMEMLIMIT' : entry?.name,
  )
  if (names.some((name) => name === 'GOMEMLIMIT' || name === 'GOGC')) return true
  return [...(command ?? []), ...(args ?? [])].some(
    (word, index) =>
      /gomemlimit|gogc|memory-limit|memory-ballast/i.test(String(word)) ||
      node.isUnknown('command', index) ||
      node.isUnknown('args', index),
  )
}
