import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { daemonlint, daemonSet, folder, lintJson, service } from './command.ts'

const latest = daemonSet({ image: 'agent:latest' })
const refused = daemonSet().replace('nodeSelector:', 'nodeSelectors:')

describe('what nothing was checked for', () => {
  it('claims nothing of what was not looked at', () => {
    const cwd = folder({ 's.yaml': service })
    const run = daemonlint(['s.yaml'], { cwd })
    expect(run.stdout).toBe('1 file read, 0 workloads checked.\n')
    expect(run.stderr).toBe('daemonlint: Nothing was checked: there is no DaemonSet in s.yaml.\n')
  })

  it('names --ignore-pattern where it is the reason', () => {
    const cwd = folder({ 'a.yaml': daemonSet(), 'daemonlint.config.yaml': 'ignores: [b.yaml]', 'b.yaml': '' })
    const run = (...args: string[]) => daemonlint(args, { cwd }).stderr
    expect(run('--ignore-pattern', 'a.yaml', 'a.yaml')).toBe(
      'daemonlint: a.yaml is ignored by --ignore-pattern.\n',
    )
    expect(run('--ignore-pattern', 'a.yaml', 'b.yaml')).toBe(
      'daemonlint: b.yaml is ignored by the configuration.\n',
    )
  })

  it('says that git ignores all there is', () => {
    const cwd = folder({ '.gitignore': '*.yaml\n', 'a.yaml': daemonSet() })
    mkdirSync(join(cwd, '.git'))
    const run = daemonlint(['.'], { cwd })
    expect(run.stderr).toBe("daemonlint: All .yaml, .yml or .json files in '.' are ignored by git.\n")
    expect(run.status).toBe(2)
    expect(daemonlint(['--no-ignore', '.'], { cwd }).status).toBe(0)
  })

  it.each(['${EXTRA}: 1\n', '{{- if .x }}\na: b\n{{- end }}\n'])(
    'speaks of templates of any kind: %j',
    (text) => {
      const cwd = folder({ 't.yaml': `kind: DaemonSet\n${text}` })
      expect(daemonlint(['t.yaml'], { cwd }).stderr).toBe(
        'daemonlint: Nothing was checked: t.yaml is a template, whose structure shows only once its placeholders are filled in. Lint what it renders to, for example: daemonlint --helm CHART\n',
      )
    },
  )

  it('points from - to --stdin', () => {
    const run = daemonlint(['-'], { input: latest })
    expect(run).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('--stdin') })
  })
})

describe('rules', () => {
  const plugin = (body: string) =>
    `export default [{ extends: 'daemonlint/recommended' }, { plugins: { mine: { rules: { bad: {
      meta: { type: 'problem', docs: { description: 'x', category: 'metadata', presets: {} }, messages: {} },
      create: () => ({ daemonSet(node) { ${body} } }) } } } }, rules: { 'mine/bad': 'error' } }]`

  it('that break are named with their file, and the other files are reported', () => {
    const cwd = folder({
      'a.yaml': daemonSet({ name: 'a' }),
      'b.yaml': latest,
      'c.yaml': daemonSet({ name: 'a' }),
      'daemonlint.config.mjs': plugin(`if (node.name === 'a') throw new TypeError('boom')`),
    })
    const run = lintJson(['.'], { cwd })
    expect(run.status).toBe(2)
    expect(run.rules).toEqual(['image-tag'])
    expect(run.stderr).toBe(
      "daemonlint: Rule 'mine/bad' failed at a.yaml:1, and in 1 file more: boom. DAEMONLINT_DEBUG=1 prints where.\n",
    )
  })

  it('given by --rule are told from those of files', () => {
    const cwd = folder({ 'ds.yaml': latest, 'daemonlint.config.yaml': '- rules: {}\n- rules: {}\n' })
    const { stderr } = daemonlint(['--rule', 'image-tags: off', 'ds.yaml'], { cwd })
    expect(stderr).toBe(
      "daemonlint: --rule: rules names 'image-tags', which is no rule. Did you mean 'image-tag'?\n",
    )
  })

  it('cannot turn off what the API server refuses, and it is said, once', () => {
    const said = (files: Record<string, string>, ...args: string[]) =>
      daemonlint([...args, '.'], { cwd: folder({ 'a.yaml': refused, 'b.yaml': refused, ...files }) }).stderr
    const off = { 'daemonlint.config.yaml': 'rules: { api-server/unknown-field: off }' }
    const message =
      "daemonlint: Setting 'api-server/unknown-field' has no effect: the API server refuses the manifest all the same. linterOptions.allowRejected: true lets it count.\n"
    expect(said(off)).toBe(message)
    expect(said({}, '--rule', 'api-server/unknown-field: off')).toBe(message)
    const entry = {
      'daemonlint.config.yaml':
        '- resources: [{ name: agent }]\n  rules: { api-server/unknown-field: warn }\n',
    }
    expect(said(entry)).toBe(message)
    const allowed = {
      'daemonlint.config.yaml':
        'rules: { api-server/unknown-field: off }\nlinterOptions: { allowRejected: true }',
    }
    expect(said(allowed)).toBe('')
    expect(said({}, '--rule', 'api-server/unknown-field: error')).toBe('')
    expect(said({}, '--rule', 'api-server/ignored-text: off')).toBe('')
  })
})

describe('the list of rules', () => {
  interface Listed {
    id: string
    category: string
    description: string
    presets: Record<string, string>
  }
  const listed = JSON.parse(daemonlint(['rules', '--format', 'json']).stdout) as Listed[]
  const { status, stdout, stderr } = daemonlint(['rules'])
  const lines = stdout.split('\n')

  it('has each rule once, below its category, with its severities', () => {
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(listed.map(({ id }) => id)).toContain('image-tag')
    for (const { id, category, description, presets } of listed) {
      const [line = '', ...more] = lines.filter((one) => one.startsWith(`  ${id} `))
      expect(more, id).toEqual([])
      const [, recommended, strict] = line.trim().split(/ +/)
      expect([recommended, strict], id).toEqual([presets.recommended ?? '–', presets.strict ?? '–'])
      expect(line, id).toContain(description)
      const heading = lines.slice(0, lines.indexOf(line)).findLast((one) => /^\S/.test(one))
      expect(heading, id).toMatch(new RegExp(`^${category} +recommended +strict$`))
    }
  })

  it('names the other presets of a rule, and its fix, behind it', () => {
    for (const { id, presets } of listed) {
      const line = lines.find((one) => one.startsWith(`  ${id} `))!
      for (const name of ['security', 'reliability']) {
        if (presets[name]) expect(line).toMatch(`${name} ${presets[name]}`)
        else expect(line.slice(line.indexOf('['))).not.toMatch(new RegExp(`\\b${name} (info|warn|error)`))
      }
    }
    expect(stdout).toMatch(/^ {2}deprecated-node-label .*\[fix/m)
  })

  it('ends with the presets and their numbers of rules', () => {
    const counts = lines
      .filter((line) => line.startsWith('  daemonlint/'))
      .map((line) => /^ {2}daemonlint\/(\S+) +(\d+) {2}\S/.exec(line)!.slice(1))
    expect(counts.map(([name]) => name)).toEqual(expect.arrayContaining(['recommended', 'log-agents']))
    for (const [name, count] of counts) {
      expect(Number(count), name).toBe(listed.filter(({ presets }) => presets[name!]).length)
    }
  })

  it('is there in no other format', () => {
    expect(daemonlint(['rules', '--format', 'xml'])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: "daemonlint: rules knows the formats stylish and json, not 'xml'.\n",
    })
  })
})

describe('entries for resources that nothing matches', () => {
  const said = (entry: string) => {
    const cwd = folder({
      'ds.yaml': latest,
      'daemonlint.config.yaml': `- extends: daemonlint/recommended\n- ${entry}\n`,
    })
    return daemonlint(['ds.yaml'], { cwd }).stderr
  }

  it('are told with what they match, their reason and the file', () => {
    const entry = `resources: [{ kind: DaemonSet, name: [gone, gone-too] }, { labels: { app: x } }]\n  rules: { image-tag: off }\n  reason: pinned elsewhere`
    expect(said(entry)).toBe(
      'daemonlint: daemonlint.config.yaml: config[1] turns image-tag off for { kind: DaemonSet, name: [gone, gone-too] } or { labels: { app: x } } (pinned elsewhere), which hid nothing in this run.\n',
    )
    expect(said('resources: [{ name: gone }]\n  rules: { image-tag: error }')).toBe(
      'daemonlint: daemonlint.config.yaml: config[1] sets image-tag to error for { name: gone }, which matched nothing in this run.\n',
    )
  })

  it('are asked whether another kind was meant', () => {
    expect(said('resources: [{ kind: Daemonset }]\n  rules: { image-tag: off }')).toMatch(
      "hid nothing in this run. Did you mean the kind 'DaemonSet'?\n",
    )
  })
})

describe('what cannot be decoded', () => {
  const note = /^1 workload cannot be decoded, so the rules have not looked at it yet\.$/m
  it('is told in the summary, for rules have not seen it', () => {
    const cwd = folder({
      'bad.yaml': latest.replace('spec:', 'spec:\n  nope: 1'),
      'good.yaml': latest,
    })
    expect(daemonlint(['.'], { cwd }).stdout).toMatch(note)
    expect(daemonlint(['good.yaml'], { cwd }).stdout).not.toMatch(/decoded/)
  })
})

describe('suggestions', () => {
  const note = /have suggestions: --format json lists them, and daemonlint explain RULE says more\./
  it('are spoken of where there are some, for the report shows none', () => {
    const cwd = folder({
      'ds.yaml': daemonSet().replace(/ {2}updateStrategy:[\s\S]*?10%\n/, ''),
      'image.yaml': latest,
    })
    expect(daemonlint(['ds.yaml'], { cwd }).stdout).toMatch(note)
    expect(lintJson(['ds.yaml'], { cwd }).results[0]!.messages[0]).toHaveProperty('suggestions')
    expect(daemonlint(['image.yaml'], { cwd }).stdout).not.toMatch(note)
  })
})
