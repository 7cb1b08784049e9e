import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { daemonlint, daemonSet, folder, lintJson } from './command.ts'

const latest = daemonSet({ image: 'agent:latest' })

describe('configuration files', () => {
  const off: [string, string][] = [
    ['daemonlint.config.yaml', 'rules:\n  image-tag: off\n'],
    ['daemonlint.config.yml', '- rules: { image-tag: off }\n'],
    [
      'daemonlint.config.json',
      '[{ "extends": ["daemonlint/recommended"], "rules": { "image-tag": "off" } }]',
    ],
    ['daemonlint.config.js', `export default [{ rules: { 'image-tag': 'off' } }]`],
    [
      'daemonlint.config.mjs',
      `export default [{ extends: 'daemonlint/strict', rules: { 'image-tag': 'off' } }]`,
    ],
    ['daemonlint.config.cjs', `module.exports = [{ rules: { 'image-tag': 0 } }]`],
  ]

  it.each(off)('%s turns a rule off', (name, text) => {
    const cwd = folder({ 'ds.yaml': latest, [name]: text })
    const run = lintJson(['ds.yaml'], { cwd })
    expect(run.stderr).toBe('')
    expect(run.rules).not.toContain('image-tag')
  })

  it('runs the recommended rules without one, and none for an empty list', () => {
    expect(lintJson(['ds.yaml'], { cwd: folder({ 'ds.yaml': latest }) }).rules).toEqual(['image-tag'])
    const cwd = folder({
      'ds.yaml': latest.replace('nodeSelector:', 'nodeSelectors:'),
      'daemonlint.config.js': 'export default []',
    })
    expect(lintJson(['ds.yaml'], { cwd }).rules).toEqual(['api-server/unknown-field'])
  })

  it('reads an ES module in a .js file without a warning, although package.json says nothing', () => {
    const text = `export default [{ rules: { 'image-tag': 'error' } }]`
    const cwd = folder({ 'ds.yaml': latest, 'package.json': '{}', 'daemonlint.config.js': text })
    expect(lintJson(['ds.yaml'], { cwd })).toMatchObject({ stderr: '', rules: ['image-tag'], status: 1 })
  })

  it('takes the nearest one upward from each file', () => {
    const cwd = folder({
      'daemonlint.config.yaml': 'extends: daemonlint/recommended\nrules: { image-tag: error }',
      'a/ds.yaml': latest,
      'b/ds.yaml': latest,
      'b/daemonlint.config.json': '{ "rules": {} }',
    })
    const { results } = lintJson(['.'], { cwd })
    const counts = Object.fromEntries(results.map((result) => [result.filePath, result.errorCount]))
    expect(counts).toEqual({ [join(cwd, 'a/ds.yaml')]: 1, [join(cwd, 'b/ds.yaml')]: 0 })
    expect(lintJson(['--no-config-lookup', '.'], { cwd }).results.map((one) => one.warningCount)).toEqual([
      1, 1,
    ])
    const named = lintJson(['--config', 'b/daemonlint.config.json', '.'], { cwd })
    expect(named.found).toEqual([])
  })

  it('serves its own copies where nothing is installed', () => {
    const cwd = folder({
      'ds.yaml': latest,
      'daemonlint.config.mjs': `
        import { defineConfig, defineRule } from 'daemonlint'
        import { defineRule as again } from '@daemonlint/core/define'
        import { lint } from '@daemonlint/core'
        import { RuleTester } from '@daemonlint/core/rule-tester'
        import { findConfigFile } from '@daemonlint/node'
        import daemonlint, { rules } from '@daemonlint/rules'
        const shout = defineRule({
          meta: {
            type: 'suggestion',
            docs: { description: 'Say it', category: 'metadata', presets: {} },
            messages: { said: '{{name}} is here, as {{ all }}' },
          },
          create: (context) => ({
            daemonSet(node) {
              const all = [again, lint, RuleTester, findConfigFile].map((value) => typeof value).join()
              context.report({ node, path: ['metadata', 'name'], messageId: 'said', data: { name: node.name, all } })
            },
          }),
        })
        export default defineConfig(daemonlint.configs.recommended, {
          plugins: { mine: { rules: { shout, tag: rules['image-tag'] } } },
          rules: { 'mine/shout': 'error', 'mine/tag': 'error', 'image-tag': 'off' },
        })
      `,
    })
    const run = lintJson(['ds.yaml'], { cwd })
    expect(run.stderr).toBe('')
    expect(run.rules).toEqual(['mine/shout', 'mine/tag'])
    expect(run.results[0]!.messages[0]!.message).toBe('agent is here, as function,function,function,function')
  })

  it('loads a plugin named by a path', () => {
    const cwd = folder({
      'ds.yaml': latest,
      'plugin.cjs': `module.exports = { rules: { no: { meta: { type: 'problem', docs: { description: 'x', category: 'metadata', presets: {} }, messages: { no: 'No.' } },
        create: (context) => ({ daemonSet(node) { context.report({ node, path: ['kind'], messageId: 'no' }) } }) } } }`,
      'daemonlint.config.yaml': 'plugins: { mine: ./plugin.cjs }\nrules: { mine/no: error, image-tag: off }',
    })
    expect(lintJson(['ds.yaml'], { cwd }).rules).toEqual(['mine/no'])
  })

  const broken: [string, string, string, RegExp][] = [
    ['broken YAML', 'daemonlint.config.yaml', 'rules: {image-tag: off', /daemonlint\.config\.yaml:\d+/],
    ['broken JSON', 'daemonlint.config.json', '{ "rules": ', /daemonlint\.config\.json/],
    ['a syntax error in JavaScript', 'daemonlint.config.mjs', 'export default [', /daemonlint\.config\.mjs/],
    ['JavaScript that throws', 'daemonlint.config.mjs', 'throw new Error("out of milk")', /out of milk/],
    ['CommonJS that throws', 'daemonlint.config.cjs', 'null.x', /daemonlint\.config\.cjs/],
    ['JavaScript without an export', 'daemonlint.config.mjs', 'const x = 1', /default export/],
    ['a missing import', 'daemonlint.config.mjs', 'import "nowhere-to-be-found"', /nowhere-to-be-found/],
    ['an empty file', 'daemonlint.config.yaml', '', /empty/],
    ['a list of text', 'daemonlint.config.json', '["daemonlint/recommended"]', /extends/],
    ['an unknown key', 'daemonlint.config.yaml', 'rulez: {}', /rulez.*rules/],
    ['an unknown rule', 'daemonlint.config.yaml', 'rules: { image-tags: off }', /image-tags.*image-tag/],
    ['an unknown severity', 'daemonlint.config.yaml', 'rules: { image-tag: loud }', /image-tag.*loud/],
    [
      'an unknown preset',
      'daemonlint.config.yaml',
      'extends: daemonlint/recomended',
      /recomended.*recommended/,
    ],
    [
      'an unknown plugin',
      'daemonlint.config.yaml',
      'plugins: { x: not-installed-here }',
      /not-installed-here/,
    ],
    [
      'bad options',
      'daemonlint.config.yaml',
      'rules: { image-tag: [warn, { nope: true }] }',
      /image-tag.*nope/s,
    ],
    ['an unknown version', 'daemonlint.config.yaml', "settings: { kubernetesVersion: '9.9' }", /9\.9/],
  ]
  it.each(broken)('is 2 with the reason for %s', (_, name, text, reason) => {
    const cwd = folder({ 'ds.yaml': latest, [name]: text })
    const run = daemonlint(['ds.yaml'], { cwd })
    expect(run.stderr).toMatch(reason)
    expect(run.stderr).toContain(name)
    expect(run).toMatchObject({ status: 2, stdout: '' })
  })

  it('says which rule of which plugin broke', () => {
    const cwd = folder({
      'ds.yaml': latest,
      'daemonlint.config.mjs': `export default [{ plugins: { mine: { rules: { bad: { meta: { type: 'problem', docs: { description: 'x', category: 'metadata', presets: {} }, messages: {} },
        create: () => ({ daemonSet() { throw new TypeError('boom') } }) } } } }, rules: { 'mine/bad': 'error' } }]`,
    })
    const run = daemonlint(['ds.yaml'], { cwd })
    expect(run.status).toBe(2)
    expect(run.stderr).toMatch(/mine\/bad/)
    expect(run.stderr).toMatch(/boom/)
    expect(run.stderr).toMatch(/DAEMONLINT_DEBUG/)
  })

  it('prints the configuration of a file', () => {
    const cwd = folder({
      'daemonlint.config.yaml':
        "rules: { image-tag: [error, { floatingTags: [stable] }] }\nsettings: { kubernetesVersion: '1.31' }",
    })
    const run = daemonlint(['--print-config', 'ds.yaml', '--rule', 'memory-limit: off'], { cwd })
    expect(run.status).toBe(0)
    expect(JSON.parse(run.stdout)).toMatchObject({
      rules: { 'image-tag': ['error', { floatingTags: ['stable'] }] },
      settings: { kubernetesVersion: ['1.31'] },
    })
  })

  it('lets a later rule, an argument too, override an entry for certain resources', () => {
    const entry = '- resources: [{ name: agent }]\n  rules: { image-tag: error, memory-limit: error }\n'
    const cwd = folder({
      'ds.yaml': daemonSet({ name: 'agent', image: 'a:latest' }),
      'daemonlint.config.yaml': `${entry}- rules: { image-tag: off }\n`,
    })
    const flags = ['--rule', 'memory-limit: off']
    const { rules, resources } = JSON.parse(
      daemonlint(['--print-config', 'ds.yaml', ...flags], { cwd }).stdout,
    )
    expect([rules, resources]).toEqual([{ 'image-tag': 'off', 'memory-limit': 'off' }, []])
    const run = lintJson(['ds.yaml', ...flags], { cwd })
    expect(run.results.flatMap((result) => result.messages)).toEqual([])
    expect(run.stderr).toBe('')
  })

  it('reports entries for resources that match nothing in the whole run', () => {
    const entry = (name: string) =>
      `resources: [{ kind: DaemonSet, name: ${name} }]\n  rules: { image-tag: off }\n  reason: it is pinned elsewhere\n`
    const cwd = folder({
      'a.yaml': daemonSet({ name: 'a', image: 'a:latest' }),
      'b.yaml': daemonSet({ name: 'b', image: 'b:latest' }),
      'daemonlint.config.yaml': `- extends: daemonlint/recommended\n- ${entry('b')}- ${entry('gone')}`,
    })
    const run = lintJson(['.'], { cwd })
    expect(run.results.map((result) => result.messages.map((message) => message.ruleId))).toEqual([
      ['image-tag'],
      [],
    ])
    expect(run.results[1]!.suppressedMessages[0]!.suppressions[0]!.justification).toBe(
      'it is pinned elsewhere',
    )
    expect(run.stderr).toMatch(/image-tag/)
    expect(run.stderr.trim().split('\n')).toHaveLength(1)
  })
})
