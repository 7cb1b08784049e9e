import { didYouMean, type ResourceEntry } from '@daemonlint/core'
import { type ConfigLookup, displayPath } from '@daemonlint/node'

/**
 * Entries of configurations about certain resources that came to nothing, a sentence each.
 * @param isUsed whether an entry did something, or was spoken of otherwise
 * @param cwd absolute; paths are shown relative to it
 */
export async function unusedEntries(
  lookup: ConfigLookup,
  isUsed: (entry: ResourceEntry) => boolean,
  cwd: string,
): Promise<string[]> {
  const configs = await lookup.loaded()
  return configs.flatMap(({ filePath, resolver }) =>
    resolver.entries
      .filter((entry) => !isUsed(entry))
      .map((entry) => `${filePath ? displayPath(filePath, cwd) : 'arguments'}: ${sentence(entry)}`),
  )
}

function sentence({ id, ruleId, severity, resources, reason }: ResourceEntry): string {
  const where = id.slice(0, -`: ${ruleId}`.length)
  const what = severity === 'off' ? `turns ${ruleId} off` : `sets ${ruleId} to ${severity}`
  const which = resources.map((list) => list.map(inYaml).join(' or ')).join(', within ')
  const outcome = severity === 'off' ? 'hid nothing' : 'matched nothing'
  const why = reason === undefined ? '' : ` (${reason.replace(/[.!]$/, '')})`
  return `${where} ${what} for ${which}${why}, which ${outcome} in this run.${hint(resources)}`
}

/** `{ kind: DaemonSet, name: [a, b] }` */
function inYaml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inYaml).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  return `{ ${Object.entries(value)
    .map(([key, item]) => `${key}: ${inYaml(item)}`)
    .join(', ')} }`
}

const kinds = [
  'DaemonSet',
  'Deployment',
  'StatefulSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
  'Pod',
]

/** Kinds are case-sensitive, and easily misspelt. */
function hint(resources: ResourceEntry['resources']): string {
  const named = resources.flat().flatMap(({ kind = [] }) => kind)
  const wrong = named.find((kind) => !kinds.includes(kind) && !/[*?]/.test(kind))
  return wrong === undefined ? '' : didYouMean(wrong, kinds).replace('mean', 'mean the kind')
}
