/** The packages as people will get them: packed, and installed into an empty project outside the repository. */
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { daemonSet, root } from './command.ts'

const packages = [
  'packages/core',
  'rules',
  'packages/node',
  'packages/cli',
  'packages/language-server',
  'packages/eslint-plugin',
]
const bin = join(root, 'packages/cli/node_modules/.bin')
const latest = daemonSet({ image: 'agent:latest' })

let project: string
let tarballs: string[]

beforeAll(() => {
  for (const name of packages) {
    if (!existsSync(join(root, name, 'dist/index.d.ts')))
      throw new Error('Nothing is compiled: npm test -- types')
  }
  project = realpathSync(mkdtempSync(join(tmpdir(), 'daemonlint-pack-')))
  tarballs = packages.map((name) => {
    const packed = spawnSync(
      'npx',
      ['--yes', 'pnpm@12.21.0', 'pack', '--json', '--pack-destination', project],
      {
        cwd: join(root, name),
        encoding: 'utf8',
        env: { ...process.env, CI: 'true' },
      },
    )
    if (packed.status !== 0) throw new Error(packed.stdout + packed.stderr)
    return JSON.parse(packed.stdout).filename as string
  })
  write({ 'package.json': '{ "name": "empty", "private": true, "type": "module" }', 'ds.yaml': latest })
  const installed = inProject('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...tarballs])
  if (installed.status !== 0) throw new Error(installed.stdout + installed.stderr)
}, 240_000)

afterAll(() => rmSync(project, { recursive: true, force: true }))

function inProject(command: string, args: string[]) {
  return spawnSync(command, args, { cwd: project, encoding: 'utf8', timeout: 180_000 })
}

function write(files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text)
}

function lint(): string[] {
  const { stdout, stderr } = inProject('npx', ['daemonlint', '--format', 'json', 'ds.yaml'])
  expect(stderr.replace(/^npm warn .*\n/gm, '')).toBe('')
  const [result] = JSON.parse(stdout) as { messages: { ruleId: string }[] }[]
  return result!.messages.map(({ ruleId }) => ruleId)
}

describe('installed packages', () => {
  it('run by npx', () => {
    expect(lint()).toEqual(['image-tag'])
  })

  it.each([
    ['daemonlint.config.yaml', 'rules: { image-tag: off }'],
    ['daemonlint.config.json', '{ "rules": { "image-tag": "off" } }'],
    [
      'daemonlint.config.js',
      `import { defineConfig } from 'daemonlint'
       import rules from '@daemonlint/rules'
       export default defineConfig(rules.configs.recommended, { rules: { 'image-tag': 'off' } })`,
    ],
  ])('read %s', (name, text) => {
    write({ [name]: text })
    try {
      expect(lint()).toEqual([])
    } finally {
      rmSync(join(project, name))
    }
  })

  it('are usable as libraries', () => {
    write({
      'use.mjs': `import { lint, resolveConfig } from '@daemonlint/core'
        import { findConfigFile } from '@daemonlint/node'
        import { RuleTester } from '@daemonlint/core/rule-tester'
        import rules from '@daemonlint/rules'
        import { readFileSync } from 'node:fs'
        const config = resolveConfig([{ extends: 'daemonlint/recommended' }], { builtin: rules })
        const { problems } = lint(readFileSync('ds.yaml'), { config })
        console.log(problems.map(({ ruleId }) => ruleId).join(), typeof findConfigFile, typeof RuleTester)`,
    })
    expect(inProject('node', ['use.mjs'])).toMatchObject({
      stdout: 'image-tag function function\n',
      stderr: '',
    })
  })

  it('serve an editor by the library', () => {
    write({
      'serve.mjs': `import { startServer } from '@daemonlint/language-server'
        import builtin from '@daemonlint/rules'
        process.exit(await startServer({ version: '1.0.0', builtin }))`,
      'edit.mjs': `import { spawn } from 'node:child_process'
        import { readFileSync } from 'node:fs'
        import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node'
        const { stdin, stdout } = spawn(process.execPath, ['serve.mjs'], { stdio: ['pipe', 'pipe', 'inherit'] })
        const server = createMessageConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin))
        server.listen()
        await server.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} })
        await server.sendNotification('initialized', {})
        const uri = 'untitled:ds.yaml'
        const text = readFileSync('ds.yaml', 'utf8')
        const textDocument = { uri, languageId: 'yaml', version: 1, text }
        await server.sendNotification('textDocument/didOpen', { textDocument })
        const line = text.split('\\n').findIndex((each) => each.includes('image:'))
        const position = { line, character: text.split('\\n')[line].indexOf('image:') + 'image: '.length }
        const { contents } = await server.sendRequest('textDocument/hover', { textDocument: { uri }, position })
        console.log(contents.value)
        await server.sendRequest('shutdown')
        await server.sendNotification('exit')
        server.end()`,
    })
    const { stdout, stderr } = inProject('node', ['edit.mjs'])
    expect(stderr).toBe('')
    // The rule, with its page, why there is one, and the field as Kubernetes describes it.
    expect(stdout).toMatch(
      /^\*\*\[image-tag\]\(file:.+image-tag\.md\)\*\*: Require .+\n\n\w.+\n\n---\n\n\*\*image\*\*[\s\S]+Container image name/,
    )
  })

  it('have types that resolve', () => {
    write({
      'use.ts': `import { type Config, defineConfig, defineRule } from 'daemonlint'
import type { DaemonSetNode } from '@daemonlint/core'
import { RuleTester } from '@daemonlint/core/rule-tester'
import { findConfigFile } from '@daemonlint/node'
import { configs } from '@daemonlint/rules'

export const rule = defineRule({
  meta: {
    type: 'problem',
    docs: { description: 'x', category: 'metadata', presets: {} },
    messages: { said: 'x' },
  },
  create: (context) => ({
    daemonSet(node) {
      const name: string | undefined = node.value.metadata?.name
      context.report({ node, path: ['metadata', name ?? ''], messageId: 'said' })
      // @ts-expect-error there is no such message
      context.report({ node, messageId: 'other' })
    },
  }),
})
const settings: Config = { rules: { 'image-tag': 'off' } }
export default defineConfig(configs.recommended, settings, { plugins: { mine: { rules: { rule } } } })
export const others: [typeof RuleTester, typeof findConfigFile, DaemonSetNode?] = [RuleTester, findConfigFile]
// @ts-expect-error there is no such severity
export const wrong: Config = { rules: { 'image-tag': 'loud' } }
`,
      'tsconfig.json': JSON.stringify({
        compilerOptions: {
          module: 'nodenext',
          strict: true,
          noEmit: true,
          target: 'es2023',
          skipLibCheck: false,
          types: [],
        },
        files: ['use.ts'],
      }),
    })
    expect(inProject(join(bin, 'tsc'), ['-p', '.']).stdout).toBe('')
  })

  it('type ESLint configurations', () => {
    write({
      'eslint.ts': `import { defineConfig } from 'eslint/config'
import daemonlint from 'eslint-plugin-daemonlint'

export default defineConfig([
  daemonlint.configs.yaml,
  daemonlint.configs['log-agents'],
  { files: ['k8s/*.yaml'], plugins: { daemonlint }, language: 'daemonlint/yaml', extends: ['daemonlint/strict'] },
])
// @ts-expect-error there is no such part
export const wrong = daemonlint.presets
`,
      'tsconfig.json': JSON.stringify({
        compilerOptions: { module: 'nodenext', strict: true, noEmit: true, skipLibCheck: true, types: [] },
        files: ['eslint.ts'],
      }),
    })
    expect(inProject(join(bin, 'tsc'), ['-p', '.']).stdout).toBe('')
  })

  it.each(['eslint', 'eslint-9'])('find and mend in %s what the command does', (major) => {
    const other = join(root, 'packages/eslint-plugin/node_modules', major)
    const own = join(project, 'node_modules', major)
    if (!existsSync(own)) symlinkSync(realpathSync(other), own)
    const text = latest.replace(/(?=kubernetes\.io\/os)/, 'beta.')
    write({
      'ds.yaml': text,
      'eslint.config.js': `import daemonlint from 'eslint-plugin-daemonlint'
        export default [daemonlint.configs.yaml, daemonlint.configs.recommended]`,
    })
    try {
      const ids = lint()
      expect(ids).toContain('deprecated-node-label')
      const eslint = (...args: string[]) =>
        inProject('node', [join(own, 'bin/eslint.js'), ...args, 'ds.yaml'])
      const { stdout, stderr } = eslint('--format', 'json')
      expect(stderr).toBe('')
      const [result] = JSON.parse(stdout) as { messages: { ruleId: string }[] }[]
      expect(result!.messages.map(({ ruleId }) => ruleId)).toEqual(ids.map((id) => `daemonlint/${id}`))
      eslint('--fix')
      expect(readFileSync(join(project, 'ds.yaml'), 'utf8')).toBe(text.replace('beta.', ''))
    } finally {
      write({ 'ds.yaml': latest })
    }
  })

  it('hold no sources, tests or build leftovers, and no path of this machine', () => {
    for (const tarball of tarballs) {
      const files = inProject('tar', ['-tzf', tarball]).stdout.trim().split('\n')
      expect(files.filter((file) => /\.test\.|tsbuildinfo|\/src\/|\.tests|meta\.json/.test(file))).toEqual([])
      expect(files).toEqual(
        expect.arrayContaining(['package/package.json', 'package/LICENSE', 'package/README.md']),
      )
    }
    for (const name of readdirSync(join(project, 'node_modules/daemonlint/dist'))) {
      if (!name.endsWith('.cjs')) continue
      expect(readFileSync(join(project, 'node_modules/daemonlint/dist', name), 'utf8')).not.toContain(root)
    }
  })

  it.each(packages)('%s passes publint and attw', (name) => {
    const tarball = tarballs[packages.indexOf(name)]!
    const publint = inProject(join(bin, 'publint'), ['run', '--strict', tarball])
    expect(publint.stdout + publint.stderr).toMatch(/All good/)
    const attw = inProject(join(bin, 'attw'), ['--profile', 'esm-only', '--no-emoji', '--no-color', tarball])
    expect(attw.status, attw.stdout).toBe(0)
  })
})
