import { describe, expect, it } from 'vitest'
import { patchedFields, replacementPath } from '../../src/kustomize/patches.ts'

/** `kind/name path = value`, with items by their keys in brackets. */
function shown(text: string, target?: { kind?: string; name?: string }): string[] {
  return patchedFields(text, target).map(({ kind = '*', name = '*', path, value }) => {
    const steps = path.map((step) => (typeof step === 'object' ? JSON.stringify(step) : step)).join('.')
    return `${kind}/${name} ${steps}${value === undefined ? '' : ` = ${JSON.stringify(value)}`}`
  })
}

describe('strategic-merge patches', () => {
  it('state their leaves, and items of lists by their merge keys', () => {
    const text = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
  namespace: logging
  labels: { team: infra }
spec:
  updateStrategy: { rollingUpdate: { maxUnavailable: 2 } }
  template:
    spec:
      hostNetwork: null
      tolerations: [{ operator: Exists }]
      containers:
        - name: agent
          image: agent:2
          args: [a, b]
          env: [{ name: LEVEL, value: debug }, { name: PLAIN }]
          volumeMounts: [{ mountPath: /var/log, name: logs }]
          ports: [{ containerPort: 80, hostPort: 80 }]
      volumes:
        - name: logs
          emptyDir: {}
`
    expect(shown(text)).toEqual([
      'DaemonSet/agent metadata.labels.team = "infra"',
      'DaemonSet/agent spec.updateStrategy.rollingUpdate.maxUnavailable = 2',
      'DaemonSet/agent spec.template.spec.hostNetwork = null',
      'DaemonSet/agent spec.template.spec.tolerations',
      'DaemonSet/agent spec.template.spec.containers.{"name":"agent"}.image = "agent:2"',
      'DaemonSet/agent spec.template.spec.containers.{"name":"agent"}.args',
      'DaemonSet/agent spec.template.spec.containers.{"name":"agent"}.env.{"name":"LEVEL"}.value = "debug"',
      'DaemonSet/agent spec.template.spec.containers.{"name":"agent"}.volumeMounts.{"mountPath":"/var/log"}.name = "logs"',
      'DaemonSet/agent spec.template.spec.containers.{"name":"agent"}.ports.{"containerPort":80}.hostPort = 80',
      'DaemonSet/agent spec.template.spec.volumes.{"name":"logs"}.emptyDir',
    ])
  })

  it.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'])(
    'set a field `%s` like any other',
    (name) => {
      const list = `kind: DaemonSet\nspec: { ${name}: [{ name: a, x: 1 }] }`
      expect(shown(list)).toEqual([`DaemonSet/* spec.${name}`])
      const map = `kind: DaemonSet\nmetadata: { labels: { ${name}: x } }`
      expect(shown(map)).toEqual([`DaemonSet/* metadata.labels.${name} = "x"`])
    },
  )

  it('follow the directives that replace and delete', () => {
    const patch = (spec: string) => shown(`kind: DaemonSet\nmetadata: { name: a }\n${spec}`)
    expect(patch('spec: { selector: { $patch: replace, matchLabels: { a: b } } }')).toEqual([
      'DaemonSet/a spec.selector',
    ])
    expect(patch('spec: { template: { spec: { volumes: [{ name: x, $patch: delete }] } } }')).toEqual([
      'DaemonSet/a spec.template.spec.volumes.{"name":"x"}',
    ])
    expect(patch('spec: { template: { spec: { volumes: [{ $patch: replace }, { name: x }] } } }')).toEqual([
      'DaemonSet/a spec.template.spec.volumes',
    ])
    expect(patch('$patch: delete')).toEqual([])
  })

  it('are for whom the kustomization says', () => {
    const text = 'kind: Ignored\nmetadata: { name: ignored }\nspec: { paused: true }\n'
    expect(shown(text, { kind: 'Deployment' })).toEqual(['Deployment/* spec.paused = true'])
    expect(shown(`${text}---\n${text}`, {})).toHaveLength(2)
  })
})

describe('JSON 6902 patches', () => {
  it('change the fields they point at', () => {
    const text = `
- { op: test, path: /kind, value: DaemonSet }
- { op: replace, path: /spec/template/spec/containers/0/image, value: agent:2 }
- { op: add, path: /metadata/annotations/example.com~1a~0b, value: x }
- { op: add, path: /spec/template/spec/nodeSelector, value: { a: b } }
- { op: remove, path: /spec/template/spec/tolerations/0 }
- { op: move, from: /metadata/labels/a, path: /metadata/labels/b }
- { op: add, path: /spec/template/spec/volumes/-, value: { name: x } }
- { op: add, path: /spec/template/spec/containers/0, value: { name: x } }
- { op: add }
- nonsense
`
    expect(shown(text, { kind: 'DaemonSet', name: 'agent' })).toEqual([
      'DaemonSet/agent spec.template.spec.containers.0.image = "agent:2"',
      'DaemonSet/agent metadata.annotations.example.com/a~b = "x"',
      'DaemonSet/agent spec.template.spec.nodeSelector',
      'DaemonSet/agent spec.template.spec.tolerations.0',
      'DaemonSet/agent metadata.labels.a',
      'DaemonSet/agent metadata.labels.b',
      'DaemonSet/agent spec.template.spec.volumes.{"name":""}',
      'DaemonSet/agent spec.template.spec.containers.{"name":""}',
    ])
  })

  it('may be JSON', () => {
    expect(shown('[{"op":"remove","path":"/spec/selector"}]')).toEqual(['*/* spec.selector'])
  })
})

describe('replacements', () => {
  it.each([
    [
      'spec.template.spec.containers.[name=agent].image',
      ['spec', 'template', 'spec', 'containers', { name: 'agent' }, 'image'],
    ],
    [
      'spec.template.spec.containers.0.env.[name=A].value',
      ['spec', 'template', 'spec', 'containers', 0, 'env', { name: 'A' }, 'value'],
    ],
    ['spec.ports.[port=80].name', ['spec', 'ports', '*', 'name']],
    ['metadata.annotations.example\\.com/a', ['metadata', 'annotations', 'example.com/a']],
    ['metadata.annotations.[example.com/a]', ['metadata', 'annotations', 'example.com/a']],
    ['spec.containers.*.image', ['spec', 'containers', '*', 'image']],
  ])('%s', (text, path) => {
    expect(replacementPath(text)).toEqual(path)
  })
})

it('broken patches change nothing', () => {
  for (const text of ['a: [', '', 'text', 'null', '&a [*a]', '- *x', `${'['.repeat(20000)}`]) {
    expect(patchedFields(text)).toEqual([])
  }
})
