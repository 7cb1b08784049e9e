import { describe, expect, it } from 'vitest'
import { parse } from '../../src/parse/index.ts'
import type { KubernetesNode, Path } from '../../src/parse/tree.ts'
import { placeOf } from '../../src/report/place.ts'
import { toProblem } from '../../src/report/report.ts'

const text = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
  labels:
spec:
  template:
    metadata: { labels: { app: agent } }
    spec:
      nodeSelector: {}
      containers:
        - image: a:1
          name: first
          args: [one, "two"]
          ports:
            - containerPort: 80
              hostPort: 80
          env:
            - { value: x, name: LOG }
            - name: "\${NAME}"
              value: y
          command:
            -
            - |
              text
      volumes:
        - name: data
`

const [manifest] = parse(text).children
const template = manifest!.children[0]!
const container = template.children.find(({ type }) => type === 'container')!

function place(node: KubernetesNode, path: Path = [], on?: 'key' | 'value'): string {
  const { start, end } = placeOf(node, path, on)
  return text.slice(start.offset, end.offset)
}

describe('placeOf', () => {
  it.each<[string, KubernetesNode, Path, string]>([
    ['a scalar: its value', container, ['image'], 'a:1'],
    ['a map: its key', template, ['metadata'], 'metadata'],
    ['an empty map: its key', template, ['spec', 'nodeSelector'], 'nodeSelector'],
    ['a list: its key', container, ['ports'], 'ports'],
    ['a scalar item: its value, quotes included', container, ['args', 1], '"two"'],
    ['an item: its name', container, ['env', 0], 'LOG'],
    ['an item without a name: its first key', container, ['ports', 0], 'containerPort'],
    ['a container: its name', container, [], 'first'],
    ['absent in a container: its name', container, ['resources', 'limits', 'memory'], 'first'],
    ['absent in an item without a name: its first key', container, ['ports', 0, 'protocol'], 'containerPort'],
    ['absent in a map: its key', manifest!, ['spec', 'updateStrategy', 'type'], 'spec'],
    ['absent below what is null: its key', manifest!, ['metadata', 'labels', 'app'], 'labels'],
    ['null: its key', manifest!, ['metadata', 'labels'], 'labels'],
    ['absent at the top: the kind', manifest!, ['status'], 'DaemonSet'],
    ['the resource: its kind', manifest!, [], 'DaemonSet'],
    ['a pod template: its key', template, [], 'template'],
    ['absent below a scalar: the key of what holds it', container, ['image', 'tag'], 'image'],
    ['an index that does not exist: the list', container, ['args', 7], 'args'],
  ])('%s', (_, node, path, expected) => {
    expect(place(node, path)).toBe(expected)
  })

  it('points at the key when asked to', () => {
    expect(place(container, ['image'], 'key')).toBe('image')
    expect(place(manifest!, ['kind'], 'key')).toBe('kind')
  })

  it('never points at more than a line', () => {
    const paths: Path[] = [
      [],
      ['spec'],
      ['spec', 'template'],
      ['spec', 'template', 'spec', 'containers', 0, 'env', 1],
    ]
    for (const path of paths) {
      const { start, end } = placeOf(manifest!, path)
      expect(start.line, path.join('.')).toBe(end.line)
      expect(end.offset!).toBeGreaterThan(start.offset!)
    }
  })
})

describe('toProblem', () => {
  const source = { ruleId: 'r', severity: 'warn', messages: { m: 'M {{a}}', n: 'N' } } as const

  it('says what and where', () => {
    const problem = toProblem(
      { node: container, path: ['env', 0, 'value'], messageId: 'm', data: { a: 1 } },
      source,
    )
    expect(problem).toMatchObject({
      ruleId: 'r',
      severity: 'warn',
      message: 'M 1',
      messageId: 'm',
      field: 'spec.template.spec.containers[0].env[0].value',
      container: 'first',
    })
    expect(Object.keys(problem!)).not.toContain('rejected')
  })

  it('names the resource as plain data, which stays when the tree goes', () => {
    const problem = toProblem({ node: container, path: ['env'], messageId: 'n' }, source)!
    delete problem.manifest
    const { apiVersion, kind, namespace, name } = manifest!
    expect(problem.resource).toEqual({ apiVersion, kind, namespace, name })
    expect(problem.resource).toMatchObject({ apiVersion: 'apps/v1', kind: 'DaemonSet' })
  })

  it('tells the container from the path too', () => {
    const path = ['spec', 'template', 'spec', 'containers', 0, 'image']
    expect(toProblem({ node: manifest!, path, messageId: 'n' }, source)?.container).toBe('first')
    expect(
      toProblem({ node: manifest!, path: path.slice(0, 4), messageId: 'n' }, source)?.container,
    ).toBeUndefined()
  })

  it('keeps a place of its own, a second place and rejection', () => {
    const loc = manifest!.position
    const related = { position: loc, message: 'here' }
    const problem = toProblem(
      { node: manifest!, loc, related, messageId: 'n' },
      { ...source, rejected: true, url: 'https://example.com' },
    )
    expect(problem).toMatchObject({ position: loc, related, rejected: true, url: 'https://example.com' })
    expect(problem?.field).toBeUndefined()
  })

  it('drops what is said of an unknown field', () => {
    expect(toProblem({ node: container, path: ['env', 1, 'name'], messageId: 'n' }, source)).toBeNull()
  })

  it('drops fixes that cannot be made, and suggestions with them', () => {
    const none = () => null
    const some = (fixer: {
      removeRange(range: [number, number]): { range: [number, number]; text: string }[]
    }) => fixer.removeRange([0, 1])
    const problem = toProblem(
      {
        node: container,
        messageId: 'n',
        fix: (fixer) => [some(fixer), null],
        suggest: [
          { messageId: 'n', fix: none },
          { messageId: 'm', data: { a: 2 }, fix: (fixer) => [fixer.removeRange([5, 6]), some(fixer)] },
          { messageId: 'n', fix: () => [] },
        ],
      },
      source,
    )
    expect(problem?.fix).toBeUndefined()
    expect(problem?.suggestions).toEqual([
      {
        messageId: 'm',
        message: 'M 2',
        fix: {
          edits: [
            { range: [0, 1], text: '' },
            { range: [5, 6], text: '' },
          ],
        },
      },
    ])
  })
})
