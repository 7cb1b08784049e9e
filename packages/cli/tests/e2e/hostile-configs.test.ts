import { describe, expect, it } from 'vitest'
import { daemonlint, daemonSet, folder, lintJson } from './command.ts'

const latest = daemonSet({ image: 'agent:latest' })
const recommended = `export default [{ extends: 'daemonlint/recommended', rules: { 'image-tag': 'error' } }]`

/** Lints a file, in which `recommended` finds an error, with a configuration. */
function lintWith(config: string, args: string[] = [], name = 'daemonlint.config.mjs') {
  const cwd = folder({ 'ds.yaml': latest, [name]: config })
  const run = daemonlint([...args, 'ds.yaml'], { cwd })
  return { ...run, stderr: run.stderr.replaceAll(cwd, 'DIR') }
}

const rule = (create: string) =>
  `export default [{ extends: 'daemonlint/recommended' }, { plugins: { mine: { rules: { bad: {
    meta: { type: 'problem', docs: { description: 'x', category: 'metadata', presets: {} }, messages: {} },
    create: () => (${create}) } } } }, rules: { 'mine/bad': 'error' } }]`

describe('a configuration', () => {
  it.each([
    [
      'export default new Promise(() => {})',
      /^daemonlint: DIR\/daemonlint\.config\.mjs: It waits for a promise/,
    ],
    ['await new Promise(() => {})', /daemonlint\.config\.mjs: It waits for a promise/],
    ['process.exit(0)', /daemonlint\.config\.mjs ended the process.*process\.exit/],
    ['process.exit(7)', /daemonlint\.config\.mjs ended the process/],
    [rule('{ daemonSet() { process.exit(0) } }'), /daemonlint\.config\.mjs ended the process/],
    [
      `Promise.reject(new Error('rejected')); ${recommended}`,
      /left unhandled by DIR\/daemonlint\.config\.mjs.*: rejected/,
    ],
    [`Promise.reject(Object.create(null)); ${recommended}`, /left unhandled by DIR\/daemonlint\.config\.mjs/],
    [`setTimeout(() => { throw new Error('late') }, 1); ${recommended}`, /left unhandled.*: late/],
    [
      'const a = {}; a.extends = [a]; export default a',
      /daemonlint\.config\.mjs: The configuration contains itself/,
    ],
    [
      'export default [{ rules: { get "image-tag"() { throw new Error("got") } } }]',
      /mjs:1:\d+: It threw an error: got/,
    ],
    ['throw Symbol("x")', /daemonlint\.config\.mjs: It threw an error/],
    [
      rule('{ async daemonSet() { throw new Error("later") } }'),
      /Rule 'mine\/bad' failed at ds\.yaml:1: its visitor 'daemonSet' is asynchronous/,
    ],
    [rule('{ daemonSet() { throw Object.create(null) } }'), /daemonlint itself failed at ds\.yaml: /],
  ])('cannot make a failing run pass, nor fail in silence: %s', (config, reason) => {
    const run = lintWith(config)
    expect(run.stderr).toMatch(reason)
    expect(run.stderr).not.toMatch(/crashed/)
    expect(run.status).toBe(2)
  })

  it('does not decide the exit code', () => {
    expect(lintWith(`process.exitCode = 9; ${recommended}`).status).toBe(1)
    expect(lintWith(`process.on('exit', () => { process.exitCode = 0 }); ${recommended}`).status).toBe(1)
    expect(lintWith(`setTimeout(() => process.exit(0), 5); ${recommended}`).status).toBe(1)
  })

  it('does not keep the command alive once the report is there', () => {
    const run = lintWith(`setInterval(() => {}, 1000); ${recommended}`)
    expect(run.stdout).toContain('image-tag')
    expect(run.status).toBe(1)
  })

  it('prints to standard error, for standard output is the report', () => {
    const prints = (word: string) => `console.log('${word}'); process.stdout.write('${word}\\n')`
    const config = `${prints('loading')}; ${rule(`{ daemonSet() { ${prints('linting')} } }`)}`
    const run = lintWith(config, ['--format', 'json'])
    expect(JSON.parse(run.stdout)).toHaveLength(1)
    expect(run.stderr).toBe('loading\nloading\nlinting\nlinting\n')
  })

  it.each([
    ['- &a [*a]', /The configuration contains itself/],
    ['&a {extends: *a}', /The configuration contains itself/],
    [`files: ['${'{a,b}'.repeat(26)}']`, /stands for more than 1000 others/],
  ])('without an end is refused: %s', (config, reason) => {
    const run = lintWith(config, [], 'daemonlint.config.yaml')
    expect(run.stderr).toMatch(/^daemonlint: DIR\/daemonlint\.config\.yaml: /)
    expect(run.stderr).toMatch(reason)
    expect(run).toMatchObject({ status: 2, stdout: '' })
  })
})

describe('a rule that breaks', () => {
  it('shows where with DAEMONLINT_DEBUG, and the other files are reported', () => {
    const cwd = folder({
      'a.yaml': daemonSet({ name: 'a' }),
      'b.yaml': latest,
      'daemonlint.config.mjs': rule(`{ daemonSet(node) { if (node.name === 'a') throw new Error('boom') } }`),
    })
    const shell = `"$@" 2> stack; code=$?; grep -c '^ *at .*daemonlint.config.mjs' stack >&2; exit $code`
    const run = lintJson(['.'], { cwd, shell, env: { DAEMONLINT_DEBUG: '1' } })
    expect(run.status).toBe(2)
    expect(run.rules).toEqual(['image-tag'])
    expect(Number(run.stderr)).toBeGreaterThan(0)
  })

  it('is named where it breaks only as its suggestions are asked for', () => {
    const suggests = `{ daemonSet(node) {
      context.report({ node, path: [], messageId: 'x', suggest: [{ messageId: 'x', fix() { throw new Error('boom') } }] })
    } }`
    const config = rule(suggests).replace('create: ()', 'create: (context)')
    const cwd = folder({
      'a.yaml': latest,
      'b.yaml': latest,
      'daemonlint.config.mjs': config.replace('messages: {}', "messages: { x: 'x' }, hasSuggestions: true"),
    })
    for (const format of ['json', 'stylish']) {
      const run = daemonlint(['--format', format, '.'], { cwd })
      expect(run.stderr).toMatch(
        /^daemonlint: Rule 'mine\/bad' failed at a\.yaml:\d, and in 1 file more: boom\./,
      )
      expect(run.status).toBe(2)
    }
  })
})

it('--rule is read without a warning of what reads it', () => {
  const run = daemonlint(['--rule', '[]', '.'])
  expect(run.stderr).toMatch(/^daemonlint: --rule '\[\]' cannot be read\.[^\n]*\n$/)
  expect(run.status).toBe(2)
})
