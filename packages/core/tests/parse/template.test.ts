import { describe, expect, it } from 'vitest'
import { parse } from '../../src/parse/index.ts'
import { hasPlaceholder } from '../../src/parse/template.ts'

describe('placeholders', () => {
  it.each([
    '${IMAGE}',
    'registry/agent:${TAG:-1.0}',
    '{{ .Values.image }}',
    '{% x %}',
    '<%= x %>',
    '$REGISTRY/agent:$TAG',
    '@@TAG@@',
    'agent:@TAG@',
    '__IMAGE__',
    '__HOST__:80',
    '%TAG%',
    '#{Tag}#',
    '((tag))',
  ])('%s', (text) => expect(hasPlaceholder(text)).toBe(true))

  it.each([
    '$(NODE_NAME)',
    '--node=$(NODE_NAME)',
    '$${NOT}',
    'echo $HOME',
    'a@b',
    '@user',
    '__meta_kubernetes_pod',
    '%Y-%m-%d',
    '%SYSTEM%\\x',
    '<your-image>',
    '{a}',
    '50%',
    '#tag',
    '(a)',
    'x{{',
  ])('not %s', (text) => expect(hasPlaceholder(text)).toBe(false))

  it('in a script are the shell’s', () => {
    expect(hasPlaceholder('echo ${HOME}\n', true)).toBe(false)
    expect(hasPlaceholder('echo {{ x }}\n', true)).toBe(true)
  })
})

describe('templates', () => {
  const status = (text: string) => parse(text).documents[0]!.status

  it.each([
    '{{- if .Values.x }}\nkind: DaemonSet\n{{- end }}\n',
    'kind: DaemonSet\nspec: {{ toYaml .Values.spec }}\n',
    'kind: DaemonSet\n{% if x %}\na: b\n{% endif %}\n',
    'kind: DaemonSet\n<% if x %>\na: b\n',
    'kind: DaemonSet\nspec:\n  ${EXTRA}\n  a: b\n',
    'kind: DaemonSet\nmetadata:\n  labels:\n    ${KEY}: b\n',
    'kind: DaemonSet\nmetadata:\n  labels:\n    "{{ key }}": b\n',
  ])('%j', (text) => {
    const root = parse(text)
    expect(root.documents[0]!.status).toBe('template')
    expect(root.documents[0]!.errors).toEqual([])
    expect(root.children).toEqual([])
  })

  it('are not to blame for other mistakes', () => {
    expect(status('a: ${X}\nb: [\n')).toBe('broken')
    expect(status('a: ${X}\na: 1\n')).toBe('parsed')
    expect(status('a: @x\nb: __X__\n')).toBe('broken')
  })

  it('that are YAML stay documents, with unknown scalars', () => {
    const root = parse('kind: DaemonSet\nmetadata: {name: "{{ x }}", namespace: ops}\nargs: ["${X}"]\n')
    expect(root.documents[0]!.status).toBe('parsed')
    expect(root.children[0]).toMatchObject({ name: '', namespace: 'ops' })
  })
})
