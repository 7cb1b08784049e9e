import { describe, expect, it } from 'vitest'
import { parse } from '../src/parse/index.ts'
import { valueAt } from '../src/parse/value.ts'
import { daemonSet, lintToy } from './lint/toy.ts'

/** Names that every JavaScript object answers to, though nobody wrote them. */
const names = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__']

const rules = { image: 'warn', memory: 'warn', cpu: 'warn', strategy: 'warn', deployment: 'warn' } as const
const lint = (text: string) => lintToy(text, { rules })
const rejections = (text: string) =>
  lint(text).problems.flatMap(({ ruleId, field, rejected }) => (rejected ? [`${ruleId} ${field}`] : []))

/** What the server may have against such a name as a name; nothing else may be found. */
const formats = [
  'annotation-key',
  'container-name',
  'label-key',
  'object-name',
  'resource-name',
  'volume-name',
]
const strangers = (text: string) =>
  rejections(text).filter((found) => !formats.some((id) => found.startsWith(`api-server/${id} `)))

describe.each(names)('a key `%s`', (name) => {
  it.each<[string, string, string]>([
    ['the root', `${daemonSet()}${name}: x\n`, ''],
    ['metadata', daemonSet('image: bad', { metadata: `${name}: x` }), 'metadata.'],
    ['spec', daemonSet('image: bad', { spec: `${name}: x` }), 'spec.'],
    ['spec, as a map', daemonSet('image: bad', { spec: `${name}: { containers: [] }` }), 'spec.'],
    [
      'the pod spec',
      daemonSet().replace('      containers:', `      ${name}: x\n      containers:`),
      'spec.template.spec.',
    ],
    ['a container', daemonSet(`image: bad\n${name}: x`), 'spec.template.spec.containers[0].'],
    [
      'resources',
      daemonSet(`image: bad\nresources: { ${name}: { cpu: 1 } }`),
      'spec.template.spec.containers[0].resources.',
    ],
  ])('is an unknown field in %s', (_, text, parent) => {
    expect(rejections(text)).toEqual([`api-server/unknown-field ${parent}${name}`])
  })

  it.each<[string, string, (string | number)[]]>([
    ['a label', daemonSet('image: bad', { metadata: `labels: { ${name}: x }` }), ['metadata', 'labels']],
    [
      'a selected label',
      daemonSet('image: bad')
        .replace('matchLabels: { app: agent }', `matchLabels: { ${name}: x }`)
        .replace('labels: { app: agent }', `labels: { ${name}: x }`),
      ['spec', 'selector', 'matchLabels'],
    ],
    [
      'an annotation',
      daemonSet('image: bad', { metadata: `annotations: { ${name}: x }` }),
      ['metadata', 'annotations'],
    ],
    [
      'a node selector',
      daemonSet().replace('      containers:', `      nodeSelector: { ${name}: x }\n      containers:`),
      ['spec', 'template', 'spec', 'nodeSelector'],
    ],
    [
      'a resource',
      daemonSet(`image: bad\nresources: { limits: { ${name}: x } }`).replace(': x }', ': 1 }'),
      ['spec', 'template', 'spec', 'containers', 0, 'resources', 'limits'],
    ],
    ['a key of a ConfigMap', `kind: ConfigMap\napiVersion: v1\ndata: { ${name}: x }\n`, ['data']],
  ])('may be %s', (_, text, path) => {
    expect(strangers(text)).toEqual([])
    const map = valueAt(parse(text).children[0]!.value, path) as object
    expect(Object.keys(map)).toEqual([name])
    expect(String(valueAt(map, [name]))).toMatch(/^[x1]$/)
    expect(Object.getPrototypeOf(map)).toBe(Object.prototype)
  })

  it('may be the name of a resource, a container, a volume or a variable', () => {
    const text = daemonSet(`image: bad\nenv: [{ name: ${name}, value: x }]`, { name })
      .replace('- name: agent', `- name: ${name}`)
      .replace('      containers:', `      volumes: [{ name: ${name}, emptyDir: {} }]\n      containers:`)
    expect(strangers(text)).toEqual([])
    const { problems } = lint(text)
    expect(problems.find(({ ruleId }) => ruleId === 'image')).toMatchObject({ container: name })
  })

  it('may be a kind, a group and a directive, which mean nothing', () => {
    expect(lint(`apiVersion: v1\nkind: ${name}\nspec: {}\n`).problems).toEqual([])
    expect(lint(`apiVersion: ${name}/v1\nkind: Deployment\nspec: {}\n`).problems).toEqual([])
    const { problems } = lint(daemonSet(`image: bad # daemonlint-disable-line ${name}`))
    expect(problems.map(({ ruleId }) => ruleId)).toContain('image')
  })

  it('is not there when nobody wrote it', () => {
    const { root } = lint(daemonSet())
    const [manifest] = root.children
    expect(valueAt(manifest!.value, [name])).toBeUndefined()
    expect(valueAt(manifest!.value, ['spec', name])).toBeUndefined()
    expect(manifest!.lacks('spec', name)).toBe(true)
    expect(manifest!.at('spec', name)).toBeUndefined()
  })
})

it('writes nothing to the prototype of all objects', () => {
  const { root } = lint(daemonSet('', { metadata: 'labels: { __proto__: { polluted: "yes" } }' }))
  expect('polluted' in {}).toBe(false)
  expect('polluted' in (valueAt(root.children[0]!.value, ['metadata', 'labels']) as object)).toBe(false)
  expect(lint(`${daemonSet()}<<: { __proto__: { polluted: 1 } }\n`).problems).not.toEqual([])
  expect('polluted' in {}).toBe(false)
})
