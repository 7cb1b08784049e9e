// Runs the cases of packages/core/conformance against a real API server, and prints each disagreement.
import { delimiter } from 'node:path'
import { parseArgs } from 'node:util'
import { loadBase, loadCases } from './conformance/cases.mjs'
import { connect } from './conformance/cluster.mjs'
import { compare } from './conformance/compare.mjs'
import { readKubeconfig } from './conformance/kubeconfig.mjs'
import { UsageError } from './conformance/usage-error.mjs'
import { askCommand } from './conformance/verdict-command.mjs'

const help = `pnpm conformance [options] [CHECK…]
Sends every case of packages/core/conformance to a real API server as a server-side dry run (nothing is created), and
prints where its answer is not what the case says. CHECK: only the cases of these checks, or of these files.

  --kubeconfig FILE     the cluster to ask; default: what KUBECONFIG names
  --context NAME        a context other than the current one
  --verdicts COMMAND    ask a command instead: it reads names of files, one a line, and prints a line of JSON for each,
                        {"file", "verdict": "accept" | "reject", "message", "causes": [{"field"}], "warnings": [text]}
  --server-version 1.N  the version that COMMAND speaks for
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
    return report(cases, version, (wanted) => askCommand(verdicts, wanted))
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
    return await report(cases, version, cluster.ask)
  } finally {
    cluster.close()
  }
}

/** Asks, and prints what differs. @returns the exit code */
async function report(cases, version, ask) {
  say(`Kubernetes ${version ?? 'of an unknown version'}`)
  const minor = /^v?(\d+\.\d+)/.exec(version ?? '')?.[1]
  if (minor && Number(minor.slice(2)) < newest) {
    say(
      `Cases without a version speak of 1.${newest}: an older server differs where a check or a field is younger.`,
    )
  }
  const isForIt = ({ kubernetesVersion }) => kubernetesVersion === undefined || kubernetesVersion === minor
  const wanted = cases.filter(isForIt)
  for (const given of cases) {
    if (!isForIt(given)) say(`skipped  ${titleOf(given)}: it is about ${given.kubernetesVersion}`)
  }
  const answers = await ask(wanted)
  let differing = 0
  for (const [index, given] of wanted.entries()) {
    const differences = compare(given, answers[index])
    if (differences.length > 0) differing++
    for (const difference of differences) say(`differs  ${titleOf(given)}: ${difference}`)
  }
  const skipped = cases.length - wanted.length
  say(
    `${wanted.length} cases: ${wanted.length - differing} agree, ${differing} differ` +
      (skipped > 0 ? `; ${skipped} skipped, for they are about another version` : ''),
  )
  return differing > 0 ? 1 : 0
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
