// The counts of a run.
import { readFileSync } from 'node:fs'
import { differences, explanation, isDecoding, signatures } from './compare.mjs'
import { clone } from './edits.mjs'
import { maskField } from './mask.mjs'
import { textOf } from './mutate.mjs'
import { allFields, sitesOf } from './schema.mjs'

export function emptyTally() {
  return {
    judged: 0,
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
}

/** Counts a batch, and keeps an example of each difference. */
export function settle({ mutants, ours, answers }, state) {
  mutants.forEach((mutant, at) => {
    const verdict = answers[at]
    state.judged++
    const outcome = verdict.verdict === 'accept' ? 'accept' : isDecoding(verdict) ? 'decode' : 'validate'
    // Seeds are what they are.
    if (mutant.mutations) state.outcomes[outcome]++
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

/** What the report says of a run, without its groups. */
export function summaryOf(state, reference) {
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
    unreached: reference ? unreached(state, reference) : undefined,
  }
}

/** Which rejections of a reference no mutant met: `[{ rule, causes: [{ field, message }] }]`. */
function unreached({ seen }, reference) {
  const fields = new Map()
  for (const signature of seen.keys()) fields.set(signature.toLowerCase(), true)
  const missing = new Map()
  const all = new Set()
  for (const { rule, verdict, causes, message, status } of JSON.parse(readFileSync(reference, 'utf8'))) {
    if (verdict !== 'reject') continue
    if (!causes?.length && status !== 422) continue
    for (const signature of signatures({ verdict, stage: 'validate', causes: causes ?? [], message })) {
      all.add(signature)
      if (!fields.has(signature.toLowerCase())) missing.set(signature, rule)
    }
  }
  return { of: all.size, missing: Object.fromEntries(missing) }
}
