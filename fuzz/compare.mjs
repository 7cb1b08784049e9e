// One mutant's two verdicts, and where they differ.
import { known } from './known-differences.mjs'
import { maskDecoding, maskField, maskMessage } from './mask.mjs'

/** @returns {{ kind: 'verdict' | 'stage' | 'fields' | 'warnings' | 'broken', key: string }[]} nothing where all agrees */
export function differences(ours, server) {
  const found = []
  if (ours.verdict === 'crash')
    return [{ kind: 'broken', key: `we crash: ${ours.message.replace(/:\d+:\d+/g, '')}` }]
  if (ours.unplaced) found.push({ kind: 'broken', key: `without a place: ${ours.unplaced}` })
  if (ours.verdict !== server.verdict) {
    found.push({
      kind: 'verdict',
      key:
        ours.verdict === 'accept'
          ? `we accept; server: ${summary(server)}`
          : `server accepts; we: ${ownSummary(ours)}`,
    })
    return found
  }
  if (server.verdict === 'reject') {
    const decoding = isDecoding(server)
    if (decoding !== (ours.stage === 'decode')) {
      found.push({
        kind: 'stage',
        key: decoding
          ? `server cannot decode: ${summary(server)}; we: ${ownSummary(ours)}`
          : `we cannot decode: ${ownSummary(ours)}; server: ${summary(server)}`,
      })
      return found
    }
    if (!decoding) found.push(...fieldDifferences(ours, server))
  } else {
    found.push(...warningDifferences(ours, server))
  }
  return found
}

export const isDecoding = ({ stage, causes }) => !(stage === 'validate' || (causes && causes.length > 0))

function fieldDifferences(ours, server) {
  const theirs = new Set(server.causes.map(({ field }) => field))
  const mine = new Set(ours.rejections.map(({ field }) => field ?? ''))
  const found = []
  for (const { field, message } of server.causes)
    if (!mine.has(field))
      found.push({ kind: 'fields', key: `missing ${maskField(field)}: ${maskMessage(message)}` })
  for (const { field = '', id } of ours.rejections)
    if (!theirs.has(field)) found.push({ kind: 'fields', key: `extra ${maskField(field)}: ${id}` })
  return unique(found)
}

const fieldOfWarning = (warning) =>
  /^\.?((?:spec|metadata)[^:\s]*(?:\[[^\]]*\][^:\s]*)*): /.exec(warning)?.[1]

/** A warning is told by its field; those without one only by their number. */
function warningDifferences(ours, server) {
  const found = []
  const mine = new Set(ours.warnings.map(({ field }) => field))
  const theirs = new Set()
  let nameless = 0
  for (const warning of server.warnings ?? []) {
    const field = fieldOfWarning(warning)
    if (!field) {
      nameless++
      continue
    }
    theirs.add(field)
    if (!mine.has(field))
      found.push({
        kind: 'warnings',
        key: `missing ${maskField(field)}: ${maskMessage(warning.slice(field.length + 2))}`,
      })
  }
  const extra = ours.warnings.filter(({ field }) => !theirs.has(field))
  const volumes = extra.filter(({ field = '' }) => /\.volumes\b/.test(field))
  if (nameless > 0 && volumes.length === 0) {
    const warning = server.warnings.find((each) => !fieldOfWarning(each))
    found.push({ kind: 'warnings', key: `missing ${maskMessage(warning)}` })
  }
  for (const { field, id } of nameless > 0 ? extra.filter((each) => !volumes.includes(each)) : extra)
    found.push({ kind: 'warnings', key: `extra ${maskField(field)}: ${id}` })
  return unique(found)
}

function unique(found) {
  const keys = new Set()
  return found.filter(({ key }) => !keys.has(key) && keys.add(key))
}

/** The server's causes, masked. */
export function signatures(server) {
  if (server.verdict === 'accept') return []
  if (isDecoding(server)) return [`(decoding): ${maskDecoding(server.message)}`]
  return [
    ...new Set(server.causes.map(({ field, message }) => `${maskField(field)}: ${maskMessage(message)}`)),
  ].sort()
}

const summary = (server) => signatures(server).join(' & ').slice(0, 500)
/** What has no field is told by its message. */
const ownSummary = (ours) =>
  [
    ...new Set(
      ours.rejections.map(
        ({ id, field, message }) => `${id} (${field ? maskField(field) : maskDecoding(message)})`,
      ),
    ),
  ]
    .sort()
    .join(' & ')
    .slice(0, 400)

/** @returns the known difference that explains one, if any */
export function explanation(text, ours, server, difference) {
  return known.find(({ matches }) => matches({ text, ours, server, difference }))
}
