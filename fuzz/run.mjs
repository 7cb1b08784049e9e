// Holds our verdicts against the API server's, on mutants of DaemonSets: see README.md.
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { differences, explanation, isDecoding, signatures } from './compare.mjs'
import { clone } from './edits.mjs'
import { maskField } from './mask.mjs'
import { mutationsFor } from './mutate.mjs'
import { loadOurs } from './ours.mjs'
import { randomOf } from './random.mjs'
import { render } from './render.mjs'
import { printReport } from './report.mjs'
import { allFields, newestVersion, sitesOf } from './schema.mjs'
import { readSeeds, readValue } from './seeds.mjs'
import { openServer } from './server.mjs'
import { shrink } from './shrink.mjs'

const { values: options } = parseArgs({
  options: {
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
  },
})

if (options.help || (!options.verdicts && options.only === undefined)) {
  console.error(
    'Usage: node fuzz/run.mjs --verdicts COMMAND [--seed N] [--count M] [--from INDEX] [--only INDEX]',
  )
  console.error(
    '  [--corpus DIR] [--reference FILE] [--out FILE] [--examples N] [--text-share PERCENT] [--batch N] [--sources DIR] [--quiet]',
  )
  process.exit(options.help ? 0 : 2)
}

const seed = Number(options.seed)
const started = performance.now()
const judge = await loadOurs(options.sources, newestVersion)
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
} finally {
  server?.close()
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

function textOf(base, mutations) {
  const document = clone(base.value)
  for (const { apply } of mutations) apply?.(document)
  let text = render(document)
  for (const { applyText } of mutations) if (applyText) text = applyText(text)
  return text
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
  const state = {
    judged: 0,
    accepted: 0,
    agreed: 0,
    seconds: 0,
    groups: new Map(),
    knownCounts: new Map(),
    fields: new Map(),
    seen: new Map(),
    warned: new Map(),
    touched: new Set(),
    mutations: new Map(),
    outcomes: { accept: 0, decode: 0, validate: 0 },
  }
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
    if (pending) settle(await pending, state)
    const ours = mutants.map(({ text }) => judge(text))
    pending = verdicts.then((answers) => ({ mutants, ours, answers }))
    // An error surfaces when it is awaited, not before.
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
    ...summaryOf(state),
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

function settle({ mutants, ours, answers }, state) {
  mutants.forEach((mutant, at) => {
    const verdict = answers[at]
    state.judged++
    const outcome = verdict.verdict === 'accept' ? 'accept' : isDecoding(verdict) ? 'decode' : 'validate'
    state.outcomes[outcome]++
    if (outcome !== 'decode') touch(mutant, state)
    if (outcome === 'validate')
      for (const field of new Set(verdict.causes.map((cause) => maskField(cause.field))))
        bump(state.fields, field)
    for (const signature of signatures(verdict)) bump(state.seen, signature)
    for (const warning of verdict.warnings ?? [])
      bump(state.warned, maskField(warning).replace(/"(?:\\.|[^"\\])*"/g, '"_"'))
    const found = differences(ours[at], verdict)
    if (ours[at].verdict === verdict.verdict) state.agreed++
    for (const difference of found) {
      const explained = explanation(mutant.text, ours[at], verdict, difference)
      if (explained) {
        bump(state.knownCounts, explained.name)
        continue
      }
      const id = `${difference.kind} ${difference.key}`
      const group = state.groups.get(id)
      if (group) group.count++
      else {
        const mutations = mutant.mutations ?? []
        state.groups.set(id, {
          ...difference,
          count: 1,
          index: mutant.index,
          mutations: mutations.map(({ label }) => label),
          text: mutant.text,
          server:
            verdict.message ??
            verdict.causes?.map(({ field, message }) => `${field}: ${message}`) ??
            verdict.warnings ??
            'accepts',
          rejections: ours[at].rejections,
          ours: ours[at],
          alternatives:
            mutations.length > 1 ? mutations.map((mutation) => textOf(mutant.base, [mutation])) : [],
        })
      }
    }
  })
}

/** Which fields of the schema the mutations reached; every tenth mutant tells enough. */
function touch({ mutations, base }, state) {
  if (!mutations) return
  for (const mutation of mutations) bump(state.mutations, mutation.label.split(/[ ,:]/)[0])
  if (state.judged % 10 !== 0) return
  const document = clone(base.value)
  for (const { apply } of mutations) apply?.(document)
  for (const { owner, field } of sitesOf(document)) state.touched.add(`${owner}.${field}`)
}

function bump(counts, key) {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function sorted(counts) {
  return [...counts].sort((a, b) => b[1] - a[1])
}

function summaryOf(state) {
  const { judged, agreed, outcomes } = state
  return {
    judged,
    agreed,
    outcomes,
    known: Object.fromEntries(sorted(state.knownCounts)),
    rejectionsByField: Object.fromEntries(sorted(state.fields)),
    signatures: Object.fromEntries(sorted(state.seen)),
    warnings: Object.fromEntries(sorted(state.warned)),
    mutations: Object.fromEntries(sorted(state.mutations)),
    untouched: [...allFields()].filter((field) => !state.touched.has(field)),
    unreached: options.reference ? unreached(state) : undefined,
  }
}

/** Which rejections of a reference no mutant met: `[{ rule, causes: [{ field, message }] }]`. */
function unreached({ seen }) {
  const fields = new Map()
  for (const signature of seen.keys()) fields.set(signature.toLowerCase(), true)
  const missing = new Map()
  const all = new Set()
  for (const { rule, verdict, causes, message, status } of JSON.parse(
    readFileSync(options.reference, 'utf8'),
  )) {
    if (verdict !== 'reject') continue
    if (!causes?.length && status !== 422) continue
    for (const signature of signatures({ verdict, stage: 'validate', causes: causes ?? [], message })) {
      all.add(signature)
      if (!fields.has(signature.toLowerCase())) missing.set(signature, rule)
    }
  }
  return { of: all.size, missing: Object.fromEntries(missing) }
}
