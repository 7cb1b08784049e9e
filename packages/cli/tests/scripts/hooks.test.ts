/**
 * What pre-commit and prek install from a git tag, and what the image holds, as far as it shows without them: npm run
 * verify-pre-commit and verify-ci.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { parseOptions } from '../../src/options.ts'

const root = join(import.meta.dirname, '../../../..')
const manifest = (name: string) => JSON.parse(readFileSync(join(root, name, 'package.json'), 'utf8'))
const workspace = manifest('.')
const cli = manifest('packages/cli')

describe('the root package', () => {
  it('holds what the published one does, but for types', () => {
    const files: string[] = cli.files.filter((name: string) => !name.startsWith('dist/index.'))
    expect(workspace.files).toEqual(files.map((name) => `packages/cli/${name}`))
    expect(workspace.bin).toEqual({
      daemonlint: join('./packages/cli', cli.bin.daemonlint).replace(/^/, './'),
    })
    expect(workspace.engines).toEqual(cli.engines)
  })

  it('depends on nothing, which npm would have to install', () => {
    expect(Object.keys(workspace).filter((key) => /dependencies/i.test(key))).toEqual([])
  })
})

describe('the Dockerfile', () => {
  it('copies what the root package holds', () => {
    const copied = [
      ...readFileSync(join(root, 'Dockerfile'), 'utf8').matchAll(/^COPY --from=build (.*) \S+$/gm),
    ]
      .flatMap(([, paths]) => paths!.split(' '))
      .map((path) => path.replace('/src/', ''))
    expect(copied.sort()).toEqual([...workspace.files, 'packages/cli/package.json'].sort())
  })
})

interface Hook {
  id: string
  entry: string
  args: string[]
  language: string
  types_or: string[]
  require_serial: boolean
}

const hooks: Hook[] = parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8'))

describe('hooks', () => {
  it('are three', () => {
    expect(hooks.map(({ id, language }) => `${id} ${language}`)).toEqual([
      'daemonlint node',
      'daemonlint-fix node',
      'daemonlint-system system',
    ])
  })

  it.each(hooks)('$id takes a commit for one run, whose warnings count', (hook) => {
    const { entry, args } = hook
    expect(hook).toMatchObject({ require_serial: true, types_or: ['yaml', 'json'] })
    const [command, ...flags] = entry.split(' ')
    expect(command).toBe('daemonlint')
    // What a person may not lose by `args` of their own.
    expect(parseOptions(flags)).toMatchObject({
      errorOnUnmatchedPattern: false,
      fix: hook.id === 'daemonlint-fix',
      maxWarnings: -1,
    })
    expect(parseOptions([...flags, ...args, 'a.yaml'])).toMatchObject({ maxWarnings: 0, paths: ['a.yaml'] })
  })
})
