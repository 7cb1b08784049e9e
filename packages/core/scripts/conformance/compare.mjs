/**
 * Holds an answer of the API server against what a case says.
 * @param {import('./cases.d.mts').ConformanceCase} given
 * @param {import('./cluster.mjs').Answer} answer
 * @returns {string[]} what differs, in words
 */
export function compare(given, answer) {
  const expected = given.kind === 'invalid' && given.server !== 'accept' ? 'reject' : 'accept'
  if (answer.verdict !== expected) {
    return [
      answer.verdict === 'accept' ? 'the server accepts it' : `the server refuses it: ${answer.message}`,
    ]
  }
  if (expected === 'reject') return compareFields(given, answer)
  return given.kind === 'invalid' ? [] : compareWarnings(given, answer)
}

function compareFields({ fields = [] }, { fields: found, message }) {
  if (found === undefined) return []
  const missed = found.filter((field) => !fields.includes(field))
  const extra = fields.filter((field) => !found.includes(field))
  return [
    ...missed.map((field) => `the server names ${field}, the case does not: ${message}`),
    ...extra.map((field) => `the case names ${field}, the server does not: ${message}`),
  ]
}

function compareWarnings({ kind, server, fields = [], also }, { warnings }) {
  const quoted = warnings.map((warning) => `"${warning}"`).join(', ')
  if (kind === 'valid' || server === 'accept') {
    return warnings.length > 0 && also.length === 0 ? [`the server warns: ${quoted}`] : []
  }
  if (warnings.length === 0) return ['the server does not warn']
  const missed = fields.filter((field) => !warnings.some((warning) => names(warning, field)))
  const extra = warnings.filter(
    (warning) => fields.length > 0 && !fields.some((field) => names(warning, field)),
  )
  return [
    ...missed.map((field) => `no warning of the server names ${field}: ${quoted}`),
    ...(also.length > 0 ? [] : extra.map((warning) => `the server warns of another field: "${warning}"`)),
  ]
}

/** True when a text names just that field: `ports[1]`, not `ports[1].name`. */
const names = (warning, field) =>
  warning.split(field).some((rest, index) => index > 0 && !/^(?:[\w[-]|\.\w)/.test(rest))
