// Holds our verdicts against the API server's, on mutants of DaemonSets: see README.md.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { mutationsFor, textOf } from './mutate.mjs'
import { loadOurs } from './ours.mjs'
import { randomOf } from './random.mjs'
import { printReport } from './report.mjs'
import { newestVersion } from './schema.mjs'
import { readSeeds, readValue } from './seeds.mjs'
import { openServer, ServerError } from './server.mjs'
import { shrink } from './shrink.mjs'
import { emptyTally, settle, summaryOf } from './tally.mjs'

const help = `npm run fuzz -- --verdicts COMMAND [options]
Makes mutants of DaemonSets and holds daemonlint's verdict on each against the API server's own.

  --verdicts COMMAND    gives the server's verdicts: it reads names of files, one a line, and prints a line of JSON for
                        each (README.md)
  --seed N              what all is made from; default 1
  --count M             how many mutants; default 50000
  --from INDEX          the first one's number; default 0
  --only INDEX          print that mutant, and judge it; other options as in the run it is from
  --corpus DIR          real manifests to mutate as well
  --reference FILE      a JSON array of refusals: which of them did no mutant meet?
  --out FILE            write everything as JSON
  --examples N          how many groups of differing verdicts get a small example; default 120
  --text-share PERCENT  how many mutations are of the text rather than of a field; default 4
  --batch N             mutants a call of the command; default 2000
  --sources DIR         another version of core's sources
  --quiet               no progress
  --help

Exit codes: 0 all agree, 1 a verdict differs or our side breaks, 2 nobody could be asked.
`

const options = readOptions({
  verdicts: { type: 'string' },
  seed: { type: 'string', default: '1' },
  count: { type: 'string', default: '50000' },
  from: { type: 'string', default: '0' },
  only: { type: 'string' },
  corpus: { type: 'string' },
  reference: { type: 'string' },
  out: { type: 'string' },
  'text-share': { type: 'string', default: '4' },
  sources: { type: 'string' },
  batch: { type: 'string', default: '2000' },
  examples: { type: 'string', default: '120' },
  quiet: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
})

if (options.help) {
  console.log(help.trimEnd())
  process.exit(0)
}
if (!options.verdicts && options.only === undefined) {
  console.error('Give --verdicts COMMAND, or --only INDEX to see a mutant; --help says more.')
  process.exit(2)
}

const seed = Number(options.seed)
const started = performance.now()
const judge = await loadOurs(options.sources, newestVersion).catch((error) => {
  // The bundler has said where.
  console.error(`Cannot bundle the linter's sources: ${error.message.split('\n')[0]}`)
  process.exit(2)
})
const server = options.verdicts ? openServer(options.verdicts) : undefined

try {
  const seeds = readSeeds(options)
  const inputs = seeds.map((each) => ({
    index: `seed ${each.name}`,
    text: each.text,
    labels: [],
    alternatives: [],
  }))
  const bases = seedsToMutate(seeds)
  if (options.only !== undefined) await showOne(bases)
  else await fuzz(inputs, bases)
} catch (error) {
  // Or a file that cannot be read or written.
  if (!(error instanceof ServerError) && !error.syscall) throw error
  console.error(error.message)
  process.exitCode = 2
} finally {
  server?.close()
}

/** What the command line says; what it says wrongly is told without a stack. */
function readOptions(known) {
  try {
    return parseArgs({ options: known }).values
  } catch (error) {
    console.error(error.message)
    process.exit(2)
  }
}

/** Those that stand for a value, weighted: own bases and cases as often as all of the corpus. */
function seedsToMutate(seeds) {
  const groups = { base: [], case: [], corpus: [] }
  for (const { name, text, group } of seeds) {
    const value = groups[group] && readValue(text)
    if (value) groups[group].push({ name, value })
  }
  return [
    [groups.base, 60],
    [groups.case, 15],
    [groups.corpus, 25],
  ].filter(([list]) => list.length > 0)
}

function mutantOf(bases, index) {
  const random = randomOf(seed, index)
  const base = random.pick(random.weighted(bases))
  const mutations = mutationsFor(random, base.value, Number(options['text-share']))
  return { index, base, mutations, text: textOf(base, mutations) }
}

async function showOne(bases) {
  const { base, mutations, text } = mutantOf(bases, Number(options.only))
  console.log(text)
  console.error(`# of ${base.name}`)
  for (const { label } of mutations) console.error(`# ${label}`)
  const ours = judge(text)
  console.error(
    `# we: ${ours.verdict} ${ours.rejections.map(({ id, field, message }) => `\n#   ${id} ${field}: ${message}`).join('')}`,
  )
  if (!server) return
  const [verdict] = await server.judge([text])
  console.error(
    `# the server: ${verdict.verdict} ${[verdict.message, ...(verdict.causes ?? []).map(({ field, message }) => `\n#   ${field}: ${message}`)].filter(Boolean).join('')}`,
  )
}

async function fuzz(inputs, bases) {
  const count = Number(options.count)
  const size = Number(options.batch)
  const from = Number(options.from)
  const state = emptyTally()
  // The server judges one batch while the next is made and judged here.
  let pending
  const batches = [
    inputs,
    ...Array.from({ length: Math.ceil(count / size) }, (_, number) => [
      from + number * size,
      from + Math.min(count, (number + 1) * size),
    ]),
  ]
  for (const batch of batches) {
    const mutants = typeof batch[0] === 'number' ? made(batch, state) : batch
    const verdicts = server.judge(mutants.map(({ text }) => text))
    // An error surfaces when it is awaited, not before.
    verdicts.catch(() => {})
    if (pending) settle(await pending, state)
    const ours = mutants.map(({ text }) => judge(text))
    pending = verdicts.then((answers) => ({ mutants, ours, answers }))
    pending.catch(() => {})
    if (!options.quiet && process.stderr.isTTY) process.stderr.write(`\r${state.judged} `)
  }
  settle(await pending, state)
  state.seconds = (performance.now() - started) / 1000
  const groups = [...state.groups.values()].sort((a, b) => b.count - a.count)
  const chosen = ['verdict', 'stage', 'broken', 'fields', 'warnings'].flatMap((kind) =>
    groups
      .filter((group) => group.kind === kind)
      .slice(0, kind === 'verdict' ? Number(options.examples) : Number(options.examples) / 2),
  )
  await shrink(chosen, judge, server)
  const report = {
    seed,
    from,
    count,
    ...summaryOf(state, options.reference),
    groups: groups.map(({ todo, ours, alternatives, ...group }) => group),
  }
  report.seconds = { judging: state.seconds, all: (performance.now() - started) / 1000 }
  if (options.out) writeFileSync(options.out, `${JSON.stringify(report, undefined, 1)}\n`)
  printReport(report)
  process.exitCode = groups.some(({ kind }) => kind === 'verdict' || kind === 'broken') ? 1 : 0

  function made([first, end]) {
    const mutants = []
    for (let index = first; index < end; index++) {
      const mutant = mutantOf(bases, index)
      mutants.push({ index, text: mutant.text, base: mutant.base, mutations: mutant.mutations })
    }
    return mutants
  }
}
