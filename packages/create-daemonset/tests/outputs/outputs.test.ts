import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { scaffold } from '../../src/index.ts'

const made = (output: 'single' | 'files' | 'kustomize' | 'helm', answers: Record<string, unknown> = {}) => {
  const { files, next } = scaffold({ preset: 'fluent-bit', output, ...answers })
  return { files: new Map(files.map(({ path, contents }) => [path, contents])), next }
}

describe('single', () => {
  it('holds everything, in the order in which it can be applied', () => {
    const { files, next } = made('single')
    expect([...files.keys()]).toEqual(['fluent-bit.yaml'])
    const kinds = parseAllDocuments(files.get('fluent-bit.yaml')!).map((document) => document.get('kind'))
    expect(kinds).toEqual([
      'Namespace',
      'ResourceQuota',
      'ServiceAccount',
      'ClusterRole',
      'ClusterRoleBinding',
      'ConfigMap',
      'Secret',
      'Secret',
      'DaemonSet',
    ])
    expect(next.join('\n')).toContain('kubectl apply --server-side -f fluent-bit.yaml')
  })

  it('puts definitions of kinds first', () => {
    const { files } = scaffold({ preset: 'multus' })
    const kinds = parseAllDocuments(files[0]!.contents).map((document) => document.get('kind'))
    expect(kinds.lastIndexOf('CustomResourceDefinition')).toBeLessThan(
      kinds.findIndex((kind) => kind !== 'CustomResourceDefinition'),
    )
  })
})

describe('files', () => {
  it('numbers files, so that kubectl takes them in their order', () => {
    const { files } = made('files')
    expect([...files.keys()].at(0)).toBe('manifests/01-namespace.yaml')
    expect([...files.keys()].at(-1)).toBe('manifests/09-daemonset.yaml')
  })

  it('holds the same as one file', () => {
    const { files } = made('files', { sink: 'stdout' })
    expect([...files.values()].join('---\n')).toBe(
      made('single', { sink: 'stdout' }).files.get('fluent-bit.yaml'),
    )
  })
})

describe('kustomize', () => {
  const { files } = made('kustomize')

  it('lists every file of the base', () => {
    const { resources, configMapGenerator } = parse(files.get('base/kustomization.yaml')!)
    const there = [...files.keys()]
      .filter((path) => path.startsWith('base/') && !path.startsWith('base/config/'))
      .map((path) => path.slice('base/'.length))
    expect(['kustomization.yaml', ...resources].sort()).toEqual(there.sort())
    expect(configMapGenerator[0]).toMatchObject({
      name: 'fluent-bit',
      namespace: 'logging',
      files: ['config/fluent-bit.yaml'],
    })
    expect(parse(files.get('base/config/fluent-bit.yaml')!)).toHaveProperty('pipeline')
  })

  it('leaves restarts to the hash in the name of the ConfigMap', () => {
    expect(files.get('base/daemonset.yaml')).not.toContain('checksum/config')
  })

  it('has a version of its own in production', () => {
    expect(parse(files.get('overlays/production/kustomization.yaml')!).images).toEqual([
      { name: 'cr.fluentbit.io/fluent/fluent-bit', newTag: '5.1.1' },
    ])
    const image = `registry.example.com/fluent-bit@sha256:${'b'.repeat(64)}`
    const pinned = made('kustomize', { image }).files.get('overlays/production/kustomization.yaml')!
    expect(parse(pinned).images).toEqual([
      { name: 'registry.example.com/fluent-bit', digest: `sha256:${'b'.repeat(64)}` },
    ])
  })

  it('pins every image in production by the name that it has in the base', () => {
    for (const registry of ['', 'mirror.example.com/hub']) {
      const { files: calico } = scaffold({ preset: 'calico', output: 'kustomize', registry })
      const text = (path: string) => calico.find((file) => file.path === path)!.contents
      const { images } = parse(text('overlays/production/kustomization.yaml'))
      const pinned = images.map(({ name, newTag }: { name: string; newTag: string }) => `${name}:${newTag}`)
      const used = calico.flatMap(({ path, contents }) =>
        path.startsWith('base/')
          ? [...contents.matchAll(/^\s+(?:- )?image: (\S+)$/gm)].map(([, image]) => image!)
          : [],
      )
      expect(new Set(pinned)).toEqual(new Set(used))
      if (registry) for (const image of used) expect(image).toMatch(/^mirror\.example\.com\/hub\//)
    }
  })

  it('leaves the pods of an overlay alone when the base gets another version', () => {
    const { spec, metadata } = parse(files.get('base/daemonset.yaml')!)
    expect(metadata.labels['app.kubernetes.io/version']).toBe('5.1.1')
    expect(spec.template.metadata.labels['app.kubernetes.io/version']).toBeUndefined()
  })

  it('keeps to one node at a time in staging too, where that is meant', () => {
    for (const preset of ['calico', 'csi-node', 'kured']) {
      const paths = scaffold({ preset, output: 'kustomize', maxUnavailable: '1' }).files.map(
        ({ path }) => path,
      )
      expect(paths).not.toContain('overlays/staging/rollout.yaml')
    }
  })

  it('rolls out faster in staging, unless updates wait for somebody', () => {
    expect(files.has('overlays/staging/rollout.yaml')).toBe(true)
    const { files: others } = made('kustomize', { updateType: 'OnDelete' })
    expect(others.has('overlays/staging/rollout.yaml')).toBe(false)
    expect(others.get('overlays/staging/kustomization.yaml')).not.toContain('patches')
  })
})

describe('helm', () => {
  const { files, next } = made('helm', { nodeSelector: ['pool=a'], maxUnavailable: '3' })
  const values = parse(files.get('values.yaml')!)

  it('has the answers as its values', () => {
    expect(values).toMatchObject({
      image: { repository: 'cr.fluentbit.io/fluent/fluent-bit', tag: '5.1.1', digest: '' },
      resources: { limits: { memory: '256Mi' } },
      updateStrategy: { rollingUpdate: { maxUnavailable: 3 } },
      nodeSelector: { pool: 'a' },
      priorityClassName: 'system-node-critical',
    })
    expect(parse(values.config['fluent-bit.yaml'])).toHaveProperty('service')
  })

  it('says at a value why it is what it is', () => {
    expect(files.get('values.yaml')).toMatch(/# .*CPU limit.*\nresources:/)
  })

  it('installs into the namespace of the release', () => {
    for (const [path, contents] of files) {
      if (path.startsWith('templates/') && path.endsWith('.yaml'))
        expect(contents, path).not.toMatch(/namespace: logging/)
    }
    expect(files.get('templates/clusterrolebinding.yaml')).toContain(
      'namespace: {{ .Release.Namespace | quote }}',
    )
  })

  it('leaves what has to be somewhere else where it is', () => {
    const { files: weave } = scaffold({ preset: 'weave-net', output: 'helm', acceptArchived: true })
    const role = weave.find(({ path }) => path === 'templates/role.yaml')!
    expect(role.contents).toContain('namespace: kube-system')
  })

  it('has no placeholder left, and no braces that are not its own', () => {
    for (const [path, contents] of files) {
      expect(contents, path).not.toContain('HELM-VALUE')
      if (!path.endsWith('.yaml') || !path.startsWith('templates/')) continue
      for (const [expression] of contents.matchAll(/\{\{.*?\}\}/g))
        expect(expression).toMatch(/^\{\{-? (toYaml|include|\.Values|\.Release|\.Chart|"\{\{")/)
    }
  })

  it('installs neither the namespace nor secrets', () => {
    expect([...files.keys()].filter((path) => path.startsWith('prerequisites/'))).toEqual([
      'prerequisites/namespace.yaml',
      'prerequisites/secret-fluent-bit-sink.yaml',
      'prerequisites/secret-fluent-bit-sink-ca.yaml',
    ])
    expect(files.get('values.yaml')).not.toContain('REPLACE_ME')
    expect(next.join('\n')).toContain('kubectl apply --server-side -f prerequisites')
    expect(next.at(-2)).toBe('helm upgrade --install fluent-bit . --namespace logging')
  })

  it('describes its values by a schema that refuses moving tags and absent limits', () => {
    const schema = JSON.parse(files.get('values.schema.json')!)
    const validate = new Ajv({ strict: false }).compile(schema)
    expect(validate(values), JSON.stringify(validate.errors)).toBe(true)
    const digest = `sha256:${'a'.repeat(64)}`
    const changed = (change: (copy: typeof values) => void) => {
      const copy = structuredClone(values)
      change(copy)
      return validate(copy)
    }
    for (const tag of ['latest', 'latest-alpine', 'main', '1', 'v1', '', 'a b'])
      expect(
        changed((copy) => Object.assign(copy.image, { tag })),
        tag,
      ).toBe(false)
    expect(changed((copy) => Object.assign(copy.image, { tag: 'latest', digest }))).toBe(true)
    expect(changed((copy) => Object.assign(copy.image, { tag: '5.1.2' }))).toBe(true)
    for (const memory of ['', '0', 'abc', '-5', 0])
      expect(
        changed((copy) => Object.assign(copy.resources.limits, { memory })),
        String(memory),
      ).toBe(false)
    expect(changed((copy) => delete copy.resources.limits.memory)).toBe(false)
    expect(
      changed((copy) => Object.assign(copy.updateStrategy.rollingUpdate, { maxUnavailable: '200%' })),
    ).toBe(false)
    expect(changed((copy) => Object.assign(copy, { imge: {} }))).toBe(false)
  })

  it('makes values of the images of other workloads too', () => {
    const { files: calico } = scaffold({ preset: 'calico', output: 'helm' })
    const { workloads } = parse(calico.find(({ path }) => path === 'values.yaml')!.contents)
    const [containers] = Object.values(workloads as Record<string, { containers: object }>)
    expect(Object.values(containers!.containers)[0]).toMatchObject({
      image: { tag: expect.stringMatching(/^v3/) },
    })
  })

  it('keeps images and resources of other containers apart', () => {
    const { files: csi } = scaffold({ preset: 'csi-node', output: 'helm' })
    const text = csi.find(({ path }) => path === 'values.yaml')!.contents
    const { containers } = parse(text)
    expect(Object.keys(containers).length).toBeGreaterThanOrEqual(2)
    for (const container of Object.values(containers))
      expect(container).toMatchObject({
        image: { repository: expect.any(String) },
        resources: expect.any(Object),
      })
  })
})
