import { describe, expect, it } from 'vitest'
import type { Config, Plugin, Settings } from '../../src/lint/config.ts'
import { prepareConfig } from '../../src/lint/prepare-config.ts'
import { createConfigResolver, resolveConfig } from '../../src/lint/resolve-config.ts'
import { image, toys } from './toy.ts'

function resolve(config: unknown, filePath?: string) {
  return resolveConfig(config as Config[], { builtin: toys, filePath })
}

/** Severities and options of the rules that are named. */
function rulesOf(config: unknown, filePath?: string) {
  const { rules } = resolve(config, filePath)
  return Object.fromEntries(
    Object.values(rules).map(({ id, severity, options }) => [id, [severity, ...options]]),
  )
}

function messageOf(config: unknown): string {
  try {
    resolve(config)
  } catch (error) {
    expect(error).toMatchObject({ name: 'ConfigError' })
    return (error as Error).message
  }
  throw new Error('nothing was thrown')
}

describe('merging', () => {
  it('lets later objects override earlier ones', () => {
    expect(rulesOf([{ rules: { image: 'warn', memory: 1 } }, { rules: { image: 2, cpu: 0 } }])).toEqual({
      image: ['error'],
      memory: ['warn'],
      cpu: ['off'],
    })
  })

  it('keeps earlier options when only the severity changes', () => {
    const first = { rules: { image: ['warn', { wanted: 'best:1' }] } }
    expect(rulesOf([first, { rules: { image: 'error' } }])).toEqual({
      image: ['error', { wanted: 'best:1' }],
    })
    expect(rulesOf([first, { rules: { image: ['error', { also: [] }] } }])).toEqual({
      image: ['error', { also: [] }],
    })
    expect(rulesOf([first, { rules: { image: ['off'] } }])).toEqual({ image: ['off', { wanted: 'best:1' }] })
  })

  it('merges settings deeply, and linterOptions', () => {
    const { settings, linterOptions } = resolve([
      { settings: { a: { b: 1, c: [1] } }, linterOptions: { noInlineConfig: true } },
      { settings: { a: { c: [2] } }, linterOptions: { allowRejected: true } },
    ])
    expect(settings).toEqual({ a: { b: 1, c: [2] } })
    expect(linterOptions).toEqual({
      noInlineConfig: true,
      allowRejected: true,
      renderCharts: false,
      renderKustomizations: false,
      reportUnusedDisableDirectives: 'warn',
    })
  })

  it.each([
    [true, 'warn'],
    [false, 'off'],
    [0, 'off'],
    ['info', 'info'],
    [2, 'error'],
  ] as const)('reads reportUnusedDisableDirectives %s', (value, expected) => {
    const { linterOptions } = resolve({ linterOptions: { reportUnusedDisableDirectives: value } })
    expect(linterOptions.reportUnusedDisableDirectives).toBe(expected)
  })

  it('reads Kubernetes versions', () => {
    expect(resolve({ settings: { kubernetesVersion: ['1.31', 'v1.29.3'] } }).kubernetesVersions).toEqual([
      '1.29',
      '1.31',
    ])
    expect(resolve([]).kubernetesVersions).toHaveLength(1)
    expect(messageOf({ settings: { kubernetesVersion: '1.2' } })).toMatch(
      /^config\[0\]: settings\.kubernetesVersion: .*allowed/,
    )
  })

  it('takes an empty list, nested lists and one object', () => {
    expect(rulesOf([])).toEqual({})
    expect(rulesOf([[{ rules: { image: 1 } }], [[{ rules: { cpu: 1 } }]]])).toEqual({
      image: ['warn'],
      cpu: ['warn'],
    })
    expect(rulesOf({ $schema: 'x', rules: { image: 1 } })).toEqual({ image: ['warn'] })
  })
})

describe('files and ignores', () => {
  const configs = [
    { rules: { image: 'warn' } },
    { files: ['prod/**'], rules: { image: 'error' } },
    {
      files: [['**/*.yml', 'test/**']],
      ignores: ['test/keep.*', '!test/keep.x.yml'],
      rules: { cpu: 'warn' },
    },
    { ignores: ['vendor/', '**/*.gen.yaml', '!vendor/mine.yaml'], name: 'ignored' },
  ]
  it.each([
    ['a.yaml', ['image:warn']],
    ['./prod/a.yaml', ['image:error']],
    ['test/a.yml', ['image:warn', 'cpu:warn']],
    ['test/a.yaml', ['image:warn']],
    ['test/keep.yml', ['image:warn']],
    ['test/keep.x.yml', ['image:warn', 'cpu:warn']],
    [undefined, ['image:warn']],
  ])('%s', (path, expected) => {
    const { rules, ignored } = resolve(configs, path)
    expect(Object.values(rules).map(({ id, severity }) => `${id}:${severity}`)).toEqual(expected)
    expect(ignored).toBe(false)
  })

  it.each(['vendor/a.yaml', 'vendor/mine.yaml', 'x/y.gen.yaml'])('passes over %s', (path) => {
    const config = resolve(configs, path)
    expect(config.ignored).toBe(true)
    expect(config.rules).toEqual({})
  })

  it('tells of folders, and answers the same object for the same rules', () => {
    const resolver = createConfigResolver(configs as Config[], { builtin: toys })
    expect(['vendor/', 'prod/', 'a.gen.yaml'].map(resolver.isIgnored)).toEqual([true, false, true])
    expect(resolver.forFile('a.yaml')).toBe(resolver.forFile('b/c.yaml'))
    expect(resolver.forFile('a.yaml')).not.toBe(resolver.forFile('prod/c.yaml'))
  })
})

describe('extends', () => {
  it('takes presets by name, those of plugins and objects, before the own rules', () => {
    const mine: Plugin = { rules: { one: image }, configs: { all: [{ rules: { 'mine/one': 'error' } }] } }
    expect(
      rulesOf({
        plugins: { mine },
        extends: ['daemonlint/strict', 'mine/all', [[{ rules: { strategy: 'info' } }]]],
        rules: { memory: 'info' },
      }),
    ).toEqual({
      image: ['warn'],
      memory: ['info'],
      cpu: ['info'],
      'mine/one': ['error'],
      strategy: ['info'],
    })
    expect(rulesOf({ extends: 'daemonlint/recommended' })).toEqual({ image: ['warn'], memory: ['warn'] })
  })

  it('binds what is extended to its files and ignores', () => {
    const config = { files: ['a/**'], ignores: ['a/x'], extends: { files: ['**/*.yaml'], rules: { cpu: 1 } } }
    const on = (path: string) => 'cpu' in rulesOf([config], path)
    expect(['a/b.yaml', 'a/b.yml', 'b.yaml'].map(on)).toEqual([true, false, false])
    expect('cpu' in rulesOf({ ignores: ['a/x'], extends: { rules: { cpu: 1 } } }, 'a/x')).toBe(false)
  })

  it('lets a plugin registered as daemonlint be the built-in one', () => {
    const config = { plugins: { daemonlint: toys }, extends: 'daemonlint/recommended' }
    expect(Object.keys(resolveConfig(config, {}).rules)).toEqual(['image', 'memory'])
  })

  it('takes a module namespace as a plugin', () => {
    const config = {
      plugins: { mine: { default: { rules: { one: image } } } as Plugin },
      rules: { 'mine/one': 1 },
    }
    expect(Object.keys(rulesOf(config))).toEqual(['mine/one'])
  })

  it('says which presets there are', () => {
    expect(messageOf({ name: 'x', extends: 'daemonlint/recomended' })).toBe(
      "config[0] \"x\": extends names the preset 'daemonlint/recomended', which does not exist. Did you mean 'daemonlint/recommended'?",
    )
    expect(messageOf({ extends: 'other/preset' })).toMatch(
      "Known are 'daemonlint/recommended', 'daemonlint/strict'.",
    )
    for (const bare of ['strict', 'strikt']) {
      expect(messageOf({ extends: bare })).toMatch(/does not exist\. Did you mean 'daemonlint\/strict'\?$/)
    }
    const plugins = { house: { configs: { 'all@1': {}, all: {} } } }
    expect(messageOf({ plugins, extends: 'none' })).toMatch(
      "Known are 'daemonlint/recommended', 'daemonlint/strict', 'house/all'.",
    )
    expect(messageOf({ plugins, extends: 'all@1' })).toMatch("Did you mean 'house/all@1'?")
  })

  it('ends when presets go in a circle', () => {
    const loop: Plugin = { configs: { a: { extends: 'loop/b' }, b: { extends: 'loop/a' } } }
    expect(messageOf({ plugins: { loop }, extends: 'loop/a' })).toMatch('loop/a > loop/b > loop/a')
  })
})

describe('what is wrong', () => {
  it.each<[string, unknown, string]>([
    ['no object', ['x'], 'config[0] must be an object, such as { rules: { … } }; found "x".'],
    ['nothing', [undefined], 'config[0] must be an object, such as { rules: { … } }; found undefined.'],
    [
      'an unknown key',
      [{}, { name: 'n', rule: {} }],
      "config[1] \"n\": unknown key 'rule'. Did you mean 'rules'?",
    ],
    ['an unknown key like none', { zzz: 1 }, "config[0]: unknown key 'zzz'. Known are 'name', 'files'"],
    ['a name', { name: 1 }, 'config[0]: name must be a text; found 1.'],
    ['files', { files: '*.yaml' }, 'config[0]: files must be a list with at least one glob; found "*.yaml".'],
    ['no files', { files: [] }, 'config[0]: files must be a list with at least one glob; found [].'],
    ['a file', { files: [1] }, 'config[0]: files[0] must be a list of texts; found 1.'],
    ['ignores', { ignores: 'a' }, 'config[0]: ignores must be a list of texts; found "a".'],
    ['a glob', { ignores: ['x/!(a)'] }, "config[0]: The glob 'x/!(a)'"],
    ['rules', { rules: [] }, 'config[0]: rules must be an object; found [].'],
    ['a severity', { rules: { image: 'warning' } }, 'config[0]: rules["image"] must be a severity'],
    ['a near severity', { rules: { image: 'eror' } }, "Did you mean 'error'?"],
    ['a number', { rules: { image: [3] } }, 'found [3].'],
    [
      'a rule',
      { rules: { imag: 1 } },
      "config[0]: rules names 'imag', which is no rule. Did you mean 'image'?",
    ],
    ['a prefix', { rules: { 'daemonlint/memory': 1 } }, "Did you mean 'memory'?"],
    ['a plugin', { rules: { 'mine/thing': 1 } }, "No plugin is registered as 'mine': add it to 'plugins'."],
    [
      'a plugin by name',
      { plugins: { mine: 'my-plugin' } },
      'config[0]: plugins["mine"] is the text \'my-plugin\', which was not loaded',
    ],
    ['a plugin of nothing', { plugins: { mine: null } }, 'config[0]: plugins["mine"] must be a plugin'],
    [
      'linterOptions',
      { linterOptions: { noInline: true } },
      "config[0]: linterOptions: unknown key 'noInline'",
    ],
    [
      'a flag',
      { linterOptions: { allowRejected: 1 } },
      'config[0]: linterOptions.allowRejected must be true or false; found 1.',
    ],
    [
      'unused',
      { linterOptions: { reportUnusedDisableDirectives: 'x' } },
      'must be a severity, true or false; found "x".',
    ],
    [
      'no resources',
      { rules: {}, resources: [] },
      'config[0]: resources must be a list with at least one match',
    ],
    [
      'an empty match',
      { rules: {}, resources: [{}] },
      'config[0]: resources[0] must be an object with some of',
    ],
    [
      'a resource key',
      { rules: {}, resources: [{ names: 'a' }] },
      "config[0]: resources[0]: unknown key 'names'. Did you mean 'name'?",
    ],
    [
      'labels',
      { rules: {}, resources: [{ labels: { a: 1 } }] },
      'config[0]: resources[0].labels must be an object of texts; found {"a":1}.',
    ],
    ['resources without rules', { resources: [{ name: 'a' }] }, 'there are no rules'],
    [
      'in what is extended',
      { extends: [{ name: 'inner', rulez: {} }] },
      'config[0] > extends[0] "inner": unknown key \'rulez\'',
    ],
  ])('%s', (_, config, message) => {
    expect(messageOf(config)).toContain(message)
  })

  it.each<[unknown, string]>([
    [undefined, "a rule is an object with 'meta' and 'create'; found undefined."],
    [() => ({}), "a rule is an object with 'meta' and 'create'; found a function."],
    [{ meta: { messages: {} } }, "'create' must be a function; found undefined."],
    [{ create() {} }, "'meta' must be an object with 'messages'; found undefined."],
    [
      { meta: {}, create() {} },
      "'meta.messages' must be an object of texts, by message id; found undefined.",
    ],
    [{ meta: { messages: { x: 1 } }, create() {} }, "'meta.messages' must be an object of texts"],
    [{ meta: { messages: {}, schema: {} }, create() {} }, "'meta.schema' must be a list; found {}."],
    [{ meta: { messages: {}, needs: { kinds: 'Pod' } }, create() {} }, "'meta.needs.kinds' must be a list"],
  ])('the rule %j of a plugin, once it is on', (rule, message) => {
    const plugins = { my: { rules: { r: rule } } } as unknown as Config['plugins']
    expect(messageOf({ plugins, rules: { 'my/r': 'warn' } })).toContain(`Rule 'r' of plugin 'my': ${message}`)
    const entry = { resources: [{ name: 'a' }], rules: { 'my/r': 'warn' as const } }
    expect(messageOf([{ plugins }, entry])).toContain(`Rule 'r' of plugin 'my': ${message}`)
    expect(() => resolve({ plugins, rules: { 'my/r': 'off' } })).not.toThrow()
  })

  it('namespaces that are taken', () => {
    expect(messageOf({ plugins: { 'api-server': {} } })).toBe(
      'config[0]: plugins["api-server"]: the namespace \'api-server\' is that of what the API server rejects; register the plugin under another one.',
    )
    expect(messageOf({ plugins: { daemonlint: { meta: { name: 'other' } } } })).toMatch(
      "the namespace 'daemonlint' is that of the built-in rules",
    )
    expect(() => resolve({ plugins: { daemonlint: { ...toys } } })).not.toThrow()
  })

  it('knows the ids of rejections', () => {
    expect(resolve({ rules: { 'api-server/unknown-field': 'off' } }).rejections).toEqual({
      'api-server/unknown-field': 'off',
    })
    expect(messageOf({ rules: { 'api-server/unknown-feild': 'off' } })).toMatch("'api-server/unknown-field'")
  })
})

describe('prepareConfig', () => {
  const prepare = (...options: unknown[]) =>
    prepareConfig(resolve({ rules: { image: ['warn', ...options] } }))

  it('takes what the schema allows, and nothing at all', async () => {
    await prepare()
    await prepare({ wanted: 'best:1', also: ['x'] })
  })

  it.each<[string, unknown[], string]>([
    [
      'a value',
      [{ wanted: 'bad:1' }],
      'Rule \'image\': options[0].wanted must be one of "good:1", "best:1"; found "bad:1".',
    ],
    ['a type', [{ also: [1] }], "Rule 'image': options[0].also[0] must be of type string; found 1."],
    ['a name', [{ alsoo: [] }], "Rule 'image': options[0] has no 'alsoo'. Did you mean 'also'?"],
    ['too many', [{}, {}], "Rule 'image': the rule takes one option; found 2."],
    ['no object', ['x'], 'Rule \'image\': options[0] must be of type object; found "x".'],
  ])('refuses %s', async (_, options, message) => {
    await expect(prepare(...options)).rejects.toMatchObject({ name: 'ConfigError', message })
  })

  it('refuses options of a rule that takes none', async () => {
    await expect(prepareConfig(resolve({ rules: { memory: ['warn', 1] } }))).rejects.toThrow(
      "Rule 'memory': the rule takes no options; found [1].",
    )
  })

  it('checks entries for resources, and not rules that are off', async () => {
    await prepareConfig(resolve({ rules: { memory: ['off', 1] } }))
    const entry = { name: 'n', resources: [{ name: 'a' }], rules: { image: ['warn', { also: 1 }] } }
    await expect(prepareConfig(resolve(entry))).rejects.toThrow(
      'config[0] "n": image: options[0].also must be of type array',
    )
  })
})

describe('settings that a plugin describes', () => {
  const builtin: Plugin = {
    ...toys,
    settings: {
      nodes: { type: 'object', properties: { os: { enum: ['a', 'b'] } }, additionalProperties: false },
    },
  }
  const prepared = (settings: Settings) => prepareConfig(resolveConfig({ settings }, { builtin }))

  it('are checked before files are', async () => {
    await expect(prepared({ nodes: { os: 'a' }, other: 1 })).resolves.toBeUndefined()
    await expect(prepared({ nodes: { os: 'c' } })).rejects.toMatchObject({
      name: 'ConfigError',
      message: 'settings: nodes.os must be one of "a", "b"; found "c".',
    })
    await expect(prepared({ nodes: 1 })).rejects.toThrow('settings: nodes must be of type object; found 1.')
  })

  it('are not to be misspelt', () => {
    expect(() => resolveConfig({ settings: { node: {} } }, { builtin })).toThrow(
      "config[0]: settings has 'node', which no plugin declares. Did you mean 'nodes'?",
    )
  })
})
