import { join } from 'node:path'
import { type Config, defineRule, type Plugin } from '@daemonlint/core'
import { describe, expect, it } from 'vitest'
import { createConfigLookup, type LookupOptions } from '../src/config-lookup.ts'
import { findFiles } from '../src/find-files.ts'
import { temp } from './temp.ts'

const rule = defineRule({
  meta: {
    type: 'problem',
    docs: { description: 'x', category: 'images', presets: {} },
    messages: { a: 'a' },
  },
  create: () => ({}),
})
const builtin: Plugin = {
  rules: { 'image-tag': rule, privileged: rule },
  configs: {
    recommended: [{ rules: { 'image-tag': 'warn' } }],
    strict: [{ rules: { privileged: 'error' } }],
  },
}

function lookup(cwd: string, options: Partial<LookupOptions> = {}) {
  const found = createConfigLookup({ cwd, builtin, ...options })
  const rules = async (path: string) => {
    const config = await found.forFile(join(cwd, path))
    if (config.ignored) return 'ignored'
    return Object.values(config.rules).map(({ id, severity }) => `${id} ${severity}`)
  }
  return { ...found, rules }
}

describe('createConfigLookup', () => {
  it('takes `recommended` where there is no configuration, and nothing for an empty one', async () => {
    const cwd = temp({ 'x/': '', 'none/daemonlint.config.js': 'export default []\n' })
    const { rules, forFile, loaded } = lookup(cwd)
    expect(await rules('x/a.yaml')).toEqual(['image-tag warn'])
    expect(await rules('none/a.yaml')).toEqual([])
    expect((await forFile(join(cwd, 'none/a.yaml'))).ignored).toBe(false)
    expect((await loaded()).map(({ filePath }) => filePath)).toEqual([
      undefined,
      join(cwd, 'none/daemonlint.config.js'),
    ])
  })

  it('takes the nearest one, whose patterns start at its folder', async () => {
    const cwd = temp({
      'daemonlint.config.yaml': 'rules: { image-tag: error }\n',
      'apps/daemonlint.config.json': JSON.stringify([
        { extends: 'daemonlint/strict' },
        { files: ['agents/*.yaml'], rules: { 'image-tag': 'info' } },
        { ignores: ['old/'] },
      ]),
    })
    const { rules } = lookup(cwd)
    expect(await rules('a.yaml')).toEqual(['image-tag error'])
    expect(await rules('apps/a.yaml')).toEqual(['privileged error'])
    expect(await rules('apps/agents/a.yaml')).toEqual(['privileged error', 'image-tag info'])
    expect(await rules('apps/old/deep/a.yaml')).toBe('ignored')
  })

  it('takes one given by name for all files, its patterns from the working directory', async () => {
    const cwd = temp({
      'daemonlint.config.yaml': '[]',
      'conf/mine.yaml':
        '- files: ["apps/*.yaml"]\n  rules: { privileged: warn }\n- rules: { image-tag: info }\n',
      'apps/daemonlint.config.yaml': 'broken: [',
    })
    const { rules } = lookup(cwd, { configPath: 'conf/mine.yaml' })
    expect(await rules('apps/a.yaml')).toEqual(['privileged warn', 'image-tag info'])
    expect(await rules('a.yaml')).toEqual(['image-tag info'])
    expect(await rules('../outside.yaml')).toEqual(['image-tag info'])
    expect(await lookup(cwd, { lookup: false }).rules('apps/a.yaml')).toEqual(['image-tag warn'])
  })

  it('puts arguments on top', async () => {
    const cwd = temp({ 'daemonlint.config.yaml': 'rules: { image-tag: error }\n' })
    const overrides: Config[] = [
      { name: '--rule', rules: { 'image-tag': 'off' } },
      { settings: { kubernetesVersion: '1.30' } },
    ]
    const { rules, forFile } = lookup(cwd, { overrides })
    expect(await rules('a.yaml')).toEqual(['image-tag off'])
    expect((await forFile(join(cwd, 'a.yaml'))).kubernetesVersions).toEqual(['1.30'])
    await expect(
      lookup(cwd, { overrides: { name: '--rule', rules: { nope: 'off' } } }).rules('a.yaml'),
    ).rejects.toThrow(/^--rule: rules names 'nope'/)
  })

  it('loads plugins by name', async () => {
    const plugin =
      'export default { rules: { one: { meta: { type: "problem", docs: {}, messages: {} }, create: () => ({}) } } }\n'
    const cwd = temp({
      'daemonlint.config.yml': 'plugins: { mine: ./p.mjs }\nrules: { mine/one: warn }\n',
      'p.mjs': plugin,
    })
    expect(await lookup(cwd).rules('a.yaml')).toEqual(['mine/one warn'])
  })

  it('says where a configuration is wrong', async () => {
    const cwd = temp({ 'daemonlint.config.yaml': 'rules: { image-tga: error }\n' })
    const path = join(cwd, 'daemonlint.config.yaml')
    await expect(lookup(cwd).rules('a.yaml')).rejects.toMatchObject({
      name: 'ConfigError',
      message: expect.stringMatching(new RegExp(`^${path}: .*image-tga.*Did you mean 'image-tag'`)),
    })
  })

  it('gives the same object to files for which the same holds', async () => {
    const cwd = temp({ 'daemonlint.config.yaml': 'rules: { image-tag: error }\n', 'a/': '' })
    const { forFile } = lookup(cwd)
    expect(await forFile(join(cwd, 'a/x.yaml'))).toBe(await forFile(join(cwd, 'y.yaml')))
  })

  it('keeps a walk out of what is ignored', async () => {
    const cwd = temp({
      'daemonlint.config.yaml': '- ignores: ["vendor/", "**/*.gen.yaml", "!keep.gen.yaml"]\n',
      'a.yaml': '',
      'x.gen.yaml': '',
      'keep.gen.yaml': '',
      'vendor/daemonlint.config.cjs': 'throw new Error("must not run")\n',
      'vendor/deep/a.yaml': '',
      'own/vendor/a.yaml': '',
      'own/daemonlint.config.yaml': '- ignores: ["*.json"]\n',
      'own/a.json': '',
      'own/x.gen.yaml': '',
    })
    const ignores = createConfigLookup({ cwd, builtin })
    const { files, ignored } = await findFiles(['.', 'x.gen.yaml'], { cwd, ignores })
    expect(files.map((path) => path.slice(cwd.length + 1))).toEqual([
      'a.yaml',
      'keep.gen.yaml',
      'own/vendor/a.yaml',
      'own/x.gen.yaml',
    ])
    expect(ignored).toEqual([join(cwd, 'x.gen.yaml')])
  })
})
