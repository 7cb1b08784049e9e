import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { daemonlint, daemonSet, folder, lintJson, service } from './command.ts'

const latest = daemonSet({ image: 'agent:latest' })

describe('exit codes', () => {
  it('is 0 for a clean file and for warnings', () => {
    const cwd = folder({ 'clean.yaml': daemonSet(), 'latest.yaml': latest })
    expect(daemonlint(['clean.yaml'], { cwd })).toMatchObject({ status: 0, stderr: '' })
    expect(daemonlint(['latest.yaml'], { cwd })).toMatchObject({ status: 0, stderr: '' })
  })

  it('is 1 for an error', () => {
    const cwd = folder({ 'ds.yaml': latest, 'broken.yaml': `${daemonSet()}  - x: [` })
    expect(daemonlint(['--rule', 'image-tag: error', 'ds.yaml'], { cwd }).status).toBe(1)
    expect(daemonlint(['broken.yaml'], { cwd })).toMatchObject({ status: 1, stderr: '' })
  })

  it('is 1 when there are more warnings than --max-warnings, and says so', () => {
    const cwd = folder({ 'ds.yaml': latest })
    expect(daemonlint(['--max-warnings', '1', 'ds.yaml'], { cwd }).status).toBe(0)
    expect(daemonlint(['--max-warnings', '-1', 'ds.yaml'], { cwd }).status).toBe(0)
    const run = daemonlint(['--max-warnings', '0', 'ds.yaml'], { cwd })
    expect(run.status).toBe(1)
    expect(run.stderr).toMatch(/1 warning.*--max-warnings.*0/)
    expect(daemonlint(['--max-warnings=0', '--quiet', 'ds.yaml'], { cwd }).status).toBe(1)
  })

  it('never counts information', () => {
    const cwd = folder({ 'ds.yaml': latest })
    const run = daemonlint(['--max-warnings', '0', '--rule', 'image-tag: info', 'ds.yaml'], { cwd })
    expect(run.status).toBe(0)
  })

  it.each([
    ['an unknown flag', ['--fxi'], /Unknown flag --fxi.*--fix/],
    ['a flag without its value', ['--config'], /--config needs a value/],
    ['a flag whose value is a flag', ['--config', '--fix', 'x'], /--config needs a value/],
    ['a switch with a value', ['--fix=yes'], /--fix takes no value/],
    ['a bad number', ['--max-warnings', 'few', '.'], /--max-warnings.*'few'/],
    [
      'an unknown format',
      ['--format', 'jsn', '.'],
      /'jsn'\. Did you mean 'json'\? The formats are: stylish, /,
    ],
    ['an unknown rule', ['--rule', 'image-tags: off', '.'], /image-tags.*image-tag/],
    ['a bad severity', ['--rule', 'image-tag: loud', '.'], /image-tag.*loud/],
    ['a --rule that is none', ['--rule', 'image-tag', '.'], /--rule.*image-tag: error/],
    ['bad options of a rule', ['--rule', 'image-tag: [warn, {nope: 1}]', '.'], /image-tag.*nope/s],
    ['an unknown Kubernetes version', ['--kubernetes-version', '1.99', '.'], /1\.99.*1\.29/],
    ['a version that is none', ['--kubernetes-version', 'new', '.'], /new/],
    ['two flags that clash', ['--fix', '--fix-dry-run', '.'], /together/],
    ['--stdin with a path', ['--stdin', 'x.yaml'], /--stdin/],
    ['--stdin with --fix', ['--stdin', '--fix'], /--fix/],
    ['--stdin-filename alone', ['--stdin-filename', 'x.yaml'], /--stdin/],
    ['a missing config', ['--config', 'nope.yaml', '.'], /nope\.yaml/],
    ['explain without a rule', ['explain'], /one rule/],
    ['explain with an unknown rule', ['explain', 'image-tags'], /image-tag/],
  ])('is 2 for %s', (_, args, reason) => {
    const cwd = folder({ 'ds.yaml': daemonSet() })
    const run = daemonlint(args, { cwd })
    expect(run.stderr).toMatch(reason)
    expect(run).toMatchObject({ status: 2, stdout: '' })
  })
})

describe('nothing to check', () => {
  const cases: [string, Record<string, string>, string[], RegExp][] = [
    ['a file that is not there', {}, ['nope.yaml'], /nope\.yaml does not exist/],
    ['a file that is not there, without a word of commands', {}, ['nope.yaml'], /exist\.\n$/],
    [
      'what is no command',
      {},
      ['lint'],
      /lint does not exist\. Commands are init, explain, generate, lsp, rules, completions\./,
    ],
    [
      'a mistyped command',
      {},
      ['rule'],
      /rule does not exist\. Commands are init, explain, generate, lsp, rules, completions\./,
    ],
    ['a glob that matches nothing', {}, ['*.yml'], /\*\.yml/],
    ['a directory without YAML', { 'd/readme.txt': 'x' }, ['d'], /'?d'?.*\.yaml/],
    ['a file with other resources', { 's.yaml': service }, ['s.yaml'], /no DaemonSet/],
    ['a directory of other resources', { 'd/s.yaml': service, 'd/t.yaml': service }, ['d'], /no DaemonSet/],
    ['an empty file', { 'e.yaml': '' }, ['e.yaml'], /no DaemonSet/],
    [
      'a file of templates',
      { 't.yaml': `kind: DaemonSet\n{{- if .x }}\na: b\n{{- end }}\n` },
      ['t.yaml'],
      /template/,
    ],
    [
      'an ignored file',
      { 'd.yaml': daemonSet(), 'daemonlint.config.yaml': 'ignores: [d.yaml]' },
      ['d.yaml'],
      /ignored/,
    ],
  ]

  it.each(cases)('is 2 with the reason for %s', (_, files, args, reason) => {
    const cwd = folder(files)
    const run = daemonlint(args, { cwd })
    expect(run.stderr).toMatch(reason)
    expect(run.status).toBe(2)
    const tolerant = daemonlint(['--no-error-on-unmatched-pattern', ...args], { cwd })
    expect(tolerant.status).toBe(0)
  })

  it('is 2 for empty standard input', () => {
    const run = daemonlint(['--stdin'], { input: '' })
    expect(run.stderr).toMatch(/no DaemonSet/)
    expect(run.status).toBe(2)
  })

  it('is 0 with a word about it where nothing was named', () => {
    const cwd = folder({ 's.yaml': service })
    const run = daemonlint([], { cwd })
    expect(run.stderr).toMatch(/no DaemonSet/)
    expect(run.status).toBe(0)
    expect(daemonlint([], { cwd: folder() }).status).toBe(0)
  })

  it('does not mind other resources beside a DaemonSet', () => {
    const cwd = folder({ 's.yaml': service, 'd.yaml': daemonSet() })
    expect(daemonlint(['s.yaml', 'd.yaml'], { cwd })).toMatchObject({ status: 0, stderr: '' })
  })

  it('reports what it found although a path is missing', () => {
    const cwd = folder({ 'd.yaml': latest })
    const run = lintJson(['d.yaml', 'nope.yaml'], { cwd })
    expect(run.status).toBe(2)
    expect(run.stderr).toContain('nope.yaml')
    expect(run.rules).toContain('image-tag')
  })
})

describe('bad input', () => {
  const gibberish = Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256)

  it.each([
    ['broken YAML', 'kind: DaemonSet\napiVersion: apps/v1\nspec: {\n  x: [1, 2\n'],
    ['a tab for indentation', 'kind: DaemonSet\napiVersion: apps/v1\nspec:\n\tx: 1\n'],
    ['an unclosed quote', 'kind: DaemonSet\napiVersion: "apps/v1\n'],
    ['a DaemonSet that is a list', 'kind: DaemonSet\napiVersion: apps/v1\nspec: [1]\n'],
    ['a DaemonSet of nothing', 'kind: DaemonSet\napiVersion: apps/v1\n'],
    ['JSON cut short', '{"kind": "DaemonSet", "apiVersion": "apps/v1", "spec": {'],
    ['an unknown alias', 'kind: DaemonSet\napiVersion: apps/v1\nspec: *nope\n'],
    [
      'text that is not UTF-8',
      Buffer.from('kind: DaemonSet\napiVersion: apps/v1\nmetadata: {name: "\xff\xfe"}\n', 'latin1'),
    ],
  ])('finds an error in %s', (_, text) => {
    const cwd = folder({ 'x.yaml': text })
    const run = lintJson(['x.yaml'], { cwd })
    expect(run.status).toBe(1)
    expect(run.stderr).toBe('')
    const fatal = run.results[0]!.messages.filter((message) => message.fatal)
    expect(fatal.length).toBeGreaterThan(0)
    for (const message of fatal) {
      expect(message.ruleId).toMatch(/^api-server\//)
      expect(message).toMatchObject({ severity: 2, line: expect.any(Number), column: expect.any(Number) })
    }
  })

  it.each([
    ['binary', gibberish],
    ['zeros', new Uint8Array(1000)],
    ['one very long line', `a: ${'x'.repeat(1_000_000)}`],
    ['a thousand opening brackets', '['.repeat(1000)],
  ])('survives %s', (_, text) => {
    const cwd = folder({ 'x.yaml': text, 'd.yaml': daemonSet() })
    const run = daemonlint(['.'], { cwd })
    expect([0, 1]).toContain(run.status)
  })

  it('survives an alias bomb', () => {
    const lines = ['kind: DaemonSet', 'apiVersion: apps/v1', 'a0: &a0 [x, x]']
    for (let level = 1; level < 30; level++)
      lines.push(`a${level}: &a${level} [*a${level - 1}, *a${level - 1}]`)
    const cwd = folder({ 'bomb.yaml': lines.join('\n') })
    const run = lintJson(['bomb.yaml'], { cwd })
    expect(run.status).toBe(1)
    expect(run.rules).toContain('api-server/too-complex')
  })

  it('tells a directory with the name of a file', () => {
    const cwd = folder({ 'd.yaml': daemonSet() })
    mkdirSync(join(cwd, 'folder.yaml'))
    expect(daemonlint(['.'], { cwd }).status).toBe(0)
  })

  it('tells a broken document without silencing the others of its file', () => {
    const cwd = folder({ 'two.yaml': `kind: DaemonSet\napiVersion: apps/v1\nspec: {\n---\n${latest}` })
    const run = lintJson(['two.yaml'], { cwd })
    expect(run.rules).toEqual(expect.arrayContaining(['image-tag', 'api-server/yaml-syntax']))
  })
})

describe('broken pipes and long output', () => {
  it('ends quietly when its reader goes away', () => {
    const cwd = folder({ 'd.yaml': Array.from({ length: 400 }, () => latest).join('---\n') })
    const script = `"$0" d.yaml | head -1; echo "\${PIPESTATUS[0]}"`
    const { stdout, stderr } = spawnSync('bash', ['-c', script, commandPath()], { cwd, encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(stdout.trim().split('\n').at(-1)).toMatch(/^[01]$/)
  })

  it('writes all of a long report through a pipe', () => {
    const cwd = folder({ 'd.yaml': Array.from({ length: 400 }, () => latest).join('---\n') })
    const slow =
      'let n = 0; setTimeout(() => process.stdin.on("data", (d) => { n += d.length }).on("end", () => console.log(n)), 300)'
    const { stdout } = spawnSync(
      'bash',
      ['-c', `"$0" --format json d.yaml | node -e '${slow}'`, commandPath()],
      {
        cwd,
        encoding: 'utf8',
      },
    )
    const direct = daemonlint(['--format', 'json', 'd.yaml'], { cwd }).stdout
    expect(direct.length).toBeGreaterThan(200_000)
    expect(Number(stdout)).toBe(Buffer.byteLength(direct))
  })
})

function commandPath(): string {
  return join(import.meta.dirname, '../../../../node_modules/.bin/daemonlint')
}
