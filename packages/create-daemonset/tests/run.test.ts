import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Host, run } from '../src/cli/run.ts'
import { presets } from '../src/index.ts'
import { lintFiles } from '../src/lint.ts'
import { put, temporaryFolder } from './temporary.ts'

/** Runs the command without a process of its own. */
async function ran(argv: string[], cwd: string, other: Partial<Host> = {}) {
  let printed = ''
  let said = ''
  const code = await run(argv, {
    program: 'create-daemonset',
    version: '0.0.0',
    cwd,
    isInteractive: false,
    color: false,
    print: (text) => {
      printed += text
    },
    say: (text) => {
      said += `${text}\n`
    },
    lint: lintFiles,
    ...other,
  })
  return { code, printed, said }
}

describe('run', () => {
  it('says that linting failed, everything being written', async () => {
    const folder = temporaryFolder()
    const lint = () => Promise.reject(new Error('no memory\nat all'))
    const { code, printed, said } = await ran(['kured', 'out'], folder, { lint })
    expect(code).toBe(1)
    expect(said).toBe('Everything is written, but linting it failed: no memory\n')
    expect(printed).toMatch(/^kured, .*\n\nNext:\n {2}cd out\n/s)
    expect(existsSync(join(folder, 'out/kured.yaml'))).toBe(true)
  })

  it('says what the API server would refuse before it says what is next', async () => {
    const lint = () => Promise.resolve({ report: 'REPORT', rejected: 2 })
    const { code, printed } = await ran(['kured', 'out'], temporaryFolder(), { lint })
    expect(code).toBe(0)
    expect(printed).toMatch(
      /with daemonlint\/strict:\nREPORT\n\nThe API server would refuse this: 2 findings say why\. Mend that first\.\n\nNext:/,
    )
  })

  it('quotes folders as a shell needs it', async () => {
    const folder = temporaryFolder()
    const { printed } = await ran(['kured', "it's mine"], folder)
    expect(printed).toContain("\n  cd 'it'\\''s mine'\n")
    expect(readFileSync(join(folder, "it's mine/create-daemonset.answers"), 'utf8')).toContain(
      "--answers 'it'\\''s mine/create-daemonset.answers' --force\n",
    )
  })

  it('takes numbers of an answers file for texts, as they are written', async () => {
    const folder = temporaryFolder()
    put(folder, [
      { path: 'a', contents: 'preset: kured\nmaxUnavailable: 1\n' },
      { path: 'b', contents: 'preset: falco\nnamespace: 1.10\n' },
    ])
    expect((await ran(['--answers', 'a', '--stdout'], folder)).printed).toContain('maxUnavailable: 1\n')
    await expect(ran(['--answers', 'b', '--stdout'], folder)).rejects.toThrow(/--namespace: '1\.10'/)
  })

  it('takes presets of plugins of the same name, and of presets of the same name the later one', async () => {
    const kured = presets.find(({ name }) => name === 'kured')!
    const own = (name: string, title: string) => [{ ...kured, name, title, summary: title }]
    const host = {
      presets: () =>
        Promise.resolve([['house', own('a', 'One')] as const, ['house', own('b', 'Two')] as const]),
    }
    const { printed } = await ran(['--list'], temporaryFolder(), host)
    expect(printed).toMatch(/^ {2}a +One$/m)
    expect(printed).toMatch(/^ {2}b +Two$/m)
    const twice = {
      presets: () => Promise.resolve([['x', own('a', 'One')] as const, ['y', own('a', 'Two')] as const]),
    }
    expect((await ran(['--list'], temporaryFolder(), twice)).printed.match(/^ {2}a .*$/gm)).toEqual([
      expect.stringMatching(/Two$/),
    ])
    const wrong = { presets: () => Promise.resolve([['house', 5] as const]) }
    await expect(ran(['--list'], temporaryFolder(), wrong)).rejects.toThrow(/^Plugin 'house': /)
  })

  it('names no program that it is not', async () => {
    const host = { program: 'daemonlint generate' }
    for (const argv of [['nonsense'], ['kured', '--nonsense', 'x'], ['kured', '--index', 'x'], []])
      await expect(ran(argv, temporaryFolder(), host)).rejects.toThrow(/^(?!.*create-daemonset)/s)
  })
})

describe('lintFiles', () => {
  const pod = '{ metadata: { labels: { a: b } }, spec: { containers: [{ name: a, image: a }] } }'
  const text = `apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: a }\nspec: { selector: { matchLabels: { a: c } }, template: ${pod} }\n`

  it('counts what is there, and what is refused', async () => {
    const folder = temporaryFolder()
    const files = put(folder, [
      { path: 'a.yaml', contents: text },
      { path: 'b.yaml', contents: 'apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n' },
      { path: 'c.answers', contents: '{' },
    ])
    const { report, rejected } = await lintFiles(
      files.map((path) => ({ path })),
      folder,
      false,
    )
    expect(rejected).toBeGreaterThan(0)
    expect(report).toMatch(/\n2 files read, 1 workload checked\.$/)
    expect(report).not.toContain('\u001b')
    const coloured = await lintFiles([{ path: files[0]! }], folder, true)
    expect(coloured.report).toContain('\u001b')
  })
})
