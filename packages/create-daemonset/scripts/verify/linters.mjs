// npm run verify-linters [-- PRESET…]
// Lints every preset, in all its variants, with kube-linter, kube-score and checkov as they are by default, and prints
// what they find and why it stays. What is found and not explained fails, and so does what is explained and not found.
// Needs them on the PATH; what is absent is left out, aloud.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { variantsOf } from '../all-variants.mjs'
import { load } from '../load.mjs'
import { conclude, hasProgram, runProgram, skip } from './tools.mjs'

const linters = { 'kube-linter': kubeLinter, 'kube-score': kubeScore, checkov }
const used = Object.keys(linters).filter((name) => hasProgram(name))
if (used.length === 0) skip(`none of ${Object.keys(linters).join(', ')} is on the PATH`)
for (const name of Object.keys(linters))
  if (!used.includes(name)) console.log(`skipped: ${name} is not on the PATH`)

const names = process.argv.slice(2)
const { presets, scaffold } = await load()
const { checksIn, explainedEverywhere, explainedFor } = await load('explained.ts')
const unknown = names.filter((name) => !presets.some((preset) => preset.name === name))
if (unknown.length > 0) {
  console.error(`There is no preset ${unknown.join(', ')}.`)
  process.exit(2)
}

const failures = []
const folder = mkdtempSync(join(tmpdir(), 'create-daemonset-'))
process.on('exit', () => rmSync(folder, { recursive: true }))

const chosen = presets.filter(({ name }) => names.length === 0 || names.includes(name))
const files = chosen.flatMap((preset) => variantsOf(preset).map((variant) => write(preset, variant)))
/** By preset, by `LINTER CHECK`: the variants, and what it says. */
const found = new Map(chosen.map(({ name }) => [name, new Map()]))
const counts = new Map()
for (const linter of used) linters[linter](linter)
for (const preset of chosen) report(preset)
for (const linter of used) {
  const { findings = 0, explained = 0 } = counts.get(linter) ?? {}
  console.log(`${linter}: ${findings} checks of presets find something, ${explained} of them explained`)
}
conclude(files.length, failures)

function write(preset, { name, answers }) {
  const [{ path, contents }] = scaffold({ ...answers, output: 'single' }).files
  // A folder for each: linters take what is in one folder for one cluster.
  const file = join(folder, preset.name, name, basename(path))
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, contents)
  return { file, hasPolicy: /^kind: NetworkPolicy$/m.test(contents) }
}

function add(linter, check, file, says) {
  const [preset, variant] = relative(folder, file).split('/')
  const checks = found.get(preset)
  const key = `${linter} ${check}`
  const entry = checks.get(key) ?? { variants: new Set(), says: new Set() }
  entry.variants.add(variant)
  entry.says.add(says)
  checks.set(key, entry)
}

function kubeLinter(linter) {
  const { stdout, stderr } = runProgram(linter, ['lint', '--format', 'json', folder])
  const answer = parsed(linter, stdout, stderr)
  for (const { Check, Diagnostic, Object: object } of answer?.Reports ?? [])
    add(linter, Check, object.Metadata.FilePath, Diagnostic.Message)
}

/** Takes all that it is given for one cluster, so it is given one file at a time; it takes milliseconds. */
function kubeScore(linter) {
  for (const { file } of files) {
    const { stdout, stderr } = runProgram(linter, ['score', '--output-format', 'json', file])
    for (const { checks } of parsed(linter, stdout, stderr) ?? [])
      for (const { check, grade, skipped, comments } of checks)
        if (!skipped && grade < 10)
          for (const { path, summary } of comments ?? [{}])
            add(linter, check.id, file, [path, summary].filter(Boolean).join(': '))
  }
}

/** Takes half a minute. A NetworkPolicy counts for all pods that it sees, so what has one is looked at apart. */
function checkov(linter) {
  for (const hasPolicy of [false, true]) {
    const some = files.filter((one) => one.hasPolicy === hasPolicy).map(({ file }) => file)
    if (some.length === 0) continue
    const flags = ['--framework', 'kubernetes', 'secrets', '--skip-download', '--compact', '--quiet']
    const { stdout, stderr } = runProgram(linter, [...flags, '--output', 'json', '--file', ...some])
    for (const { results, summary } of [parsed(linter, stdout, stderr) ?? []].flat()) {
      if (summary?.parsing_errors > 0)
        failures.push(`${linter} could not read ${summary.parsing_errors} files`)
      for (const one of results?.failed_checks ?? [])
        add(linter, one.check_id, one.file_abs_path, `${one.resource.split('.')[0]}: ${one.check_name}`)
    }
  }
}

function parsed(linter, stdout, stderr) {
  try {
    return JSON.parse(stdout)
  } catch {
    failures.push(`${linter} did not answer: ${(stderr || stdout).trim().slice(-500)}`)
    return undefined
  }
}

function report(preset) {
  console.log(preset.name)
  const all = variantsOf(preset).length
  const rows = Object.entries(explainedFor(preset)).map(([key, reason]) => [checksIn(key), reason])
  const checks = found.get(preset.name)
  for (const [key, { variants, says }] of [...checks].sort()) {
    const reasons = rows.filter(([named]) => named.includes(key)).map(([, reason]) => reason)
    const where = variants.size === all ? '' : ` (${variants.size} of ${all} variants)`
    console.log(`  ${key}${where}: ${reasons.length > 0 ? reasons.join(' ') : 'NOT EXPLAINED'}`)
    count(key.split(' ')[0], reasons.length > 0)
    if (reasons.length > 0) continue
    const examples = `${[...says].slice(0, 3).join('; ')} (${[...variants].slice(0, 5).join(', ')})`
    failures.push(`${preset.name}: ${key} is not explained: ${examples}`)
  }
  // Checks that go with another one need not be found wherever that one is.
  for (const check of Object.keys({ ...explainedEverywhere, ...preset.explained }).flatMap(checksIn)) {
    const [linter] = check.split(' ')
    if (!(linter in linters)) failures.push(`${preset.name}: '${check}' does not begin with a linter's name`)
    else if (used.includes(linter) && !checks.has(check))
      failures.push(`${preset.name}: ${check} is explained, and not found`)
  }
}

function count(linter, isExplained) {
  const before = counts.get(linter) ?? { findings: 0, explained: 0 }
  counts.set(linter, {
    findings: before.findings + 1,
    explained: before.explained + (isExplained ? 1 : 0),
  })
}
