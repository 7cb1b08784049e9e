import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { defineRule } from '../../src/define.ts'
import { lint, mayConcern } from '../../src/lint/lint.ts'
import { resolveConfig } from '../../src/lint/resolve-config.ts'
import type { AnyRule, RuleMeta } from '../../src/lint/rule.ts'
import type { Root } from '../../src/parse/tree.ts'
import type { RuleError } from '../../src/report/rule-error.ts'
import { configOf, daemonSet, lintToy, marked, places, toys } from './toy.ts'

const docs = { description: 'x', category: 'correctness', presets: {} } as const

/** Lints with one rule called `own`. */
function lintWith(text: string, rule: AnyRule, filePath?: string) {
  const config = resolveConfig({ rules: { own: 'warn' } }, { builtin: { rules: { own: rule } } })
  return lint(text, { config, filePath, strict: true })
}

describe('lint', () => {
  it('finds what rules find, sorted by place and rule', () => {
    const text = daemonSet()
    const { problems } = lintToy(text, { rules: { strategy: 'error', memory: 'info', image: 1 } })
    expect(places(problems)).toEqual(['5:1 strategy', '13:17 memory', '14:18 image'])
    expect(problems.map(({ severity }) => severity)).toEqual(['error', 'info', 'warn'])
    expect(problems.map((problem) => marked(text, problem))).toEqual(['spec', 'agent', 'bad'])
    expect(problems[2]).toMatchObject({
      message: 'Container `agent` has `bad`; wanted `good:1`.',
      messageId: 'wrong',
      field: 'spec.template.spec.containers[0].image',
      container: 'agent',
      url: 'https://example.com/image',
      rollsPods: true,
    })
    expect(problems[2]?.manifest?.name).toBe('agent')
    expect(problems[1]?.suggestions?.map(({ message }) => message)).toEqual([
      'Limit it to 64Mi.',
      'Limit it to 1Gi.',
    ])
  })

  it('runs no rule that is off, and judges all the same', () => {
    const text = daemonSet('imagee: bad')
    const { problems } = lintToy(text, { rules: { image: 'off', memory: 0 } })
    expect(problems.map(({ ruleId, rejected }) => [ruleId, rejected])).toContainEqual([
      'api-server/unknown-field',
      true,
    ])
    expect(problems.every(({ rejected }) => rejected)).toBe(true)
  })

  it('hides what cannot be decoded from rules, and nothing else in the file', () => {
    const text = `${daemonSet('image: bad\nimagee: x')}---\n${daemonSet()}`
    const { problems, hidden } = lintToy(text, { rules: { image: 'warn' } })
    const found = problems.filter(({ ruleId }) => ruleId === 'image')
    expect(found).toHaveLength(1)
    expect(found[0]?.manifest?.document).toBe(1)
    expect([...hidden].map(({ document }) => document)).toEqual([0])
  })

  it('lets rules see what is refused for its values only', () => {
    const text = daemonSet('image: bad').replace('matchLabels: { app: agent }', 'matchLabels: { app: other }')
    const { problems } = lintToy(text, { rules: { image: 'warn' } })
    expect(problems.map(({ ruleId }) => ruleId)).toContain('image')
    expect(problems.some(({ rejected }) => rejected)).toBe(true)
  })

  it('drops what another rule has made pointless on the same part', () => {
    const rules = { memory: 'warn', cpu: 'warn' } as const
    expect(places(lintToy(daemonSet(), { rules }).problems)).toEqual(['13:17 memory'])
    const limited = daemonSet('image: good:1\nresources: { limits: { memory: 1Gi } }')
    expect(lintToy(limited, { rules }).problems.map(({ ruleId }) => ruleId)).toEqual(['cpu'])
    expect(places(lintToy(daemonSet(), { rules: { cpu: 'warn' } }).problems)).toEqual(['13:17 cpu'])
  })

  it('counts workloads, patches and templates', () => {
    const patch =
      'apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: a }\nspec:\n  template:\n    spec:\n      hostNetwork: true\n'
    const template = '{{ if .Values.x }}\napiVersion: apps/v1\nkind: DaemonSet\n{{ end }}\n'
    const text = [
      daemonSet(),
      patch,
      template,
      'kind: ConfigMap\napiVersion: v1\n',
      'kind: DaemonSet\na: [\n',
    ].join('---\n')
    expect(lintToy(text, { rules: { image: 'warn' } }).counts).toEqual({
      workloads: 3,
      templates: 1,
      patches: 1,
      undecoded: 1,
    })
  })

  it('counts workloads that cannot be decoded', () => {
    const unknown = daemonSet().replace('spec:\n', 'spec:\n  nope: 1\n')
    const undecoded = (text: string) => lintToy(text, { rules: { image: 'warn' } }).counts.undecoded
    expect(undecoded(`${unknown}---\n${daemonSet()}`)).toBe(1)
    // refused, but decoded
    expect(undecoded(daemonSet().replace('name:', 'name: A_b #'))).toBe(0)
  })

  it('counts a workload of another kind only when a rule looks at it', () => {
    const text = daemonSet().replace('kind: DaemonSet', 'kind: Deployment')
    expect(lintToy(text, { rules: { image: 'warn', deployment: 'warn' } }).counts.workloads).toBe(0)
    const mounting = text.replace(
      '    spec:\n',
      '    spec:\n      volumes: [{ name: a, hostPath: { path: /a } }]\n',
    )
    const { counts, problems } = lintToy(mounting, { rules: { image: 'warn', deployment: 'warn' } })
    expect(counts.workloads).toBe(1)
    expect(places(problems)).toEqual(['2:7 deployment'])
  })

  it('does not give a Deployment of a wrong shape to rules, nor speaks of it', () => {
    const text =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: hostPath }\nspec: { template: [] }\n'
    expect(lintToy(text, { rules: { deployment: 'warn' } }).problems).toEqual([])
  })

  it('judges as a patch what the caller says is one', () => {
    const text = daemonSet('image: good:1')
    const config = { rules: { memory: 'warn', strategy: 'warn' } } as const
    expect(lintToy(text, config).problems).toHaveLength(2)
    const { problems, counts } = lintToy(text, config, { role: 'patch' })
    expect(problems).toEqual([])
    expect(counts).toEqual({ workloads: 1, templates: 0, patches: 1, undecoded: 0 })
  })

  it('asks the project about the file', () => {
    const asked: string[] = []
    const project = {
      contextOf(path: string) {
        asked.push(path)
        return { role: 'patch' as const }
      },
    }
    const { problems } = lintToy(
      daemonSet('image: good:1'),
      { rules: { memory: 'warn' } },
      { project, filePath: '/a/b.yaml' },
    )
    expect(problems).toEqual([])
    expect(asked).toEqual(['/a/b.yaml'])
  })

  it('drops findings about what is templated', () => {
    expect(lintToy(daemonSet('image: "${IMAGE}"'), { rules: { image: 'warn' } }).problems).toEqual([])
    expect(
      lintToy(daemonSet('image: good:1\nresources: ${R}'), { rules: { memory: 'warn' } }).problems,
    ).toEqual([])
  })

  it('names the rule, the file and the line when a rule throws', () => {
    const broken = defineRule<'x'>({
      meta: { type: 'problem', docs, messages: { x: 'x' } },
      create: () => ({
        container() {
          throw new TypeError('no such thing')
        },
      }),
    })
    const error = catchError(() => lintWith(daemonSet(), broken, 'a.yaml'))
    expect(error).toMatchObject({ name: 'RuleError', ruleId: 'own', filePath: 'a.yaml', line: 13 })
    expect(error.message).toBe("Rule 'own' failed at a.yaml:13: no such thing")
    expect(error.cause).toBeInstanceOf(TypeError)
    const create = defineRule<'x'>({
      ...broken,
      create() {
        throw new Error('at once')
      },
    })
    expect(catchError(() => lintWith(daemonSet(), create)).message).toBe(
      "Rule 'own' failed at line 1: at once",
    )
  })

  it('refuses reports that the rule has not announced', () => {
    const report = (descriptor: object, meta = {}) =>
      catchError(() =>
        lintWith(
          daemonSet(),
          defineRule<string>({
            meta: { type: 'problem', docs, messages: { x: 'x {{y}}' }, ...meta },
            create: (context) => ({
              container: (node) => context.report({ node, messageId: 'x', data: { y: 1 }, ...descriptor }),
            }),
          }),
        ),
      ).message
    expect(report({ fix: () => null })).toMatch('`meta.fixable`')
    expect(report({ suggest: [{ messageId: 'x', fix: () => null }] })).toMatch('`meta.hasSuggestions`')
    expect(report({ messageId: 'z' })).toBe(
      "Rule 'own' failed at line 13: it reports with messageId 'z'; its messages are: x",
    )
    expect(report({ data: {} })).toMatch("message 'x' has no data for {{y}}")
    const overlapping = (fixer: { replaceTextRange(range: number[], text: string): object[] }) => [
      fixer.replaceTextRange([4, 8], ''),
      fixer.replaceTextRange([0, 5], ''),
    ]
    expect(report({ fix: overlapping }, { fixable: 'code' })).toMatch('overlap at offset 4')
  })

  it.each<[unknown, string]>([
    [undefined, "its 'create' must return an object of visitors; found undefined"],
    [[], "its 'create' must return an object of visitors; found []"],
    [{ contianer() {} }, "its visitor 'contianer' is called for no node. Did you mean 'container'?"],
    [{ 'volume:exti': () => {} }, "Did you mean 'volume:exit'?"],
    [{ Program() {} }, "its visitor 'Program' is called for no node. Visitors are root, daemonSet,"],
    [{ container: 1 }, "its visitor 'container' must be a function; found 1"],
  ])('refuses %j as visitors', (visitors, message) => {
    const rule = {
      meta: { type: 'problem', docs, messages: {} },
      create: () => visitors,
    } as unknown as AnyRule
    const error = catchError(() => lintWith(daemonSet(), rule))
    expect(error).toMatchObject({ name: 'RuleError', ruleId: 'own' })
    expect(error.message).toContain(message)
  })

  it('calls visitors of every type on the way up, too, and none that is undefined', () => {
    const left: string[] = []
    const rule = defineRule<'x'>({
      meta: { type: 'problem', docs, messages: { x: 'x' } },
      create: () => ({
        'container:exit': ({ value }) => void left.push(value.name),
        'daemonSet:exit': ({ name }) => void left.push(name),
        volume: undefined,
      }),
    })
    lintWith(daemonSet('image: good:1', { name: 'set' }), rule)
    expect(left).toEqual(['agent', 'set'])
  })

  it('shows rules a tree like any other when a part of it is hidden', () => {
    let seen: Root | undefined
    const rule = defineRule<'x'>({
      meta: { type: 'problem', docs, messages: { x: 'x' } },
      create: ({ root }) => {
        seen = root
        return {}
      },
    })
    const text = `${daemonSet('image: [a]')}---\n${daemonSet('image: good:1', { name: 'seen' })}`
    const { root } = lintWith(text, rule)
    expect(Object.keys(seen!)).toEqual(Object.keys(root))
    expect(seen).toMatchObject({ type: 'root', text, children: [{ name: 'seen' }], comments: [] })
  })

  it('leaves a placeholder without data alone outside tests', () => {
    const rule = defineRule<'x'>({
      meta: { type: 'problem', docs, messages: { x: 'x {{y}} {{z}}' } },
      create: (context) => ({
        container: (node) => context.report({ node, messageId: 'x', data: { z: '{{ y }}' } }),
      }),
    })
    const config = resolveConfig({ rules: { own: 'warn' } }, { builtin: { rules: { own: rule } } })
    expect(lint(daemonSet(), { config }).problems[0]?.message).toBe('x {{y}} {{ y }}')
  })

  it('offers the fix of a remark that restarts pods as a suggestion only', () => {
    const [problem] = lintToy(daemonSet(), { rules: { image: 'info' } }).problems
    expect(problem?.fix).toBeUndefined()
    expect(problem?.suggestions).toHaveLength(1)
    expect(problem?.rollsPods).toBe(true)
  })

  it('gives rules their options, settings and versions, and no way to change them', () => {
    const seen: unknown[] = []
    const rule = defineRule<'x', [{ a: number; b: number[] }, string]>({
      meta: {
        type: 'problem',
        docs,
        messages: { x: 'x' },
        schema: [{}, {}],
        defaultOptions: [{ a: 1, b: [1] }, 'd'],
      },
      create(context) {
        seen.push(context.options, context.settings, context.kubernetesVersions, context.id, context.filePath)
        expect(Object.isFrozen(context)).toBe(true)
        return {}
      },
    })
    const config = resolveConfig(
      {
        settings: { kubernetesVersion: ['1.31', '1.29'], own: 1 },
        rules: { 'my/own': ['warn', { b: [2] }] },
        plugins: { my: { rules: { own: rule } } },
      },
      {},
    )
    lint(daemonSet(), { config, filePath: '/x.yaml' })
    expect(seen).toEqual([
      [{ a: 1, b: [2] }, 'd'],
      { kubernetesVersion: ['1.31', '1.29'], own: 1 },
      ['1.29', '1.31'],
      'my/own',
      '/x.yaml',
    ])
    lint(daemonSet(), { config, kubernetesVersions: ['1.30'] })
    expect(seen[7]).toEqual(['1.30'])
  })

  it('walks down and up again, in the order of the text', () => {
    const steps: string[] = []
    const rule = defineRule<'x'>({
      meta: { type: 'problem', docs, messages: { x: 'x' } },
      create: () => ({
        root: () => void steps.push('root'),
        daemonSet: ({ name }) => void steps.push(name),
        podTemplate: () => void steps.push('podTemplate'),
        container: ({ value }) => void steps.push(value.name),
        volume: ({ value }) => void steps.push(value.name),
        'podTemplate:exit': () => void steps.push('podTemplate:exit'),
        'daemonSet:exit': () => void steps.push('daemonSet:exit'),
        'root:exit': () => void steps.push('root:exit'),
      }),
    })
    lintWith(
      daemonSet('image: a').replace('      containers:', '      volumes: [{ name: v }]\n      containers:'),
      rule,
    )
    expect(steps[0]).toBe('root')
    expect(steps.slice(3, 5).sort()).toEqual(['agent', 'v'])
    expect(steps.slice(5)).toEqual(['podTemplate:exit', 'daemonSet:exit', 'root:exit'])
    steps.length = 0
    lintWith('kind: Service\napiVersion: v1\n', rule)
    expect(steps).toEqual([])
  })

  it('is the same twice, and leaves the configuration as it was', () => {
    const config = configOf({ rules: { memory: 'warn', image: 'error' } })
    const before = JSON.stringify(config)
    const run = () => JSON.stringify(places(lint(daemonSet(), { config }).problems))
    expect(run()).toBe(run())
    expect(JSON.stringify(config)).toBe(before)
    expect(Object.keys(toys.rules!)).toHaveLength(5)
  })
})

function catchError(run: () => unknown): RuleError {
  try {
    run()
  } catch (error) {
    return error as RuleError
  }
  throw new Error('nothing was thrown')
}

describe('a rule that states a text', () => {
  const names = (needs: RuleMeta['needs'], text: string): string[] => {
    const seen: string[] = []
    const rule = defineRule({
      meta: {
        type: 'problem',
        docs: { description: 'Look', category: 'correctness', presets: {} },
        messages: {},
        ...(needs && { needs }),
      },
      create: () => ({
        daemonSet: (node) => seen.push(`DaemonSet ${node.name}`),
        deployment: (node) => seen.push(`Deployment ${node.name}`),
      }),
    })
    const config = resolveConfig([{ rules: { look: 'warn' } }], { builtin: { rules: { look: rule } } })
    lint(text, { config })
    return seen
  }
  const text = daemonSet('image: good:1')
  const deployment = text.replace('kind: DaemonSet', 'kind: Deployment')

  it('is run where the file holds it', () => {
    expect(names({ text: /good/ }, text)).toHaveLength(1)
    expect(names({ text: /better/ }, text)).toEqual([])
    expect(names({ kinds: ['DaemonSet'], text: /better/ }, text)).toEqual([])
  })

  it('is run where an escape may hide it', () => {
    expect(names({ text: /better/ }, text.replace('good', '"\\x67ood').replace(':1', ':1"'))).toHaveLength(1)
    const json = JSON.stringify(parse(text.replace('good:1', 'a/good:1')))
    expect(names({ text: /a\/good/ }, json)).toHaveLength(1)
    expect(names({ text: /a\/good/ }, json.replace('a/good', 'a\\/good'))).toHaveLength(1)
  })

  it('is run on every DaemonSet if it means that of the other kinds it names', () => {
    const needs = { kinds: ['DaemonSet', 'Deployment'], text: /better/ }
    expect(names(needs, `${text}---\n${deployment}`)).toHaveLength(1)
    expect(names(needs, `${text}---\n${deployment.replace('good', 'better')}`)).toHaveLength(2)
  })
})

describe('a rule that needs a kind beside those it visits', () => {
  const deployment = daemonSet('image: good:1').replace('kind: DaemonSet', 'kind: Deployment')
  const visited = (text: string, options: Partial<Parameters<typeof lint>[1]> = {}): number => {
    let count = 0
    const rule = defineRule({
      meta: {
        type: 'problem',
        docs: { description: 'Look', category: 'correctness', presets: {} },
        messages: {},
        needs: { kinds: ['Deployment'], beside: ['Service'] },
      },
      create: () => ({ deployment: () => void count++ }),
    })
    const config = resolveConfig([{ rules: { look: 'warn' } }], { builtin: { rules: { look: rule } } })
    lint(text, { config, ...options })
    return count
  }
  const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\n'

  it('visits them where one stands in the file', () => {
    expect(visited(deployment)).toBe(0)
    expect(visited(`${deployment}---\n${service}`)).toBe(1)
    expect(visited(`${deployment}---\n${service.replace('Service', '"S\\x65rvice"')}`)).toBe(1)
  })

  it('visits them where one stands around, as far as the project knows', () => {
    const asked: unknown[] = []
    const project = (answer: boolean) => ({
      contextOf: () => ({}),
      mayHold: (...question: unknown[]) => {
        asked.push(question)
        return answer
      },
    })
    expect(visited(deployment, { filePath: '/a.yaml', project: project(true) })).toBe(1)
    expect(visited(deployment, { filePath: '/a.yaml', project: project(false) })).toBe(0)
    expect(visited(deployment, { filePath: '/a.yaml', project: { contextOf: () => ({}) } })).toBe(1)
    expect(asked).toEqual([
      ['/a.yaml', 'Service', { basePath: undefined, globs: {} }],
      ['/a.yaml', 'Service', { basePath: undefined, globs: {} }],
    ])
  })

  it('visits them in bytes, which nobody has looked through', () => {
    expect(visited(deployment)).toBe(0)
    const config = { text: new TextEncoder().encode(deployment) }
    expect(visited(config.text as unknown as string)).toBe(1)
  })
})

describe('mayConcern', () => {
  const rule: AnyRule = {
    meta: { type: 'problem', docs, messages: {}, needs: { kinds: ['Deployment'], text: /hostPath/ } },
    create: () => ({}),
  }
  const config = resolveConfig([{ rules: { look: 'warn' } }], { builtin: { rules: { look: rule } } })

  it.each([
    ['apiVersion: v1\nkind: Service\n', false],
    ['apiVersion: apps/v1\nkind: Deployment\n', false],
    ['apiVersion: apps/v1\nkind: Deployment\n# hostPath\n', true],
    ['services: { web: { image: nginx } }\n', false],
    ['', false],
    [daemonSet(), true],
    ['apiVersion: apps/v1\nkind: Daemonset\n', true],
    ['apiVersion: apps/v1\nkind: {{ .Values.kind }}\n', false],
    ['- apiVersion: apps/v1\n  kind: DaemonSet\n', true],
    ['--- kind: Daemonset\napiVersion: apps/v1\n', true],
    ['# daemonlint-disable\na: b\n', true],
  ])('%j', (text, expected) => {
    expect(mayConcern(text, { config })).toBe(expected)
    if (!expected) expect(lint(text, { config }).problems).toEqual([])
  })
})
