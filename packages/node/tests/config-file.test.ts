import { mkdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { configFileNames, findConfigFile, loadConfigFile } from '../src/config-file.ts'
import { temp, write } from './temp.ts'

const rules = { rules: { 'image-tag': 'error' } }

/** The message of what a promise throws, without the directory; it must be a ConfigError. */
async function failure(promise: Promise<unknown>, directory: string): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(error).toMatchObject({ name: 'ConfigError' })
  const { message } = error as Error
  expect(message).not.toMatch(/\n\s+at /)
  return message.replaceAll(directory, 'DIR')
}

function load(text: string, name: string, files: Record<string, string> = {}, options = {}) {
  const directory = temp({ ...files, [name]: text })
  const promise = loadConfigFile(join(directory, name), options)
  return { promise, message: () => failure(promise, directory) }
}

describe('findConfigFile', () => {
  it('finds the nearest one upward', () => {
    const directory = temp({ 'daemonlint.config.yaml': '[]', 'a/b/': '', 'a/daemonlint.config.json': '[]' })
    expect(findConfigFile(join(directory, 'a/b'))).toBe(join(directory, 'a/daemonlint.config.json'))
    mkdirSync(join(directory, 'c'))
    expect(findConfigFile(join(directory, 'c'))).toBe(join(directory, 'daemonlint.config.yaml'))
  })

  it('takes the first name of the list where a folder holds several', () => {
    const directory = temp(Object.fromEntries([...configFileNames].reverse().map((name) => [name, ''])))
    expect(findConfigFile(directory)).toBe(join(directory, 'daemonlint.config.js'))
  })
})

describe('loadConfigFile', () => {
  it.each([
    ['daemonlint.config.yaml', 'rules:\n  image-tag: error\n'],
    ['daemonlint.config.yml', '- rules: { image-tag: error }\n'],
    ['daemonlint.config.json', '\uFEFF{\n\t"rules": { "image-tag": "error" }\n}\n'],
    ['daemonlint.config.js', 'export default { rules: { "image-tag": "error" } }\n'],
    ['daemonlint.config.mjs', 'export default [[{ rules: { "image-tag": "error" } }]]\n'],
    ['daemonlint.config.cjs', 'module.exports = [{ rules: { "image-tag": "error" } }]\n'],
    [
      'daemonlint.config.cjs',
      'exports.__esModule = true; exports.default = { rules: { "image-tag": "error" } }\n',
    ],
    ['daemonlint.config.mjs', 'export default Promise.resolve([{ rules: { "image-tag": "error" } }])\n'],
    [
      'daemonlint.config.ts',
      'const level: string = "error"\nexport default { rules: { "image-tag": level } }\n',
    ],
    ['daemonlint.config.mts', 'export default { rules: { "image-tag": "error" as const } }\n'],
  ])('reads %s', async (name, text) => {
    expect(await load(text, name).promise).toEqual([rules])
  })

  it('reads an ES module in a .js file although package.json says nothing', async () => {
    const text = 'import { level } from "./level.mjs"\nexport default { rules: { "image-tag": level } }\n'
    const files = { 'package.json': '{}', 'level.mjs': 'export const level = "error"\n' }
    expect(await load(text, 'daemonlint.config.js', files).promise).toEqual([rules])
  })

  it('takes an empty list for no rules', async () => {
    expect(await load('[]', 'daemonlint.config.yaml').promise).toEqual([])
  })

  it.each(['mjs', 'cjs'])('reads a .%s file anew when it changed', async (extension) => {
    const name = `daemonlint.config.${extension}`
    const text = (level: string) =>
      `${extension === 'cjs' ? 'module.exports =' : 'export default'} { rules: { a: '${level}' } }`
    const directory = temp({ [name]: text('warn') })
    const path = join(directory, name)
    expect(await loadConfigFile(path)).toEqual([{ rules: { a: 'warn' } }])
    write(directory, { [name]: text('error') })
    utimesSync(path, 1_000_000_000, 1_000_000_000)
    expect(await loadConfigFile(path)).toEqual([{ rules: { a: 'error' } }])
  })

  it.each([
    [
      'daemonlint.config.yaml',
      'rules:\n  - a\n b: c\n',
      /^DIR\/daemonlint\.config\.yaml:3:1: .+\. Correct the syntax\.$/,
    ],
    [
      'daemonlint.config.yaml',
      'rules: {}\nrules: {}\n',
      /yaml:2:1: Map keys must be unique\. Correct the syntax\.$/,
    ],
    ['daemonlint.config.yaml', 'rules: {}\n---\nrules: {}\n', /yaml:2:1: A second document begins\./],
    ['daemonlint.config.yaml', '# later\n', /yaml: It is empty\. Write `extends: daemonlint\/recommended`/],
    [
      'daemonlint.config.yaml',
      '- daemonlint/strict\n',
      /Item 0 of the list is the string daemonlint\/strict, not an object\. A preset is named by `extends: daemonlint\/strict`/,
    ],
    [
      'daemonlint.config.json',
      '{\n  "a": 1,\n}\n',
      /json:3:1: Expected double-quoted property name\. Correct the JSON\.$/,
    ],
    [
      'daemonlint.config.json',
      '{ // why\n"a": 1}',
      /json:1:3: .+ JSON has no comments: remove them, or use YAML\.$/,
    ],
    ['daemonlint.config.json', '[\n1,\n]', /json:3:1: Unexpected token ']'\. Correct the JSON\.$/],
    ['daemonlint.config.json', '{ "a": [1, 2', /json:1:13: .+ Correct the JSON|Correct the syntax\.$/],
    [
      'daemonlint.config.mjs',
      'export const a = 1\n',
      /mjs: It has no default export\. Write `export default \[ … \]`\.$/,
    ],
    [
      'daemonlint.config.mjs',
      'export default () => []\n',
      /mjs: It exports a function\. Export what the function returns/,
    ],
    [
      'daemonlint.config.mjs',
      'export default "strict"\n',
      /mjs: The configuration is the string strict, not an object\./,
    ],
    [
      'daemonlint.config.mjs',
      'const a = 1\n\nthrow new Error("boom")\n',
      /^DIR\/daemonlint\.config\.mjs:3:7: It threw an error: boom\.$/,
    ],
    [
      'daemonlint.config.mjs',
      'export default Promise.reject(new Error("late"))\n',
      /mjs:1:31: It threw an error: late\.$/,
    ],
    [
      'daemonlint.config.cjs',
      'module.exports = nope\n',
      /cjs:1:18: It threw an error: ReferenceError: nope is not defined\.$/,
    ],
    [
      'daemonlint.config.mjs',
      'export default [\n  {,\n]\n',
      /^DIR\/daemonlint\.config\.mjs:2:4: Unexpected token ','\.$/,
    ],
    [
      'daemonlint.config.cjs',
      'module.exports = {\n  a: ,\n}\n',
      /^DIR\/daemonlint\.config\.cjs:2:6: Unexpected token ','\.$/,
    ],
    [
      'daemonlint.config.mjs',
      'import "not-installed/x"\nexport default []\n',
      /mjs: It imports 'not-installed', which is not found from DIR\. Install it there \(npm install not-installed\)\.$/,
    ],
    [
      'daemonlint.config.mjs',
      'import "./nowhere.mjs"\nexport default []\n',
      /mjs: It imports 'DIR\/nowhere\.mjs', which is not found from DIR\. Correct the path\.$/,
    ],
    [
      'daemonlint.config.cjs',
      'require("@not/installed")\n',
      /cjs: It imports '@not\/installed', .+npm install @not\/installed\)\.$/,
    ],
    ['daemonlint.config.ts', 'export default [\n', /^DIR\/daemonlint\.config\.ts/],
  ])('says what is wrong in %s: %j', async (name, text, expected) => {
    expect(await load(text, name).message()).toMatch(expected)
  })

  it('says so when the file is not there', async () => {
    const directory = temp()
    for (const name of ['x.yaml', 'x.mjs']) {
      expect(await failure(loadConfigFile(join(directory, name)), directory)).toMatch(
        /^DIR\/x\.\w+: .*no such file/i,
      )
    }
  })
})

describe('own copies', () => {
  const own = (directory: string) => ({
    'daemonlint-test-own': pathToFileURL(join(directory, 'own.mjs')).href,
    '@daemonlint-test/own': pathToFileURL(join(directory, 'own.cjs')).href,
  })
  const copies = {
    'own.mjs': 'export const defineConfig = (config) => [config]\n',
    'own.cjs': 'exports.defineConfig = (config) => [config]\n',
  }

  it.each([
    [
      'mjs',
      'import { defineConfig } from "daemonlint-test-own"\nexport default defineConfig({ name: "own" })\n',
    ],
    ['js', 'import { defineConfig } from "./more.mjs"\nexport default defineConfig({ name: "own" })\n'],
    ['cjs', 'module.exports = require("@daemonlint-test/own").defineConfig({ name: "own" })\n'],
    [
      'ts',
      'import { defineConfig } from "daemonlint-test-own"\nexport default defineConfig({ name: "own" as string })\n',
    ],
  ])('serve a .%s configuration where nothing is installed', async (extension, text) => {
    const directory = temp(copies)
    const files = { 'more.mjs': 'export * from "daemonlint-test-own"\n' }
    const { promise } = load(text, `daemonlint.config.${extension}`, files, { ownCopies: own(directory) })
    expect(await promise).toEqual([{ name: 'own' }])
  })

  it('give way to what is installed', async () => {
    const installed = (name: string) => `module.exports.defineConfig = () => [{ name: "${name}" }]`
    const files = { 'node_modules/daemonlint-test-own/index.js': installed('installed') }
    const text = 'import { defineConfig } from "daemonlint-test-own"\nexport default defineConfig({})\n'
    const options = { ownCopies: own(temp(copies)) }
    for (const extension of ['mjs', 'ts']) {
      const { promise } = load(text, `daemonlint.config.${extension}`, files, options)
      expect(await promise).toEqual([{ name: 'installed' }])
    }
  })
})

describe('plugins by name', () => {
  const plugin = 'export const rules = { mine: { meta: {}, create: () => ({}) } }\nexport default { rules }\n'

  it('are resolved from the folder of the configuration', async () => {
    const configs = await load('plugins:\n  mine: ./rules/mine.mjs\n', 'daemonlint.config.yaml', {
      'rules/mine.mjs': plugin,
    }).promise
    expect(configs).toEqual([{ plugins: { mine: { rules: { mine: expect.anything() } } } }])
  })

  it.each([
    ['{ "main": "index.js", "type": "module" }'],
    ['{ "exports": { "import": "./index.js" }, "type": "module" }'],
  ])('are found in node_modules: %s', async (manifest) => {
    const files = {
      'node_modules/daemonlint-plugin-mine/package.json': manifest,
      'node_modules/daemonlint-plugin-mine/index.js': plugin,
    }
    const text = 'extends:\n  - plugins: { mine: daemonlint-plugin-mine }\n'
    const [config] = await load(text, 'daemonlint.config.yaml', files).promise
    expect(config?.extends).toEqual([{ plugins: { mine: { rules: { mine: expect.anything() } } } }])
  })

  it.each([
    [
      'plugins: { mine: daemonlint-plugin-none }',
      {},
      /Plugin 'mine' \(daemonlint-plugin-none\) cannot be loaded: it is not found .+; install it \(npm install daemonlint-plugin-none\)\.$/,
    ],
    [
      'plugins: { mine: ./none.js }',
      {},
      /Plugin 'mine' \(\.\/none\.js\) cannot be loaded: it is not found .+; correct the path\.$/,
    ],
    [
      'plugins: { mine: ./mine.mjs }',
      { 'mine.mjs': 'export const a = 1' },
      /exports neither rules nor configs/,
    ],
    [
      'plugins: { mine: ./mine.mjs }',
      { 'mine.mjs': '\nthrow new Error("boom")' },
      /cannot be loaded: DIR\/mine\.mjs:2:7: It threw an error: boom\.$/,
    ],
  ])('say what is wrong with %s', async (text, files, expected) => {
    expect(await load(text, 'daemonlint.config.yaml', files).message()).toMatch(expected)
  })
})

describe('configurations that go wrong in ways of their own', () => {
  it.each([
    ['yaml', '- &a [*a]', /^DIR\/daemonlint.config.yaml: The configuration contains itself/],
    ['yaml', '&a {extends: *a}', /contains itself/],
    ['mjs', 'const a = []; a.push(a); export default a', /contains itself/],
    ['mjs', 'const a = {}; a.extends = [a]; export default a', /contains itself/],
    [
      'mjs',
      'export default new Proxy({}, { ownKeys() { throw new Error("no keys") } })',
      /^DIR\/daemonlint.config.mjs:1:\d+: It threw an error: no keys\./,
    ],
  ])('says so: %s %s', async (extension, text, message) => {
    expect(await load(text, `daemonlint.config.${extension}`).message()).toMatch(message)
  })

  it.each(['await new Promise(() => {})', 'export default new Promise(() => {})'])(
    'waits for %s only so long',
    async (text) => {
      const { message } = load(text, 'daemonlint.config.mjs', {}, { timeout: 50 })
      expect(await message()).toMatch(/^DIR\/daemonlint.config.mjs: It has not finished loading after 0.05 s/)
    },
  )
})

describe('folders that are not trusted', () => {
  const options = { trusted: false }

  it('run no configuration, and no plugin', async () => {
    const program = load('throw new Error("it ran")', 'daemonlint.config.mjs', {}, options)
    expect(await program.message()).toBe(
      'DIR/daemonlint.config.mjs: It is a program, and this folder is not trusted, so that none of it is run.',
    )
    const files = { 'own.mjs': 'throw new Error("it ran")' }
    for (const text of [
      'plugins: { own: ./own.mjs }',
      '- rules: {}\n- extends: [{ plugins: { own: ./own.mjs } }]',
      'extends: { extends: { plugins: { own: ./own.mjs } } }',
    ]) {
      const named = load(text, 'daemonlint.config.yaml', files, options)
      await expect(named.promise).rejects.toMatchObject({ untrusted: true })
      expect(await named.message()).toContain("names the plugin './own.mjs'")
    }
  })

  it('may have configurations that are data', async () => {
    expect(
      await load('extends: daemonlint/strict', 'daemonlint.config.yaml', {}, options).promise,
    ).toHaveLength(1)
  })
})
