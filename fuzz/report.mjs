// What a run prints.

const titles = {
  verdict: 'Verdicts that differ',
  broken: 'What is broken on our side',
  stage: 'Same verdict, but one side cannot decode what the other validates',
  fields: 'Same verdict, other fields',
  warnings: 'Other warnings',
}

export function printReport(report) {
  const {
    seed,
    count,
    judged,
    agreed,
    outcomes,
    known,
    groups,
    seconds,
    untouched,
    unreached,
    rejectionsByField,
  } = report
  for (const [kind, title] of Object.entries(titles).reverse()) {
    const some = groups.filter((group) => group.kind === kind)
    if (some.length === 0) continue
    const total = some.reduce((sum, group) => sum + group.count, 0)
    console.log(`\n## ${title}: ${some.length} groups, ${total} mutants`)
    for (const group of some.slice(0, kind === 'verdict' ? 200 : 40)) {
      console.log(`\n${group.count}x ${group.key}  (${group.index})`)
      if (kind === 'verdict' || kind === 'broken') console.log(indent(group.text))
    }
  }
  console.log('\n## Rejections by field')
  for (const [field, number] of Object.entries(rejectionsByField).slice(0, 60))
    console.log(`${String(number).padStart(6)} ${field}`)
  const rest = Object.entries(rejectionsByField).slice(60)
  if (rest.length > 0) console.log(`       and ${rest.length} fields more`)
  if (untouched.length > 0) console.log(`\nFields of the schema that no mutant held: ${untouched.join(', ')}`)
  if (unreached)
    console.log(
      `Rejections of the reference that no mutant met: ${Object.keys(unreached.missing).length} of ${unreached.of}`,
    )
  const mutants = outcomes.accept + outcomes.decode + outcomes.validate
  const percent = (part) => `${((100 * part) / Math.max(1, mutants)).toFixed(1)}%`
  console.log(
    `\nSeed ${seed}, ${count} mutants, ${judged} texts in ${seconds.judging.toFixed(0)} s (${seconds.all.toFixed(0)} s with examples): accepted ${percent(outcomes.accept)}, refused by decoding ${percent(outcomes.decode)}, by validation ${percent(outcomes.validate)}; ${Object.keys(report.signatures).length} kinds of refusal`,
  )
  for (const [name, number] of Object.entries(known)) console.log(`${number}x known: ${name}`)
  const open = groups.filter(({ kind }) => kind === 'verdict')
  console.log(
    `Verdicts agree on ${agreed} of ${judged}; ${open.reduce((sum, group) => sum + group.count, 0)} disagree without a known reason, in ${open.length} groups`,
  )
}

function indent(text) {
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line.length > 160 ? `${line.slice(0, 160)}…` : line}`)
  return lines.length > 40
    ? [...lines.slice(0, 40), `    … ${lines.length - 40} lines more`].join('\n')
    : lines.join('\n')
}
