import { parse } from '@daemonlint/core'
import { describe, expect, it } from 'vitest'
import { type DocumentSymbol, documentSymbols } from '../../src/features/symbols.ts'
import type { Snapshot } from '../../src/snapshot.ts'
import { examples, plain, templated } from '../manifests.ts'
import { snapshotOf } from '../snapshot-of.ts'

/** `container agent (image) [agent]`, its children indented. */
function print(text: string, symbols: readonly DocumentSymbol[], indent = ''): string[] {
  return symbols.flatMap(({ type, name, detail, selection, children }) => [
    `${indent}${type} ${name}${detail ? ` (${detail})` : ''} [${text.slice(...selection)}]`,
    ...print(text, children, `${indent}  `),
  ])
}

const symbolsOf = (text: string) => {
  const symbols = documentSymbols(snapshotOf(text))
  check(symbols, [0, text.length])
  return print(text, symbols)
}

/** As linting leaves a file in which nothing is linted. */
function unread(text: string): Snapshot {
  const snapshot = snapshotOf('')
  return { ...snapshot, text, result: { ...snapshot.result, root: parse(text, { wants: () => false }) } }
}

/** What the protocol demands: a selection within its range; and children within theirs. */
function check(symbols: readonly DocumentSymbol[], [start, end]: readonly [number, number]): number {
  let count = 0
  for (const { range, selection, children, name } of symbols) {
    expect(range[0], name).toBeGreaterThanOrEqual(start)
    expect(range[1], name).toBeLessThanOrEqual(end)
    expect(selection[0], name).toBeGreaterThanOrEqual(range[0])
    expect(selection[1], name).toBeLessThanOrEqual(range[1])
    expect(selection[1], name).toBeGreaterThanOrEqual(selection[0])
    expect(name).not.toBe('')
    count += 1 + check(children, range)
  }
  return count
}

const daemonSet = `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, namespace: ops }
spec:
  template:
    metadata:
      labels: { app: agent }
    spec:
      initContainers:
        - image: busybox:1
          name: wait
        - name: proxy
          restartPolicy: Always
      containers:
        - name: agent
          image: agent:1
      volumes:
        - name: log
          hostPath: { path: /var/log }
        - configMap:
            name: settings
          name: config
`

describe('documentSymbols', () => {
  it('lists what a DaemonSet is made of', () => {
    expect(symbolsOf(daemonSet)).toEqual([
      'resource DaemonSet agent (ops) [agent]',
      '  podTemplate pod template [template]',
      '    initContainer wait (init, busybox:1) [wait]',
      '    initContainer proxy (sidecar) [proxy]',
      '    container agent (agent:1) [agent]',
      '    volume log (hostPath /var/log) [log]',
      '    volume config (configMap settings) [config]',
    ])
  })

  it('lists resources that are not linted, and what they hold', () => {
    expect(
      symbolsOf(`kind: ConfigMap
apiVersion: v1
metadata:
  name: settings
data:
  a.conf: |
    x

  b: y
---
# Copyright
---
apiVersion: v1
kind: Service
metadata: {}
spec:
  ports: [{ port: 80 }, { name: metrics, port: 9100 }]
---
apiVersion: v1
kind: Pod
metadata: { generateName: run- }
spec:
  containers: [{ image: x }]
---
replicas: 3
`),
    ).toEqual([
      'resource ConfigMap settings [settings]',
      '  dataKey a.conf [a.conf]',
      '  dataKey b [b]',
      'resource Service [Service]',
      '  port 80 [port]',
      '  port metrics (9100) [metrics]',
      'resource Pod run- [Pod]',
      '  container container (x) [image]',
    ])
  })

  it('lists the items of a List', () => {
    const items = daemonSet.replace(/^(?=.)/gm, '    ').replace(/^ {4}/, '  - ')
    const [list, ...found] = symbolsOf(`apiVersion: v1\nkind: List\nitems:\n${items}`)
    expect(list).toBe('resource List [List]')
    expect(found).toEqual(symbolsOf(daemonSet).map((line) => `  ${line}`))
  })

  it('reads templates, JSON and what is being typed', () => {
    const template = daemonSet
      .replace('name: agent,', 'name: {{ include "agent.name" . }},')
      .replace('      containers:\n', '      {{- with .Values.x }}\n      containers:\n')
    expect(symbolsOf(template)[0]).toContain('resource DaemonSet {{ include "agent.name" . }}')
    expect(symbolsOf(template).at(-3)).toBe('    container agent (agent:1) [agent]')
    const json =
      '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[{"name":"b"}]}}'
    expect(symbolsOf(json)).toEqual(['resource Pod a ["a"]', '  container b ["b"]'])
    expect(symbolsOf(`${daemonSet}        - name:`)).toEqual(
      expect.arrayContaining(['    container agent (agent:1) [agent]', '    volume volume [name]']),
    )
    expect(symbolsOf('')).toEqual([])
    expect(symbolsOf('kind:')).toEqual([])
  })

  it('keeps to the order that the protocol demands, whatever the text', () => {
    let count = 0
    const others = [...plain, ...templated].filter(
      (one, index) => index % 4 === 0 && one.text.length < 100_000,
    )
    for (const { text } of [...examples, ...others]) {
      count += check(documentSymbols(unread(text)), [0, text.length])
      const half = text.slice(0, text.length / 2)
      check(documentSymbols(unread(half)), [0, half.length])
    }
    expect(count).toBeGreaterThan(examples.length)
  })
})
