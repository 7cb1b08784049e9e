import { join } from 'node:path'
import { parse } from '@daemonlint/core'
import { describe, expect, it } from 'vitest'
import { buildProject } from '../../src/project.ts'
import { temp } from '../temp.ts'

const daemonSet = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec:
      containers:
        - name: agent
          image: registry.example/agent
          envFrom: [{ configMapRef: { name: settings } }]
        - name: other
          image: registry.example/other
`

const container = ['spec', 'template', 'spec', 'containers', 0] as const

/** What a run over some files knows of one of them. */
function context(files: Record<string, string>, file: string, run: string[] = [file]) {
  const directory = temp({ '.git/': '', ...files })
  const read: string[] = []
  const project = buildProject(
    run.map((name) => join(directory, name)),
    {
      cwd: directory,
      readText: (path) => {
        const name = path.slice(directory.length + 1)
        read.push(name)
        return files[name]
      },
    },
  )
  const found = project.contextOf(join(directory, file))
  const unknown = (...path: (string | number)[]) =>
    parse(files[file]!, { context: found }).children[0]!.isUnknown(...path)
  return { context: found, unknown, read }
}

const near = (kustomization: string, more: Record<string, string> = {}) =>
  context({ 'agent.yaml': daemonSet, 'kustomization.yaml': kustomization, ...more }, 'agent.yaml')

describe('what a kustomization in the same folder sets', () => {
  const resources = 'resources: [agent.yaml]\n'

  it.each([
    'images: [{ name: registry.example/agent, newTag: 1.10 }]',
    'images: [{ name: registry.example/agent, digest: sha256:00 }]',
    'images: [{ name: registry.example/agent, newName: mirror.example/agent }]',
    'transformers: [images.yaml]',
    'patches: [{ path: patch.yaml }]',
    'patches: [{ path: "./patch.yaml", target: { kind: DaemonSet } }]',
    'patchesStrategicMerge: [patch.yaml]',
    'patchesStrategicMerge: ["kind: DaemonSet\\nmetadata: { name: agent }\\nspec: { template: { spec: { containers: [{ name: agent, image: x:1 }] } } }"]',
    'patchesJson6902: [{ path: operations.yaml, target: { kind: DaemonSet, name: agent, version: v1, group: apps } }]',
    `patches: [{ target: { kind: DaemonSet, name: "ag.*t" }, patch: '[{ "op": "replace", "path": "/spec/template/spec/containers/0/image", "value": "x:1" }]' }]`,
    'components: [component]',
    'replacements: [{ targets: [{ select: { kind: DaemonSet }, fieldPaths: ["spec.template.spec.containers.[name=agent].image"] }] }]',
    'replacements: [{ path: replacement.yaml }]',
  ])('the image: %s', (text) => {
    const { unknown } = near(resources + text, {
      'patch.yaml':
        'kind: DaemonSet\nmetadata: { name: agent }\nspec: { template: { spec: { containers: [{ name: agent, image: x:1 }] } } }\n',
      'operations.yaml': '- { op: replace, path: /spec/template/spec/containers/0/image, value: x:1 }\n',
      'images.yaml':
        'apiVersion: builtin\nkind: ImageTagTransformer\nmetadata: { name: x }\nimageTag: { name: registry.example/agent, newTag: v2 }\n',
      'component/kustomization.yaml':
        'kind: Component\nimages: [{ name: registry.example/agent, newTag: v2 }]\n',
      'replacement.yaml':
        'targets: [{ select: { name: agent }, fieldPaths: ["spec.template.spec.containers.0.image"] }]\n',
    })
    expect(unknown(...container, 'image')).toBe(true)
    expect(unknown('spec', 'template', 'spec', 'containers', 1, 'image')).toBe(false)
  })

  it.each([
    'images: [{ name: registry.example/agen, newTag: v2 }]',
    'images: [{ name: registry.example/agent }]',
    'patches: [{ path: missing.yaml }]',
    'patches: [{ target: { kind: Deployment }, patch: "[{ op: replace, path: /spec/template/spec/containers/0/image, value: x }]" }]',
    'images: 1\npatches: x\nlabels: [null, 2]\nreplicas: {}\nreplacements: [{ targets: 1 }]\nconfigMapGenerator: [1]',
  ])('not the image: %s', (text) => {
    expect(near(resources + text).unknown(...container, 'image')).toBe(false)
  })

  it('the tag as it is written', () => {
    const { context } = near(`${resources}images: [{ name: registry.example/agent, newTag: 1.10 }]`)
    expect(context.overlaid).toContainEqual({
      path: ['spec', 'template', 'spec', 'containers', '*', 'image'],
      where: { image: 'registry.example/agent' },
      value: 'registry.example/agent:1.10',
    })
  })

  it.each([
    ['namespace: logging', ['metadata', 'namespace']],
    ['commonLabels: { team: a }', ['metadata', 'labels', 'team']],
    ['commonLabels: { team: a }', ['spec', 'selector', 'matchLabels', 'team']],
    [
      'labels: [{ pairs: { team: a }, includeSelectors: true }]',
      ['spec', 'template', 'metadata', 'labels', 'team'],
    ],
    [
      'labels: [{ pairs: { team: a }, includeTemplates: true }]',
      ['spec', 'template', 'metadata', 'labels', 'team'],
    ],
    ['commonAnnotations: { a: b }', ['spec', 'template', 'metadata', 'annotations', 'a']],
    ['configMapGenerator: [{ name: settings }]', [...container, 'envFrom', 0, 'configMapRef', 'name']],
  ] as [string, (string | number)[]][])('%s', (text, path) => {
    expect(near(resources + text).unknown(...path)).toBe(true)
  })

  it.each([
    ['labels: [{ pairs: { team: a } }]', ['spec', 'selector', 'matchLabels', 'team']],
    ['labels: [{ pairs: { team: a }, includeTemplates: true }]', ['spec', 'selector', 'matchLabels', 'team']],
    ['configMapGenerator: [{ name: others }]', [...container, 'envFrom', 0, 'configMapRef', 'name']],
    ['secretGenerator: [{ name: settings }]', [...container, 'envFrom', 0, 'configMapRef', 'name']],
    [
      'configMapGenerator: [{ name: settings, options: { disableNameSuffixHash: true } }]',
      [...container, 'envFrom', 0, 'configMapRef', 'name'],
    ],
    [
      'configMapGenerator: [{ name: settings }]\ngeneratorOptions: { disableNameSuffixHash: true }',
      [...container, 'envFrom', 0, 'configMapRef', 'name'],
    ],
    ['namePrefix: dev-', ['metadata', 'name']],
  ] as [string, (string | number)[]][])('not by %s', (text, path) => {
    expect(near(resources + text).unknown(...path)).toBe(false)
  })

  it('nothing, when it is broken, a template or about other files', () => {
    for (const text of [
      'resources: [',
      '{{ if x }}',
      '',
      '- a',
      'resources: [other.yaml]\nnamespace: x\n',
      '&a [*a',
    ]) {
      const { context } = near(text)
      expect(context).toEqual({})
    }
  })
})

describe('patches', () => {
  it('are judged as such, and by what else is set', () => {
    const patch =
      'kind: DaemonSet\nmetadata: { name: agent }\nspec: { template: { spec: { containers: [{ name: agent, image: registry.example/agent }] } } }\n'
    const files = {
      'kustomization.yaml':
        'resources: [agent.yaml]\npatches: [{ path: patch.yaml }]\nimages: [{ name: registry.example/agent, newTag: v1 }]\n',
      'agent.yaml': daemonSet,
      'patch.yaml': patch,
    }
    const tagged = context(files, 'patch.yaml')
    expect(tagged.context.role).toBe('patch')
    expect(tagged.unknown(...container, 'image')).toBe(true)
    const plain = context(
      { ...files, 'kustomization.yaml': 'resources: [agent.yaml]\npatches: [{ path: patch.yaml }]\n' },
      'patch.yaml',
    )
    expect(plain.unknown(...container, 'image')).toBe(false)
    expect(near('resources: [agent.yaml]\n').context.role).toBeUndefined()
  })
})

describe('where kustomizations are found', () => {
  const images = 'images: [{ name: registry.example/agent, newTag: v1 }]\n'
  const base = {
    'apps/base/agent.yaml': daemonSet,
    'apps/base/kustomization.yml': 'resources: [agent.yaml]\n',
  }

  it.each([
    ['beside the base', { 'apps/prod/kustomization.yaml': `resources: [../base]\n${images}` }],
    ['in overlays', { 'apps/overlays/prod/kustomization.yaml': `bases: [../../base]\n${images}` }],
    [
      'through another',
      {
        'apps/overlays/prod/kustomization.yaml': `resources: [../../base]\n`,
        'apps/kustomization.yaml': `resources: [overlays/prod]\n${images}`,
      },
    ],
    [
      'as a component of an overlay',
      {
        'apps/overlays/prod/kustomization.yaml': `resources: [../../base]\ncomponents: [../../pinned]\n`,
        'apps/pinned/Kustomization': images,
      },
    ],
    [
      'in circles',
      {
        'apps/overlays/prod/kustomization.yaml': `resources: [../../base, ../prod, ../..]\n${images}`,
        'apps/kustomization.yaml': 'resources: [overlays/prod]\n',
      },
    ],
  ] as [string, Record<string, string>][])('%s', (_, files) => {
    const { unknown } = context({ ...base, ...files }, 'apps/base/agent.yaml')
    expect(unknown(...container, 'image')).toBe(true)
  })

  it('above the folder, up to the root of the repository', () => {
    const overlay = `resources: [apps/agent.yaml]\n${images}`
    const files = { 'repo/apps/agent.yaml': daemonSet, 'repo/kustomization.yaml': overlay }
    expect(context(files, 'repo/apps/agent.yaml').unknown(...container, 'image')).toBe(true)
    expect(context({ ...files, 'repo/apps/.git/x': '' }, 'repo/apps/agent.yaml').context).toEqual({})
  })

  it('anywhere in the run', () => {
    const files = { ...base, 'clusters/a/b/kustomization.yaml': `resources: [../../../apps/base]\n${images}` }
    const run = Object.keys(files)
    expect(context(files, 'apps/base/agent.yaml').unknown(...container, 'image')).toBe(false)
    expect(context(files, 'apps/base/agent.yaml', run).unknown(...container, 'image')).toBe(true)
  })

  it('by the name that a prefix makes', () => {
    const files = {
      ...base,
      'apps/base/kustomization.yml': 'resources: [agent.yaml]\nnamePrefix: my-\n',
      'apps/prod/kustomization.yaml':
        'resources: [../base]\npatches: [{ patch: "kind: DaemonSet\\nmetadata: { name: my-agent }\\nspec: { minReadySeconds: 5 }" }]\n',
    }
    expect(context(files, 'apps/base/agent.yaml').unknown('spec', 'minReadySeconds')).toBe(true)
  })

  it('and nothing else is read', () => {
    const files = {
      ...base,
      'apps/prod/kustomization.yaml': `resources: [../base, https://example.com/x?ref=v1]\n${images}patches: [{ path: p.yaml }]\n`,
      'apps/unrelated/kustomization.yaml': 'resources: [x.yaml]\n',
      'apps/unrelated/x.yaml': daemonSet,
    }
    const { read, context: found } = context(files, 'apps/base/agent.yaml')
    expect(read).toEqual([
      'apps/base/kustomization.yml',
      'apps/prod/kustomization.yaml',
      'apps/prod/kustomization.yaml',
      'apps/unrelated/kustomization.yaml',
    ])
    expect(found.overlaid).not.toEqual([])
    expect(read.slice(4)).toEqual(['apps/prod/p.yaml'])
    expect(context({ 'agent.yaml': daemonSet, 'b/x.yaml': '' }, 'agent.yaml').read).toEqual([])
  })
})
