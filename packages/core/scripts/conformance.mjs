// Runs the cases of packages/core/conformance against a real API server, and prints each disagreement.
import { delimiter } from 'node:path'
import { parseArgs } from 'node:util'
import { loadBase, loadCases } from './conformance/cases.mjs'
import { connect } from './conformance/cluster.mjs'
import { compare } from './conformance/compare.mjs'
import { readKubeconfig } from './conformance/kubeconfig.mjs'
import { UsageError } from './conformance/usage-error.mjs'
import { askCommand } from './conformance/verdict-command.mjs'

const help = `npm run conformance -- [options] [CHECK…]
Sends every case of packages/core/conformance to a real API server as a server-side dry run (nothing is created), and
prints where its answer is not what the case says. CHECK: only the cases of these checks, or of these files.

  --kubeconfig FILE     the cluster to ask; default: what KUBECONFIG names
  --context NAME        a context other than the current one
  --verdicts COMMAND    ask a command instead: it reads names of files, one a line, and prints a line of JSON for each,
                        {"file", "verdict": "accept" | "reject", "message", "causes": [{"field"}], "warnings": [text]}
  --server-version 1.N  the version that COMMAND speaks for
  --verbose             name each case that is skipped, not only how many are
  --list                print the cases and ask nobody
  --help

Exit codes: 0 all agree, 1 some do not, 2 nobody could be asked.
`

/** The minor version that cases speak of unless they say otherwise. */
const newest = 36

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  console.error(error.message)
  process.exitCode = 2
}

async function main() {
  const { values, positionals } = readArguments()
  if (values.help) return say(help.trimEnd())
  const cases = chosen(read(loadCases), positionals)
  if (values.list) {
    for (const { file, line, check, kind, name } of cases) say(`${file}:${line}  ${check}  ${kind}: ${name}`)
    return say(`${cases.length} cases`)
  }
  const { verdicts } = values
  if (verdicts !== undefined && values.kubeconfig)
    throw new UsageError('Give --verdicts or --kubeconfig, not both.')
  if (verdicts !== undefined) {
    const version = values['server-version']
    const ask = (wanted) => askCommand(verdicts, wanted)
    return report(cases, { version, ask, handles: false, verbose: values.verbose })
  }
  const files = (values.kubeconfig ?? process.env.KUBECONFIG ?? '').split(delimiter).filter(Boolean)
  if (files.length === 0) {
    throw new UsageError(
      'No cluster: set KUBECONFIG, or give --kubeconfig FILE. All requests are dry runs; any throw-away cluster does.',
    )
  }
  const cluster = connect(readKubeconfig(files, values.context))
  try {
    const version = await cluster.version()
    await cluster.tryBase(Buffer.from(loadBase()))
    const { ask } = cluster
    return await report(cases, { version, ask, handles: true, verbose: values.verbose })
  } finally {
    cluster.close()
  }
}

/**
 * Asks, and prints what differs.
 * @param {object} of who is asked
 * @param {string} [of.version] the version it speaks for
 * @param {Function} of.ask gives the answers to cases, in their order
 * @param {boolean} of.handles whether it handles requests, as a cluster does, and not only decodes and validates
 * @param {boolean} [of.verbose] whether each skipped case is named
 * @returns the exit code
 */
async function report(cases, { version, ask, handles, verbose }) {
  say(`Kubernetes ${version ?? 'of an unknown version'}`)
  const minor = /^v?(\d+\.\d+)/.exec(version ?? '')?.[1]
  if (minor && Number(minor.slice(2)) < newest) {
    say(
      `Cases without a version speak of 1.${newest}: an older server differs where a check or a field is younger.`,
    )
  }
  const reasonToSkip = ({ kubernetesVersion, handler }) => {
    if (kubernetesVersion !== undefined && kubernetesVersion !== minor)
      return `about ${kubernetesVersion} only`
    return handler && !handles
      ? "decided by a server's handling of requests: only a cluster shows it"
      : undefined
  }
  const wanted = cases.filter((given) => reasonToSkip(given) === undefined)
  const skipped = cases.filter((given) => reasonToSkip(given) !== undefined)
  if (verbose) for (const given of skipped) say(`skipped  ${titleOf(given)}: ${reasonToSkip(given)}`)
  else {
    for (const [reason, { length }] of grouped(skipped, reasonToSkip)) say(`skipped  ${length}, ${reason}`)
  }
  const answers = await ask(wanted)
  let differing = 0
  for (const [index, given] of wanted.entries()) {
    const differences = compare(given, answers[index])
    if (differences.length > 0) differing++
    for (const difference of differences) say(`differs  ${titleOf(given)}: ${difference}`)
  }
  say(
    `${wanted.length} cases: ${wanted.length - differing} agree, ${differing} differ` +
      (skipped.length > 0 ? `; ${skipped.length} skipped` : ''),
  )
  return differing > 0 ? 1 : 0
}

/** Lists of what has the same key, by key. Map.groupBy is younger than the oldest Node. */
function grouped(items, keyOf) {
  const groups = new Map()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}

function titleOf({ file, line, check, kind, name }) {
  return `${file}:${line} ${check}, ${kind} "${name}"`
}

function chosen(cases, names) {
  if (names.length === 0) return cases
  const isOf = ({ check, file }, name) =>
    check === name.replace(/^api-server\//, '') ||
    file.replace('.yaml', '') === name.replace(/^.*\//, '').replace('.yaml', '')
  const unknown = names.find((name) => !cases.some((given) => isOf(given, name)))
  if (unknown) throw new UsageError(`There are no cases of "${unknown}"; --list prints what there is.`)
  return cases.filter((given) => names.some((name) => isOf(given, name)))
}

function readArguments() {
  const text = { type: 'string' }
  const flag = { type: 'boolean' }
  const options = {
    kubeconfig: text,
    context: text,
    verdicts: text,
    'server-version': text,
    verbose: flag,
    list: flag,
    help: flag,
  }
  return read(() => parseArgs({ options, allowPositionals: true }))
}

/** What was written wrongly is told without a stack. */
function read(load) {
  try {
    return load()
  } catch (error) {
    throw new UsageError(error.message)
  }
}

function say(text) {
  console.log(text)
  return 0
}
