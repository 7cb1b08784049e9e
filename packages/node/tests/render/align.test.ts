import { expect, it } from 'vitest'
import { align } from '../../src/render/align.ts'

const template = `{{- if .Values.enabled }}
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: {{ include "demo.fullname" . }}
  labels:
    {{- include "demo.labels" . | nindent 4 }}
spec:
  template:
    spec:
      containers:
        - name: agent
          image: "{{ .Values.image.repository }}:latest"
          {{- with .Values.resources }}
          resources:
            {{- toYaml . | nindent 12 }}
          {{- end }}
          args: [{{ .Values.first }}, fixed, {{ .Values.second }}]
{{- end }}
`

const rendered = `---
# Source: demo/templates/ds.yaml
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: release-name-demo
  labels:
    app: demo
    kind: DaemonSet
spec:
  template:
    spec:
      containers:
        - name: agent
          image: "example.com/agent:latest"
          args: [one, fixed, two]
`

/** Where a word of the rendered text stands in the template, as the template's own text. */
function find(word: string, template: string, rendered: string): string | undefined {
  const offset = rendered.indexOf(word)
  if (offset < 0) throw new Error(`There is no ${word}`)
  const pointAt = (at: number) => {
    const lines = rendered.slice(0, at).split('\n')
    return { line: lines.length, column: lines.at(-1)!.length + 1, offset: at }
  }
  const place = align(template, rendered)({ start: pointAt(offset), end: pointAt(offset + word.length) })
  if (!place) return undefined
  const { start, end } = place
  const line = template.split('\n')[start.line - 1]!
  expect(template.slice(start.offset).startsWith(line.slice(start.column - 1))).toBe(true)
  return `${start.line}: ${line.slice(start.column - 1, end.column - 1)}`
}

it.each([
  // The same text.
  ['DaemonSet', '3: DaemonSet'],
  ['containers', '11: containers'],
  ['agent', '12: agent'],
  // What an action prints is the action; what stands around it is itself.
  ['release-name-demo', '5: {{ include "demo.fullname" . }}'],
  ['"example.com/agent:latest"', '13: "{{ .Values.image.repository }}:latest"'],
  ['latest', '13: latest'],
  ['[one, fixed, two]', '18: [{{ .Values.first }}, fixed, {{ .Values.second }}]'],
  ['fixed', '18: {{ .Values.first }}, fixed, {{ .Values.second }}'],
  // Of a named template, or of values.
  ['app: demo', undefined],
  ['    kind: DaemonSet', undefined],
])('%s', (word, expected) => {
  expect(find(word, template, rendered)).toBe(expected)
})

it('knows CRLF', () => {
  const crlf = template.replaceAll('\n', '\r\n')
  expect(find('agent', crlf, rendered)).toBe('12: agent')
})

it('leaves alone what may be of several lines', () => {
  const twice = 'a:\n  - name: x\n    mode: {{ .one }}\n  - name: x\n    mode: {{ .two }}\n'
  expect(find('mode: 1', twice, '---\na:\n  - name: x\n    mode: 1\n')).toBeUndefined()
  const loop = 'ports:\n{{- range .ports }}\n  - port: {{ . }}\n{{- end }}\n'
  expect(find('port: 2', loop, '---\nports:\n  - port: 1\n  - port: 2\n')).toBeUndefined()
  expect(find('port: 1', loop, '---\nports:\n  - port: 1\n')).toBe('3: port: {{ . }}')
})

it('tells the documents of a template apart, in whatever order helm prints them', () => {
  const both = 'kind: DaemonSet\nname: {{ .a }}\nspec: 1\n---\nkind: Service\nname: {{ .b }}\nports: 1\n'
  const other = '---\nkind: Service\nname: x\nports: 1\n---\nkind: DaemonSet\nname: y\nspec: 1\n'
  expect(find('name: x', both, other)).toBe('6: name: {{ .b }}')
  expect(find('name: y', both, other)).toBe('2: name: {{ .a }}')
  const same = 'name: {{ .a }}\n---\nname: {{ .b }}\n'
  expect(find('name: x', same, '---\nname: x\n---\nname: y\n')).toBeUndefined()
})

it('gives up on texts that are too long to compare', () => {
  const long = Array.from({ length: 2100 }, (_, index) => `key${index}: ${index}`).join('\n')
  expect(find('key7', long, long)).toBeUndefined()
})
