import { afterEach, describe, expect, it } from 'vitest'
import { defineRule } from '../../src/define.ts'
import type { Fixer } from '../../src/fix/types.ts'
import type { AnyRule, RuleMeta } from '../../src/lint/rule.ts'
import { checkTemplated } from '../../src/rule-tester/unknowns.ts'
import { type Cases, type ErrorCase, type InvalidCase, RuleTester } from '../../src/rule-tester.ts'
import { cpu, daemonSet, deployment, image, lintToy, memory, strategy } from '../lint/toy.ts'

type Defined = { name: string; only: boolean; body: () => void }

/** Runs a tester with a runner of our own, and tells which tests failed and why. */
function run(rule: AnyRule, cases: Partial<Cases>, tester = new RuleTester()) {
  const defined: Defined[] = []
  const names: string[] = []
  RuleTester.describe = (name, body) => {
    names.push(name)
    body()
  }
  RuleTester.it = Object.assign(
    (name: string, body: () => void) => defined.push({ name, only: false, body }),
    {
      only: (name: string, body: () => void) => defined.push({ name, only: true, body }),
    },
  )
  tester.run('own', rule, { valid: [], invalid: [], ...cases })
  const failures = defined.flatMap(({ body }) => {
    try {
      body()
      return []
    } catch (error) {
      return [(error as Error).message]
    }
  })
  return { defined, names, failures }
}

afterEach(() => {
  RuleTester.describe = undefined
  RuleTester.it = undefined
  RuleTester.itOnly = undefined
})

const good = daemonSet('image: good:1')
const invalidImage: InvalidCase = { code: daemonSet(), errors: 1, output: good }
const docs: RuleMeta['docs'] = { description: 'x', category: 'correctness', presets: {} }

/** A rule that reports each container. */
function reporting(
  fix: (fixer: Fixer) => ReturnType<Fixer['set']>,
  meta: object = { fixable: 'code' },
): AnyRule {
  return defineRule<'x'>({
    meta: { type: 'problem', docs, messages: { x: 'x' }, ...meta },
    create: (context) => ({
      container: (node) => context.report({ node, path: ['image'], messageId: 'x', fix }),
    }),
  })
}

describe('RuleTester passes', () => {
  it('a document that a rule asks for by a scalar, which a placeholder takes away', () => {
    const rule = defineRule<'x'>({
      meta: {
        type: 'problem',
        docs,
        messages: { x: 'x' },
        needs: { kinds: ['ConfigMap'], text: /debug/ },
      },
      create: (context) => ({
        manifest: (node) => context.report({ node, path: ['data', 'level'], messageId: 'x' }),
      }),
    })
    const code = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { level: debug }\n'
    expect(run(rule, { invalid: [{ code, errors: 1 }] }).failures).toEqual([])
  })

  it('sound rules', () => {
    expect(run(image, { valid: [good], invalid: [invalidImage] }).failures).toEqual([])
    expect(
      run(cpu, { invalid: [{ code: good, errors: ['No CPU request.', /CPU/].slice(0, 1) }] }).failures,
    ).toEqual([])
    expect(run(strategy, { valid: [{ code: good, role: 'patch' }] }).failures).toEqual([])
  })

  it('rules about other kinds', () => {
    const code = good.replace('DaemonSet', 'Deployment')
    const mounting = code.replace(
      '    spec:\n',
      '    spec:\n      volumes: [{ name: a, hostPath: { path: /a } }]\n',
    )
    const cases = { valid: [code], invalid: [{ code: mounting, errors: [{ messageId: 'found' }] }] }
    expect(run(deployment, cases).failures).toEqual([])
  })

  it('all that can be said of an error', () => {
    const error: ErrorCase = {
      messageId: 'wrong',
      data: { name: 'agent', image: 'bad', wanted: 'good:1' },
      message: 'Container `agent` has `bad`; wanted `good:1`.',
      line: 14,
      column: 18,
      endLine: 14,
      endColumn: 21,
      field: 'spec.template.spec.containers[0].image',
      suggestions: 0,
    }
    expect(run(image, { invalid: [{ ...invalidImage, errors: [error] }] }).failures).toEqual([])
    expect(run(image, { invalid: [{ ...invalidImage, errors: [/`bad`/] }] }).failures).toEqual([])
  })

  it('options, settings and file names', () => {
    const seen: unknown[] = []
    const rule = defineRule<'x', [number]>({
      meta: { type: 'problem', docs, messages: { x: 'x' }, schema: [{ type: 'number' }] },
      create(context) {
        seen.push([context.options, context.settings, context.filePath])
        return {}
      },
    })
    const tester = new RuleTester({ settings: { b: 2 } })
    expect(
      run(rule, { valid: [{ code: good, options: [7], settings: { a: 1 }, filename: '/f.yaml' }] }, tester)
        .failures,
    ).toEqual([])
    expect(seen[0]).toEqual([[7], { a: 1, b: 2 }, '/f.yaml'])
  })

  it('suggestions with their outputs', () => {
    const limited = (limit: string) =>
      `${good}          resources:\n            limits:\n              memory: ${limit}\n`
    const suggestions = [
      { messageId: 'add', data: { limit: '64Mi' }, output: limited('64Mi') },
      { message: 'Limit it to 1Gi.', output: limited('1Gi') },
    ]
    expect(
      run(memory, { invalid: [{ code: good, errors: [{ messageId: 'missing', suggestions }] }] }).failures,
    ).toEqual([])
  })

  it('names, and `only`', () => {
    const { defined, names } = run(image, {
      valid: [{ name: 'fine', code: good, only: true }],
      invalid: [invalidImage],
    })
    expect(names).toEqual(['own', 'valid', 'invalid'])
    expect(defined.map(({ name, only }) => [name, only])).toEqual([
      ['fine', true],
      [daemonSet(), false],
      ['says nothing of what a patch does not state', false],
    ])
  })
})

describe('RuleTester fails', () => {
  const failure = (rule: AnyRule, cases: Partial<Cases>) => run(rule, cases).failures.join('\n')
  const error = (expected: ErrorCase | string | RegExp) =>
    failure(image, { invalid: [{ ...invalidImage, errors: [expected] }] })

  it('on findings in a valid case', () => {
    expect(failure(image, { valid: [daemonSet()] })).toMatch(
      'Expected no findings; found:\n  14:18 Container',
    )
  })

  it('on another number of findings', () => {
    expect(failure(image, { invalid: [{ ...invalidImage, errors: 2 }] })).toMatch('Expected 2 findings')
    expect(failure(image, { invalid: [{ code: good, errors: 1 }] })).toMatch('found: none')
    expect(failure(image, { invalid: [{ ...invalidImage, errors: [] }] })).toMatch("at least one of 'errors'")
  })

  it.each<[ErrorCase | string | RegExp, string]>([
    ['other', 'Message of error 0'],
    [/other/, 'which /other/ does not match'],
    [{ message: 'other' }, 'Message of error 0'],
    [{ messageId: 'other' }, "no messageId 'other'"],
    [{ messageId: 'wrong', line: 1 }, 'line of error 0'],
    [{ messageId: 'wrong', column: 1 }, 'column of error 0'],
    [{ messageId: 'wrong', endLine: 1 }, 'endLine of error 0'],
    [{ messageId: 'wrong', endColumn: 1 }, 'endColumn of error 0'],
    [{ messageId: 'wrong', field: 'x' }, 'field of error 0'],
    [{ messageId: 'wrong', data: { name: 'x', image: 'bad', wanted: 'good:1' } }, 'Message of error 0'],
    [{ messageId: 'wrong', data: {} }, "lacks 'name'"],
    [
      { message: 'Container `agent` has `bad`; wanted `good:1`.', data: {} },
      "says nothing without 'messageId'",
    ],
    [{ messageId: 'wrong', suggestions: 1 }, 'Expected 1 suggestions'],
    [{ messageId: 'wrong', lines: 1 } as ErrorCase, "unknown key 'lines'"],
    [{ line: 14 }, "must say its 'messageId' or 'message'"],
  ])('on an error that is not %o', (expected, message) => {
    expect(error(expected)).toMatch(message)
  })

  it('on another output, none, or one too many', () => {
    expect(failure(image, { invalid: [{ ...invalidImage, output: daemonSet('image: x') }] })).toMatch(
      'Output of the fix',
    )
    expect(failure(image, { invalid: [{ code: daemonSet(), errors: 1 }] })).toMatch(
      "Give the case its 'output'",
    )
    expect(failure(image, { invalid: [{ code: daemonSet(), errors: 1, output: null }] })).toMatch(
      "Give the case its 'output'",
    )
    expect(failure(cpu, { invalid: [{ code: good, errors: 1, output: good }] })).toMatch('there is no fix')
  })

  it('on other suggestions', () => {
    const suggest = (suggestions: ErrorCase['suggestions']) =>
      failure(memory, { invalid: [{ code: good, errors: [{ messageId: 'missing', suggestions }] }] })
    expect(suggest([])).toMatch("Expected 0 suggestions for 'No memory limit.'; offered: 'Limit it to 64Mi.'")
    expect(suggest(null)).toMatch('Expected 0 suggestions')
    expect(suggest([{ messageId: 'missing', output: '' }, { output: '' }])).toMatch(
      'messageId of suggestion 0',
    )
    expect(suggest([{ messageId: 'add', output: '' }, { output: '' }])).toMatch('Output of suggestion 0')
    expect(suggest([{ messageId: 'add', data: { limit: 'x' }, output: '' }, { output: '' }])).toMatch(
      'Message of suggestion 0',
    )
  })

  it('on a fix that has no end', () => {
    const rule = reporting((fixer) => fixer.insertTextAfterRange([0, 0], '# x\n'))
    expect(failure(rule, { invalid: [{ code: good, errors: 1, output: `# x\n${good}` }] })).toMatch(
      'A further pass changes the output',
    )
    expect(
      failure(rule, { invalid: [{ code: good, errors: 1, output: [`# x\n${good}`, `# x\n# x\n${good}`] }] }),
    ).toMatch('A further pass')
  })

  it('on a fix that changes nothing, breaks the YAML, is refused, or loses a comment', () => {
    const at = good.indexOf('good:1')
    const replacing = (text: string) => reporting((fixer) => fixer.replaceTextRange([at, at + 6], text))
    const invalid = (code: string) => ({ invalid: [{ code, errors: 1, output: 'x' }] })
    expect(failure(replacing('good:1'), invalid(good))).toMatch('A fix changes nothing')
    expect(
      failure(replacing('[:'), {
        invalid: [{ code: good, errors: 1, output: good.replace('good:1', '[:') }],
      }),
    ).toMatch('the API server refuses the manifest: api-server/yaml-syntax')
    const refused = good.replace('good:1', 'a\n          imagee: b')
    expect(
      failure(replacing('a\n          imagee: b'), { invalid: [{ code: good, errors: 1, output: refused }] }),
    ).toMatch('the API server refuses the manifest: api-server/unknown-field')
    const commented = good.replace('good:1', 'good:1 # keep')
    const losing = reporting((fixer) => fixer.replaceTextRange([at, at + 13], 'a'))
    expect(
      failure(losing, { invalid: [{ code: commented, errors: 1, output: good.replace('good:1', 'a') }] }),
    ).toMatch("the comment '# keep' is gone")
  })

  it('on a suggestion that does harm, though no case asks for it', () => {
    const rule = defineRule<'x'>({
      meta: { type: 'problem', docs, messages: { x: 'x' }, hasSuggestions: true },
      create: (context) => ({
        container: (node) =>
          context.report({
            node,
            messageId: 'x',
            suggest: [{ messageId: 'x', fix: (fixer) => fixer.set(['imagee'], 1) }],
          }),
      }),
    })
    expect(failure(rule, { invalid: [{ code: good, errors: 1 }] })).toMatch(
      "After the suggestion 'x' the API server refuses",
    )
  })

  it('on a placeholder without data', () => {
    const rule = defineRule<'x'>({
      meta: { type: 'problem', docs, messages: { x: '{{what}}' } },
      create: (context) => ({ container: (node) => context.report({ node, messageId: 'x' }) }),
    })
    expect(failure(rule, { invalid: [{ code: good, errors: 1 }] })).toMatch(
      "its message 'x' has no data for {{what}}",
    )
  })

  it('on a rule that throws', () => {
    const rule = defineRule<'x'>({
      meta: { type: 'problem', docs, messages: { x: 'x' } },
      create: () => ({ container: () => JSON.parse('{') }),
    })
    expect(failure(rule, { valid: [good] })).toMatch("Rule 'own' failed at line 13")
  })

  it('on a rule that takes what is unknown for absent', () => {
    const rule = defineRule<'x'>({
      meta: { type: 'problem', docs, messages: { x: 'x' } },
      create: (context) => ({
        container(node) {
          if (!node.value.image) context.report({ node, messageId: 'x' })
        },
      }),
    })
    expect(failure(rule, { valid: [good] })).toMatch('With every scalar templated the rule still reports')
  })

  it.each([
    ['breaks', 'kind: DaemonSet\na: [\n', 'With every scalar templated: The code cannot be decoded'],
    [
      'is refused',
      `${good}          imagee: x\n`,
      'With every scalar templated: The API server cannot decode',
    ],
    ['holds less', '', 'With every scalar templated the code holds other resources'],
  ])('on a text that %s when it is templated', (_, templated, message) => {
    const lint = (text: string) => lintToy(text, {})
    const runner = { lint: () => lint(templated), found: () => [] }
    expect(() => checkTemplated(runner, lint(good))).toThrow(message)
    expect(() => checkTemplated({ lint, found: () => [] }, lint(good))).not.toThrow()
  })

  it('on a rule that accuses a patch', () => {
    const rule = defineRule<'x'>({
      meta: { type: 'problem', docs, messages: { x: 'x' } },
      create: (context) => ({
        daemonSet(node) {
          if (!node.value.spec?.updateStrategy) context.report({ node, path: ['spec'], messageId: 'x' })
        },
      }),
    })
    expect(failure(rule, {})).toMatch('The rule reports what a patch does not state')
  })

  it('on code that the rule never sees', () => {
    expect(failure(image, { valid: ['kind: DaemonSet\na: [\n'] })).toMatch('The code cannot be decoded')
    expect(failure(image, { valid: [`${good}          imagee: x\n`] })).toMatch(
      'The API server cannot decode the code',
    )
  })

  it.each([
    ['broken text', 'hello: ['],
    ['nothing', ''],
    ['another kind', 'apiVersion: v1\nkind: ConfigMap\n'],
    ['a kind that another rule needs', good.replace('DaemonSet', 'Deployment')],
    ['a template', good.replace('kind:', '{{ if x }}\nkind:')],
    ['values of a chart', 'kind: DaemonSet\nimage: x\n'],
  ])('on code without a resource of its kinds: %s', (_, code) => {
    expect(failure(image, { valid: [code] })).toMatch(/no DaemonSet.*never (?:runs|sees)/)
    expect(failure(image, { invalid: [{ code, errors: 1 }] })).toMatch(/no DaemonSet.*never (?:runs|sees)/)
  })

  it('on a misspelt key of a suggestion', () => {
    const suggest = (suggestion: object) =>
      failure(memory, {
        invalid: [
          { code: good, errors: [{ messageId: 'missing', suggestions: [suggestion as never, 1 as never] }] },
        ],
      })
    expect(suggest({ messageID: 'add', output: '' })).toMatch(
      "Suggestion 0 of error 0 has the unknown key 'messageID'. Did you mean 'messageId'?",
    )
    expect(suggest({ messageId: 'add' })).toMatch("Suggestion 0 of error 0 has no 'output'")
    expect(failure(memory, { invalid: [{ code: good, errors: [null as never] }] })).toMatch(
      'Error 0 is null; it must be a message, a pattern or an object',
    )
  })

  it('on code that nobody can template', () => {
    const rule = defineRule<'x'>({
      meta: { type: 'problem', docs, messages: { x: 'x' } },
      create: () => ({}),
    })
    expect(failure(rule, { valid: [good] })).toBe('')
    const tagged = good.replace('name: agent', 'name: !!str agent').replace('good:1', '!!binary YQ==')
    expect(failure(rule, { valid: [tagged] })).toBe('')
    const anchored = good.replace('name: agent', 'name: &name agent').replace('good:1', '*name')
    expect(failure(rule, { valid: [anchored, { code: anchored, name: 'x', role: 'patch' }] })).toBe('')
  })

  it('on options that the schema does not allow', () => {
    expect(failure(image, { valid: [{ code: good, options: [{ wanted: 1 }] }] })).toMatch(
      "Rule 'own': options[0].wanted must be one of",
    )
  })
})

describe('RuleTester refuses at once', () => {
  it('the same case twice', () => {
    expect(() => run(image, { valid: [good, { code: good, name: 'other' }] })).toThrow('stands there twice')
    expect(() => run(image, { valid: [good, { code: good, role: 'patch' }] })).not.toThrow()
  })

  it.each<[object, string]>([
    [{ ouput: good }, "an invalid case of 'own' has the unknown key 'ouput'. Did you mean 'output'?"],
    [{ optoins: [] }, "has the unknown key 'optoins'. Did you mean 'options'?"],
    [{ filname: 'x' }, "has the unknown key 'filname'. Did you mean 'filename'?"],
    [{ nonsense: 1 }, "has the unknown key 'nonsense'; known are name, code, options"],
    [{ errors: undefined }, "an invalid case of 'own' has no 'errors': how many, or a list"],
    [{ errors: '1' }, "an invalid case of 'own' has no 'errors': how many, or a list"],
  ])('a case with %j', (more, message) => {
    expect(() => run(image, { invalid: [{ ...invalidImage, ...more }] })).toThrow(message)
  })

  it('a valid case that has errors', () => {
    const wrong = { code: good, errors: 1 } as never
    expect(() => run(image, { valid: [wrong] })).toThrow("a valid case of 'own' has the unknown key 'errors'")
  })

  it('anything but two lists of cases', () => {
    expect(() => run(image, { valid: undefined })).toThrow("RuleTester: 'valid' of 'own' is no list")
    expect(() => run(image, { invalid: {} as never })).toThrow("RuleTester: 'invalid' of 'own' is no list")
    expect(() => run(image, { invaild: [] } as never)).toThrow("has the unknown key 'invaild'")
    expect(() => run(image, { valid: [null as never] })).toThrow("a case of 'own' has no 'code'")
  })

  it('a case without code', () => {
    expect(() => run(image, { valid: [{} as never] })).toThrow("a case of 'own' has no 'code'")
  })

  it('to run without describe and it', () => {
    expect(() => new RuleTester().run('own', image, { valid: [], invalid: [] })).toThrow(
      "there is no global 'describe'",
    )
    RuleTester.describe = () => {}
    expect(() => new RuleTester().run('own', image, { valid: [], invalid: [] })).toThrow(
      "there is no global 'it'",
    )
  })

  it('`only` where the runner has none', () => {
    RuleTester.describe = (_, body) => body()
    RuleTester.it = () => {}
    const cases = { valid: [{ code: good, only: true }], invalid: [] }
    expect(() => new RuleTester().run('own', image, cases)).toThrow("'only' needs")
    const defined: string[] = []
    RuleTester.itOnly = (name) => defined.push(name)
    new RuleTester().run('own', image, cases)
    expect(defined).toEqual([good])
  })

  it('and takes global ones', () => {
    const names: string[] = []
    const block = (name: string, body: () => void) => {
      names.push(name)
      if (names.length < 4) body()
    }
    Object.assign(globalThis, { describe: block, it: (name: string) => names.push(name) })
    try {
      new RuleTester().run('own', image, { valid: [good], invalid: [] })
    } finally {
      Reflect.deleteProperty(globalThis, 'describe')
      Reflect.deleteProperty(globalThis, 'it')
    }
    expect(names).toEqual(['own', 'valid', good, 'invalid', 'says nothing of what a patch does not state'])
  })
})
