import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type PresetName, type Problem, rejections } from '@daemonlint/core'
import { describe, expect, it } from 'vitest'
import plugin, { configs, rules } from '../src/index.ts'
import { presets } from '../src/presets.ts'
import { settings } from '../src/settings.ts'
import { examplesOf, pages } from './examples.ts'
import { nulled, nulledItems, statesEverything, templatedEach } from './fixtures.ts'
import { lintAll, lintWith, show } from './lint.ts'

const folder = fileURLToPath(new URL('../', import.meta.url))
const source = (id: string) => readFileSync(`${folder}src/rules/${id}.ts`, 'utf8')
const all = Object.entries(rules)
const allOn = Object.fromEntries(Object.keys(rules).map((id) => [id, 'warn' as const]))
const names = (path: string, ending: string) =>
  readdirSync(path)
    .filter((file) => file.endsWith(ending) && !['README.md', 'left-out.md'].includes(file))
    .map((file) => file.slice(0, -ending.length))
    .sort()

it('has an entry, a page and a test for every rule, and no others', () => {
  const ids = Object.keys(rules).sort()
  expect(names(`${folder}src/rules`, '.ts')).toEqual(ids)
  expect(names(pages, '.md')).toEqual(ids)
  expect(names(`${folder}tests/rules`, '.test.ts')).toEqual(ids)
})

describe.each(all)('%s', (id, rule) => {
  const { meta } = rule

  it('has a kebab-case name and a file under 120 lines', () => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(source(id).split('\n').length).toBeLessThanOrEqual(120)
  })

  it('describes itself in the imperative, on one line', () => {
    expect(meta.docs.description).toMatch(/^[A-Z][a-z-]+ [^\n]*[^.\n]$/)
    expect(meta.docs.description.split(' ')[0]).not.toMatch(/(s|ing|ed)$/)
    expect(meta.docs.description.length).toBeLessThanOrEqual(100)
  })

  it('says all that its users need to know', () => {
    expect(['problem', 'suggestion']).toContain(meta.type)
    expect(meta.docs.category).toBeTruthy()
    for (const severity of Object.values(meta.docs.presets))
      expect(['info', 'warn', 'error']).toContain(severity)
    if (meta.schema?.length) expect(meta.defaultOptions).toBeDefined()
    for (const other of meta.supersedes ?? []) expect([...Object.keys(rules), ...warnings]).toContain(other)
  })

  it('uses every message, and its tests do too', () => {
    const test = readFileSync(`${folder}tests/rules/${id}.test.ts`, 'utf8')
    const body = source(id).slice(source(id).indexOf('create('))
    for (const [messageId, text] of Object.entries<string>(meta.messages)) {
      expect(text).toMatch(/[^\s.]\.?$/)
      expect(body, messageId).toContain(`'${messageId}'`)
      expect(test, messageId).toContain(`'${messageId}'`)
    }
  })

  it('is fixed automatically only where that rolls no pods, or the finding is more than info', () => {
    if (!meta.fixable || !meta.rollsPods) return
    for (const severity of Object.values(meta.docs.presets)) expect(severity).not.toBe('info')
  })

  it('has all options on its page', () => {
    const page = readFileSync(`${pages}${id}.md`, 'utf8')
    for (const schema of (meta.schema ?? []) as { properties?: object }[]) {
      for (const option of Object.keys(schema.properties ?? {})) expect(page).toContain(`\`${option}\``)
    }
    expect(page).toMatch(/^## Why it matters$/m)
    expect(page).toMatch(/^## When not to use it$/m)
    expect(page).toMatch(/^## Sources$/m)
  })
})

it('runs where any field is null', () => {
  const texts = [statesEverything, ...all.flatMap(([id]) => examplesOf(id).map(({ text }) => text))]
  // Most examples share most of their lines.
  for (const text of new Set(texts.flatMap(nulled))) expect(() => lintWith(text, allOn)).not.toThrow()
}, 60_000)

it('runs where any item of a list is null', () => {
  const texts = nulledItems()
  expect(texts.length).toBeGreaterThan(80)
  for (const text of texts) expect(() => lintWith(text, allOn), text).not.toThrow()
}, 60_000)

// All at once is what the rules' tester asks of their own cases; a patch that states nothing as well.
/** What the API server warns of, and a rule may say better. */
const warnings = Object.entries(rejections).flatMap(([id, { accepted }]) =>
  accepted ? [`api-server/${id}`] : [],
)

describe('with one scalar templated no rule says more than without', () => {
  const texts = all.flatMap(([id]) =>
    examplesOf(id).map(({ text, options, line }) => ({
      name: `${id}.md:${line}`,
      text,
      own: { [id]: options },
    })),
  )
  it.each([...texts, { name: 'every field', text: statesEverything, own: {} }])('$name', ({ text, own }) => {
    const known = new Set(lintAll(text, own).map(identity))
    for (const templated of templatedEach(text)) {
      const found = lintAll(templated.text, own)
      expect(found.filter((problem) => !known.has(identity(problem))).map(show), templated.path).toEqual([])
      for (const { message, suggestions = [] } of found) {
        expect([message, ...suggestions.map((one) => one.message)].join('\n')).not.toContain('{{')
      }
    }
  })
})

it('runs on the examples of all rules, and finds the same in one run as in many', () => {
  for (const [id] of all) {
    for (const { text } of examplesOf(id)) {
      const together = lintWith(text, allOn)
      for (const problem of together) {
        const alone = lintWith(text, { [problem.ruleId]: 'warn' })
        if (!problem.rejected) expect(alone.map(show)).toContain(show(problem))
      }
    }
  }
}, 60_000)

/** Where and what it is, whatever has moved. */
function identity({ ruleId, field }: Problem): string {
  return `${ruleId} ${field}`
}

it('has all settings in the documentation', () => {
  const page = readFileSync(`${folder}../docs/configuration.md`, 'utf8')
  const names = (schema: { type: string; properties?: object; items?: { properties?: object } }) => [
    ...Object.keys(schema.properties ?? {}),
    ...Object.keys(schema.items?.properties ?? {}),
  ]
  for (const [name, schema] of Object.entries(settings)) {
    expect(page).toContain(`### \`${name}\``)
    for (const property of names(schema))
      expect(page, property).toMatch(new RegExp(`^- \`${property}\\b`, 'm'))
  }
})

describe('presets', () => {
  const order = ['info', 'warn', 'error']

  it.each(['recommended', 'security', 'reliability'] as const)(
    'strict holds all of %s, at least as severe',
    (preset) => {
      const strict = configs.strict.rules as Record<string, string>
      for (const [id, severity] of Object.entries(configs[preset].rules as Record<string, string>)) {
        expect(order.indexOf(strict[id] ?? ''), id).toBeGreaterThanOrEqual(order.indexOf(severity))
      }
    },
  )

  it('those for a kind of agents hold recommended and more, and are never less severe', () => {
    for (const [name, { base }] of Object.entries(presets)) {
      if (!base) continue
      const held = configs[name as PresetName].rules as Record<string, string>
      expect(held, name).not.toEqual(configs[base].rules)
      for (const [id, severity] of Object.entries(configs[base].rules as Record<string, string>)) {
        expect(order.indexOf(held[id] ?? ''), `${name} ${id}`).toBeGreaterThanOrEqual(order.indexOf(severity))
      }
    }
  })

  it('are there with their major version as well', () => {
    expect(configs['recommended@1']).toEqual({ ...configs.recommended, name: 'daemonlint/recommended@1' })
    expect(Object.keys(configs)).toHaveLength(2 * Object.keys(presets).length)
  })

  it('every rule belongs to strict or says on its page why it does not', () => {
    for (const [id, { meta }] of all) {
      if (meta.docs.presets.strict) continue
      expect(readFileSync(`${pages}${id}.md`, 'utf8'), id).toMatch(/preset/)
    }
  })

  it('come with the plugin', () => {
    expect(plugin.meta.name).toBe('daemonlint')
    expect(plugin.configs).toBe(configs)
    expect(plugin.rules).toBe(rules)
  })
})
