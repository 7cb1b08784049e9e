import { describe, expect, it } from 'vitest'
import { parse } from '../../src/parse/index.ts'
import type { ContainerNode, DaemonSetNode, Manifest } from '../../src/parse/tree.ts'

const text = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
  namespace: ops
  annotations:
    note: v-\${REVISION}
spec:
  selector:
    matchLabels: {app: agent}
  template:
    spec:
      initContainers:
        - name: proxy
          image: proxy:1
          restartPolicy: Always
      containers:
        - name: main
          image: 'agent:\${TAG}'
          args: ['--tag=\${TAG}', --fixed]
          env:
            - {name: A, value: '\${A}'}
          resources:
            limits: {memory: 100Mi}
          command:
      volumes:
        - name: logs
          hostPath: {path: /var/log}
`
const daemonSet = (source = text, context = {}) => parse(source, { context }).children[0] as DaemonSetNode
const containerOf = (manifest: Manifest, name = 'main') =>
  manifest.children[0]!.children.find(
    (node): node is ContainerNode => node.type === 'container' && node.value.name === name,
  )!

describe('the tree', () => {
  it('has a node for each part', () => {
    const manifest = daemonSet()
    expect(manifest).toMatchObject({
      type: 'daemonSet',
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      name: 'agent',
      namespace: 'ops',
      role: 'manifest',
      document: 0,
    })
    const [template] = manifest.children
    expect(template!.path).toEqual(['spec', 'template'])
    expect(template!.children.map(({ type, path }) => [type, path.slice(-2)])).toEqual([
      ['container', ['initContainers', 0]],
      ['container', ['containers', 0]],
      ['volume', ['volumes', 0]],
    ])
    expect(template!.children.map((node) => ('sidecar' in node ? node.sidecar : undefined))).toEqual([
      true,
      false,
      undefined,
    ])
    expect(containerOf(manifest).manifest).toBe(manifest)
  })

  it('is plain data to others', () => {
    const copy = structuredClone(daemonSet())
    expect(copy.children[0]!.children).toHaveLength(3)
    expect(JSON.parse(JSON.stringify(daemonSet())).kind).toBe('DaemonSet')
  })

  it('knows the pod templates of all workloads', () => {
    const paths = ['Deployment', 'StatefulSet', 'Job', 'CronJob', 'Pod'].map((kind) => {
      const spec = 'spec: {containers: [{name: a, image: b}]}'
      const body =
        {
          Pod: spec,
          CronJob: `spec: {jobTemplate: {spec: {template: {${spec}}}}}`,
        }[kind] ?? `spec: {selector: {}, template: {${spec}}}`
      const [manifest] = parse(`kind: ${kind}\n${body}\n`).children
      expect(containerOf(manifest!, 'a').value.image).toBe('b')
      return manifest!.children[0]!.path.join('.')
    })
    expect(paths).toEqual([
      'spec.template',
      'spec.template',
      'spec.template',
      'spec.jobTemplate.spec.template',
      '',
    ])
  })

  it('takes kinds of other groups for what they are', () => {
    const typeOf = (apiVersion: string) => daemonSet(`apiVersion: ${apiVersion}\nkind: DaemonSet\n`).type
    expect(['apps/v1', 'extensions/v1beta1', 'v1', 'apps.example.io/v1'].map(typeOf)).toEqual([
      'daemonSet',
      'daemonSet',
      'daemonSet',
      'manifest',
    ])
  })

  it('holds the items of lists', () => {
    const list = `kind: List\nitems:\n${text.trimEnd().replace(/^/gm, '    ').replace('    api', '  - api')}\n  - null\n  - {kind: Pod}\n`
    const [first, second, ...rest] = parse(list).children
    expect(rest).toEqual([])
    expect(second!.kind).toBe('Pod')
    expect(first!.path).toEqual([])
    expect(first!.field('spec', 'template')).toBe('spec.template')
    expect(containerOf(first!).isUnknown('image')).toBe(true)
    expect(list.slice(first!.at('metadata', 'name')!.start.offset).startsWith('agent\n')).toBe(true)
    const [typed] = parse(
      'apiVersion: apps/v1\nkind: DaemonSetList\nitems: [{metadata: {name: a}}]\n',
    ).children
    expect(typed).toMatchObject({ type: 'daemonSet', apiVersion: 'apps/v1', name: 'a' })
  })

  it.each([
    'spec: text',
    'spec: {template: []}',
    'spec: {template: {spec: {containers: text, volumes: {a: b}}}}',
    'spec: {template: {spec: {containers: [null, text, [1], {image: a}], initContainers: 1}}}',
    'metadata: [1]',
    'spec: {template: null}',
    'items: 1',
  ])('bears any shape: %s', (body) => {
    for (const kind of ['DaemonSet', 'Pod', 'List', '[a]', '1']) {
      const { children, documents } = parse(`kind: ${kind}\n${body}\n`)
      expect(documents[0]!.errors).toEqual([])
      expect(children).toHaveLength(1)
      expect(children[0]!.lacks('spec', 'template', 'spec', 'containers', 0, 'image', 'x')).toBe(true)
    }
  })
})

describe('unknown values', () => {
  it('are left out, except items of lists and texts', () => {
    const manifest = daemonSet()
    const { value } = containerOf(manifest)
    expect(value.image).toBeUndefined()
    expect(value.args).toEqual(['--tag=${TAG}', '--fixed'])
    expect(value.env).toEqual([{ name: 'A', value: '${A}' }])
    expect(manifest.value.metadata!.annotations).toEqual({ note: 'v-${REVISION}' })
  })

  it('are told apart from absent and from known ones', () => {
    const node = containerOf(daemonSet())
    expect([node.lacks('image'), node.isUnknown('image'), node.knows('image')]).toEqual([false, true, false])
    expect([node.lacks('ports'), node.isUnknown('ports'), node.knows('ports')]).toEqual([true, false, false])
    expect([node.lacks('name'), node.isUnknown('name'), node.knows('name')]).toEqual([false, false, true])
    expect([node.lacks('command'), node.knows('command')]).toEqual([true, true])
    expect([node.isUnknown('args'), node.knows('args')]).toEqual([false, false])
    expect([node.isUnknown('args', 0), node.isUnknown('args', 1)]).toEqual([true, false])
    expect(node.source('image')).toBe("'agent:${TAG}'")
    expect(node.source('resources')).toBeUndefined()
  })

  it('are not lost where a key is set twice elsewhere', () => {
    const twice = `kind: DaemonSet
spec: {template: {spec: {containers: [{name: a, name: a, image: a}, {name: main, image: 'b:\${TAG}'}]}}}
`
    const main = containerOf(daemonSet(twice))
    expect([main.lacks('image'), main.isUnknown('image')]).toEqual([false, true])
  })

  it('are forgotten where the key that held them is overwritten', () => {
    const twice =
      "kind: DaemonSet\nspec: {template: {spec: {containers: [{name: main, image: '${X}', image: a}]}}}\n"
    const main = containerOf(daemonSet(twice))
    expect([main.value.image, main.isUnknown('image')]).toEqual(['a', false])
  })

  it('may come from a kustomization', () => {
    const overlaid = [
      { kind: 'DaemonSet', path: ['metadata', 'namespace'] },
      { path: ['spec', 'template', 'spec', 'containers', { name: 'main' }, 'resources', 'requests'] },
      { path: ['spec', 'template', 'spec', 'initContainers', '*', 'image'] },
      { path: ['spec', 'template', 'spec', 'containers', { name: 'other' }, 'name'] },
      { name: 'another', path: ['metadata', 'name'] },
    ]
    const manifest = daemonSet(text, { overlaid })
    expect(manifest.name).toBe('agent')
    expect(manifest.namespace).toBe('')
    expect(manifest.value.metadata!.namespace).toBeUndefined()
    const main = containerOf(manifest)
    expect(main.lacks('resources', 'requests', 'cpu')).toBe(false)
    expect(main.lacks('resources', 'claims')).toBe(true)
    expect(main.isUnknown('name')).toBe(false)
    expect(containerOf(manifest, 'proxy').isUnknown('image')).toBe(true)
    expect(containerOf(manifest, 'proxy').value.image).toBeUndefined()
  })
})

describe('patches', () => {
  const roleOf = (spec: string, context = {}) => daemonSet(`kind: DaemonSet\nspec: ${spec}\n`, context).role

  it('are known by their shape', () => {
    expect(roleOf('{template: {spec: {hostNetwork: true}}}')).toBe('patch')
    expect(roleOf('{template: {spec: {containers: [{name: a}]}}}')).toBe('patch')
    expect(roleOf('{template: {spec: {containers: [{name: a, image: b}]}}}')).toBe('manifest')
    expect(roleOf('{template: {spec: {containers: [{name: a, image: "${X}"}]}}}')).toBe('manifest')
    expect(roleOf('{selector: {}, template: {spec: {containers: [{name: a}]}}}')).toBe('manifest')
    expect(roleOf('{template: {spec: {containers: []}}}')).toBe('manifest')
    expect(roleOf('{template: {spec: {containers: text}}}')).toBe('manifest')
    expect(roleOf('{updateStrategy: {}}')).toBe('manifest')
  })

  it('or by what the host says, and lack nothing', () => {
    expect(roleOf('{updateStrategy: {}}', { role: 'patch' })).toBe('patch')
    expect(roleOf('{template: {spec: {}}}', { role: 'manifest' })).toBe('manifest')
    const patch = daemonSet('kind: DaemonSet\nspec: {template: {spec: {a: null}}}\n')
    expect(patch.lacks('spec', 'selector')).toBe(false)
    expect(patch.lacks('spec', 'template', 'spec', 'a')).toBe(false)
  })
})
