/** The scripts as shells read them. What is not installed is skipped. */
import { spawnSync } from 'node:child_process'
import { formatters } from '@daemonlint/core'
import { ownFlags, presets } from 'create-daemonset/tables'
import { describe, expect, it } from 'vitest'
import { flagGroups, subcommands } from '../../src/flags.ts'
import { daemonlint, folder } from './command.ts'

const shells = ['bash', 'zsh', 'fish'] as const
const scripts = Object.fromEntries(
  shells.map((shell) => [shell, daemonlint(['completions', shell]).stdout]),
) as Record<(typeof shells)[number], string>
const flags = flagGroups.flatMap((group) => group.flags)

const isMissing = (program: string) => spawnSync(program, ['--version']).error !== undefined

describe('completions', () => {
  it.each(shells)('for %s hold every flag and command', (shell) => {
    const words = new Set(scripts[shell].match(/[\w./-]+/g))
    const hyphens = shell === 'fish' ? '' : '--'
    const missing = [
      ...[...flags, ...ownFlags].map(({ name }) => `${hyphens}${name}`),
      ...[...subcommands, ...presets].map(({ name }) => name),
      ...['image-tag', 'api-server/unknown-field', 'stylish', '1.36', 'elasticsearch'],
    ].filter((word) => !words.has(word))
    expect(missing).toEqual([])
  })

  for (const shell of shells)
    it.skipIf(isMissing(shell))(`for ${shell} are read by it`, () => {
      const file = `${folder({ script: scripts[shell] })}/script`
      const { status, stderr } = spawnSync(shell, ['-n', file], { encoding: 'utf8' })
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    })

  it('need the name of a shell that has some', () => {
    expect(daemonlint(['completions'])).toMatchObject({ status: 2, stdout: '' })
    const { status, stderr } = daemonlint(['completions', 'tcsh'])
    expect(status).toBe(2)
    expect(stderr).toMatch(/'tcsh'.*bash, zsh and fish/)
  })
})

/** What is offered, with its meaning or without, where a line ends. */
const cases: [line: string, offered: string[]][] = [
  ['exp', ['explain']],
  ['explain memory-l', ['memory-limit']],
  ['explain api-server/unknown-f', ['api-server/unknown-field']],
  ['explain memory-limit ', []],
  ['init ', []],
  ['completions ', ['bash', 'fish', 'zsh']],
  ['--fix-', ['--fix-dry-run']],
  ['rules --f', ['--format']],
  ['rules --fi', []],
  ['lsp --st', ['--stdio']],
  ['lsp ', []],
  ['--format st', ['stylish']],
  ['-f st', ['stylish']],
  ['--kubernetes-version 1.36', ['1.36']],
  ['--max-warnings ', []],
  ['--since feature/', ['feature/one']],
  ['--suppress-rule image-ta', ['image-tag']],
  ['generate fluentd', ['fluentd']],
  ['generate --output helm fluentd', ['fluentd']],
  ['generate --output ', ['files', 'helm', 'kustomize', 'single']],
  ['generate fluent-bit --sink ', ['elasticsearch', 'loki', 'opensearch', 'stdout']],
  ['generate fluent-bit --fi', []],
  ['generate node-exporter --sink-', []],
  ['generate fluent-bit --sink-u', ['--sink-url']],
]

/** A repository with a branch. */
function repository(): string {
  const cwd = folder({ 'ds.yaml': '' })
  const identity = ['-c', 'user.name=Toy', '-c', 'user.email=toy@example.com']
  for (const args of [
    ['init', '-q', '-b', 'main'],
    [...identity, 'commit', '-q', '--allow-empty', '-m', 'Begin'],
    ['branch', 'feature/one'],
    ['branch', 'feature;two'],
  ])
    expect(spawnSync('git', args, { cwd }).status).toBe(0)
  return cwd
}

describe.skipIf(isMissing('bash'))('bash offers', () => {
  /** @param words as bash parts them, the last of which the cursor stands behind */
  function offered(words: string[], cwd = folder()): string[] {
    const drive = `${scripts.bash}
      COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=\${#COMP_LINE}
      _daemonlint 2>/dev/null
      printf '%s\\n' "\${COMPREPLY[@]}"`
    const { stdout, stderr } = spawnSync('bash', ['-c', drive, 'bash', 'daemonlint', ...words], {
      cwd,
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    return stdout.split('\n').filter(Boolean).sort()
  }

  it.each(cases)('%s', (line, expected) => expect(offered(line.split(' '), repository())).toEqual(expected))

  it.each([
    [['--format', '=', 'st'], ['stylish']],
    [['--format', '='], Object.keys(formatters).sort()],
    [['--format', 'json', '=', 'rep'], []],
    [['--rule', 'memory-lim'], ['memory-limit:']],
    [['--rule', "'memory-lim"], ['memory-limit:']],
    [
      ['--rule', 'memory-limit', ':'],
      ['error', 'info', 'off', 'warn'],
    ],
    [['--rule', 'memory-limit', ':', 'e'], ['error']],
    [['--rule', "'memory-limit:e"], ['memory-limit:error']],
    [['--rule', '=', 'memory-limit', ':', 'e'], ['error']],
    [['--', 'ini'], []],
    [['a.yaml', 'ini'], []],
    [['--config', 'init', 'expl'], ['explain']],
  ])('%j', (words, expected) => {
    expect(offered(words)).toEqual(expected)
  })

  it('names of branches so that the shell takes them as they are', () => {
    expect(offered(['--since', 'feature;'], repository())).toEqual(['feature\\;two'])
  })

  it('files beside commands', () => {
    expect(offered(['in'], folder({ 'in.yaml': '' }))).toEqual(['in.yaml', 'init'])
  })

  it('nothing that takes long: it starts nothing but git', () => {
    const drive = `${scripts.bash}
      PATH=
      COMP_WORDS=(daemonlint explain mem) COMP_CWORD=2
      _daemonlint 2>/dev/null
      printf '%s\\n' "\${COMPREPLY[@]}"`
    expect(spawnSync('bash', ['-c', drive], { encoding: 'utf8' }).stdout).toMatch(/^memory-limit$/m)
  })
})

describe.skipIf(isMissing('fish'))('fish offers', () => {
  it.each(cases)('%s', (line, expected) => {
    const script = `${folder({ script: scripts.fish })}/script`
    const { stdout, stderr } = spawnSync(
      'fish',
      ['--no-config', '-c', `source ${script}; complete -C "daemonlint $TYPED"`],
      { cwd: repository(), encoding: 'utf8', env: { ...process.env, TYPED: line } },
    )
    expect(stderr).toBe('')
    const words = stdout.split('\n').map((text) => text.split('\t')[0]!)
    expect(words.filter(Boolean).sort()).toEqual(expected)
  })
})
