import { rejections } from '@daemonlint/core'
import builtin from '@daemonlint/rules'
import { describe, expect, it } from 'vitest'
import daemonlint from '../src/index.ts'
import { eslintOf, lintText, majors, only } from './eslint.ts'
import { daemonSet } from './manifests.ts'

describe('the plugin', () => {
  it('says what it is', () => {
    expect(daemonlint.meta).toEqual({
      name: 'eslint-plugin-daemonlint',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      namespace: 'daemonlint',
    })
    expect(Object.keys(daemonlint.languages)).toEqual(['yaml'])
  })

  it('has every rule, and everything that the API server says', () => {
    const ids = [
      ...Object.keys(builtin.rules),
      ...Object.keys(rejections).map((id) => `api-server/${id}`),
      'unused-directive',
    ]
    expect(Object.keys(daemonlint.rules).sort()).toEqual(ids.sort())
  })

  it('has every preset, with the severities that ESLint knows', () => {
    expect(Object.keys(daemonlint.configs)).toEqual(['yaml', ...Object.keys(builtin.configs)])
    const { rules } = daemonlint.configs.recommended
    for (const [id, severity] of Object.entries(builtin.configs.recommended.rules ?? {})) {
      expect(rules![`daemonlint/${id}`], id).toBe(severity === 'info' ? 'warn' : severity)
    }
    expect(rules).toMatchObject({
      'daemonlint/api-server/unknown-field': 'error',
      'daemonlint/api-server/deprecated-volume': 'warn',
      'daemonlint/unused-directive': 'warn',
    })
    const known = Object.keys(builtin.configs.strict.rules ?? {}).length
    expect(Object.keys(daemonlint.configs.strict.rules!)).toHaveLength(
      known + Object.keys(rejections).length + 1,
    )
  })

  it('sets a language in `yaml` alone, so that no preset takes YAML from another plugin', () => {
    for (const [name, config] of Object.entries(daemonlint.configs)) {
      expect(config.language, name).toBe(name === 'yaml' ? 'daemonlint/yaml' : undefined)
      expect(config.name).toBe(`daemonlint/${name}`)
      expect(config.files).toEqual(['**/*.yaml', '**/*.yml'])
    }
  })

  it('describes its rules to tools', () => {
    const { meta } = daemonlint.rules['image-tag']!
    expect(meta).toMatchObject({
      type: 'problem',
      docs: {
        description: 'Require an image tag or digest that does not move',
        category: 'images',
        recommended: true,
      },
      messages: { untagged: expect.stringContaining('{{container}}') },
      schema: [{ type: 'object' }],
      defaultOptions: [{ floatingTags: [] }],
      hasSuggestions: true,
    })
    expect(meta).not.toHaveProperty('fixable')
    expect(daemonlint.rules['deprecated-node-label']!.meta!.fixable).toBe('code')
    expect(daemonlint.rules['api-server/unknown-field']!.meta).toMatchObject({
      hasSuggestions: true,
      schema: [],
    })
  })
})

describe.each(majors)('ESLint $major', ({ ESLint }) => {
  it('takes every rule with its schema and defaults', async () => {
    const every = only(...Object.keys(daemonlint.rules))
    const config = await eslintOf({ ESLint, configs: [every] }).calculateConfigForFile('ds.yaml')
    expect(Object.keys(config.rules)).toHaveLength(Object.keys(daemonlint.rules).length)
    const { messages } = await lintText(daemonSet(), { ESLint, configs: [every] })
    expect(messages.length).toBeGreaterThan(5)
    expect(messages.filter(({ fatal }) => fatal)).toEqual([])
  })

  it('hands options to rules, and refuses those that they do not take', async () => {
    const text = daemonSet({ image: 'example.com/agent:stable' })
    const run = (...options: unknown[]) =>
      lintText(text, { ESLint, configs: [only(['image-tag', ['error', ...options]])] })
    expect((await run()).messages).toEqual([])
    expect((await run({ floatingTags: ['stable'] })).messages).toMatchObject([
      { ruleId: 'daemonlint/image-tag', line: 12, severity: 2 },
    ])
    await expect(run({ floatingTag: ['stable'] })).rejects.toThrow(/floatingTag/)
  })

  it('takes presets by `extends`, for some files', async () => {
    const { defineConfig } = await import('eslint/config')
    const configs = defineConfig([
      {
        files: ['k8s/**/*.yaml'],
        plugins: { daemonlint },
        language: 'daemonlint/yaml',
        extends: ['daemonlint/recommended'],
      },
    ])
    const eslint = eslintOf({ ESLint, base: [], configs })
    const [inside] = await eslint.lintText(daemonSet(), { filePath: 'k8s/ds.yaml' })
    expect(inside!.messages.map(({ ruleId }) => ruleId)).toContain('daemonlint/image-tag')
    expect(await eslint.isPathIgnored('ds.yaml')).toBe(true)
  })
})
