import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkPresets, loadPresets } from '../src/cli/plugins.ts'
import { put, temporaryFolder } from './temporary.ts'

const preset = {
  name: 'mine',
  title: 'Mine',
  category: 'custom',
  summary: 'does something',
  images: { agent: { repository: 'registry.example.com/mine', tag: '1.0.0' } },
  namespace: 'mine',
  controlPlane: false,
  priorityClass: '',
  rollout: { maxUnavailable: '1', minReadySeconds: 0 },
  resources: { cpu: '1m', memory: '16Mi', memoryLimit: '32Mi' },
  why: { rollout: 'One by one.' },
}

function moduleOf(name: string): string {
  return `export const presets = [{ ...${JSON.stringify({ ...preset, name })}, build: () => ({ containers: [{ name: 'mine' }] }) }]\n`
}

/** A folder with a package in it. */
function withPackage(manifest: object, files: Record<string, string>): string {
  const folder = temporaryFolder()
  put(folder, [
    { path: 'node_modules/house/package.json', contents: JSON.stringify({ name: 'house', ...manifest }) },
    ...Object.entries(files).map(([path, contents]) => ({ path: `node_modules/house/${path}`, contents })),
  ])
  return folder
}

const namesOf = async (name: string, folder: string) =>
  (await loadPresets([name], folder)).map((one) => one.name)

describe('loadPresets', () => {
  it.each([
    ['for import alone', { type: 'module', exports: { '.': { import: './index.js' } } }],
    ['of ES modules', { type: 'module', exports: './index.js' }],
    ['with a main file', { type: 'module', main: 'index.js' }],
  ])('loads a package %s', async (_, manifest) => {
    const folder = withPackage(manifest, { 'index.js': moduleOf('packed') })
    expect(await namesOf('house', folder)).toEqual(['packed'])
  })

  it('takes the package, not a folder of that name', async () => {
    const folder = withPackage({ type: 'module', exports: './index.js' }, { 'index.js': moduleOf('packed') })
    mkdirSync(join(folder, 'house'))
    expect(await namesOf('house', folder)).toEqual(['packed'])
  })

  it('loads a file, with a dot in front or without', async () => {
    const folder = temporaryFolder()
    const [path = ''] = put(folder, [{ path: 'presets.mjs', contents: moduleOf('filed') }])
    for (const name of ['./presets.mjs', 'presets.mjs', path])
      expect(await namesOf(name, folder)).toEqual(['filed'])
  })

  it('says why one cannot be loaded', async () => {
    const folder = withPackage(
      { type: 'module', exports: './index.js' },
      { 'index.js': 'throw new Error("no luck")' },
    )
    put(folder, [{ path: 'none.mjs', contents: 'export const rules = {}' }])
    await expect(loadPresets(['house'], folder)).rejects.toThrow(
      /^--plugin house: it cannot be loaded: .*no luck/,
    )
    await expect(loadPresets(['nowhere'], folder)).rejects.toThrow(
      `--plugin nowhere: it cannot be loaded: there is neither a package nor a file of that name, seen from ${folder}.`,
    )
    await expect(loadPresets(['./nowhere.mjs'], folder)).rejects.toThrow(
      /^--plugin \.\/nowhere\.mjs: it cannot be loaded: .*no such file/i,
    )
    await expect(loadPresets(['./none.mjs'], folder)).rejects.toThrow(
      /^--plugin \.\/none\.mjs: it exports no list of presets/,
    )
  })
})

describe('checkPresets', () => {
  const build = () => ({ containers: [{ name: 'mine' }] })

  it.each([
    ['images.agent', { images: {} }],
    ['images.agent', { images: { agent: { repository: 'a' } } }],
    ['controlPlane', { controlPlane: undefined }],
    ['priorityClass', { priorityClass: undefined }],
  ])('says that %s is missing', (what, other) => {
    expect(() => checkPresets('house', [{ ...preset, build, ...other }])).toThrow(
      `house: the preset mine lacks ${what}`,
    )
  })

  it('takes a preset without questions', () => {
    expect(checkPresets('house', [{ ...preset, build }])).toMatchObject([{ questions: {} }])
  })
})
