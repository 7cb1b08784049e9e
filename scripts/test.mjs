// npm test: installs, builds, runs every check and every test, and ends with `N passed, N failed`.
// npm test -- NAME…   runs only the steps whose name holds one of these
import './lib/check-node.mjs'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, relative } from 'node:path'
import { countTests } from './lib/count-tests.mjs'
import { build, install, packageFolders, root, run, StepFailed, say, tool } from './lib/workspace.mjs'

const only = process.argv.slice(2)
const total = { passed: 0, failed: 0, skipped: 0 }
const failures = []
const folders = packageFolders()
const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

try {
  install()
} catch (error) {
  if (!(error instanceof StepFailed)) throw error
  say(error.log.trimEnd())
  finish(error.message)
}

check('format and lint (biome)', () => run(tool('biome'), ['ci', '.']))
check('types (tsc)', () => run(tool('tsc'), ['-b']))
for (const folder of folders) {
  const script = manifestOf(folder).scripts?.check
  if (script)
    check(`generated files of ${relative(root, folder)} are current`, () => runScript(folder, script))
}
check('build', () => {
  build()
  return { status: 0, output: '' }
})
for (const folder of folders) {
  if (existsSync(join(folder, 'vitest.config.ts'))) vitest(folder)
}
finish()

/** A step that passes or fails as a whole, and counts as one test. */
function check(name, step) {
  if (!isWanted(name)) return
  const started = Date.now()
  let result
  try {
    result = step()
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error
    result = { status: 1, output: error.log }
  }
  const ok = result.status === 0
  total[ok ? 'passed' : 'failed'] += 1
  if (!ok) {
    failures.push(name)
    console.log(result.output.trimEnd())
  }
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds(started)})`)
}

/** Runs a package's script as pnpm would, without what it costs to start. */
function runScript(folder, script) {
  const bins = [join(folder, 'node_modules', '.bin'), join(root, 'packages', 'cli', 'node_modules', '.bin')]
  const env = { ...process.env, PATH: [...bins, process.env.PATH].join(delimiter) }
  return run(script, [], { cwd: folder, shell: true, env })
}

/** Runs a package's tests and adds up what its JSON report says. */
function vitest(folder) {
  const name = `tests of ${relative(root, folder)}`
  if (!isWanted(name)) return
  const started = Date.now()
  const temporary = mkdtempSync(join(tmpdir(), 'daemonlint-test-'))
  const report = join(temporary, 'report.json')
  const bin = join(folder, 'node_modules', '.bin', process.platform === 'win32' ? 'vitest.cmd' : 'vitest')
  const args = [
    'run',
    '--passWithNoTests',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const child = spawnSync(bin, args, {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' },
  })
  const counts = existsSync(report)
    ? countTests(JSON.parse(readFileSync(report, 'utf8')))
    : { passed: 0, failed: 0, skipped: 0 }
  rmSync(temporary, { recursive: true, force: true })
  // An error outside every test and file fails the run all the same.
  if (child.status !== 0 && counts.failed === 0) counts.failed = 1
  for (const key of Object.keys(total)) total[key] += counts[key]
  if (counts.failed > 0) failures.push(name)
  console.log(
    `${counts.failed === 0 ? 'ok    ' : 'FAILED'} ${name}: ${closing(counts)} (${seconds(started)})`,
  )
}

function isWanted(name) {
  return only.length === 0 || only.some((part) => name.includes(part))
}

function seconds(started) {
  return `${((Date.now() - started) / 1000).toFixed(1)} s`
}

function closing({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

function finish(reason) {
  if (reason) {
    total.failed += 1
    failures.push(reason)
  }
  if (failures.length > 0) console.log(`\nFailed:\n${failures.map((name) => `  ${name}`).join('\n')}`)
  console.log(`\n${closing(total)}`)
  process.exit(total.failed > 0 ? 1 : 0)
}
