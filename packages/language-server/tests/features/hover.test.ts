import { describe, expect, it } from 'vitest'
import { hover } from '../../src/features/hover.ts'
import { knowledge } from '../knowledge-of-sources.ts'
import { examples, templated } from '../manifests.ts'
import { type SnapshotOptions, snapshotOf } from '../snapshot-of.ts'

const manifest = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  selector:
    matchLabels: { app: agent }
  template:
    metadata:
      labels: { app: agent }
    spec:
      hostnameOverride: a
      tolerations:
      - key: node.kubernetes.io/not-ready
        operator: Exists
      containers:
      - name: agent
        image: example.com/agent # daemonlint-disable-line memory-limit, nothing
        imagePullPolicy: Always
        args: [--a, {{ .Values.b }}]
        ports:
        - { name: http, containerPort: 80 }
        livenessProbe: { httpGet: { port: http } }
        resources:
          requests: { cpu: 100m }
        volumeMounts:
        - name: log
          mountPath: /var/log
      volumes:
      - name: log
        hostPath: { path: /var/log }
`.replace('{{ .Values.b }}', 'b')

/** What is shown at the first place of a text, in Markdown. */
function at(needle: string, text = manifest, options: SnapshotOptions = {}): string | undefined {
  return hover(snapshotOf(text, options), text.indexOf(needle) + 1, { knowledge })?.markdown
}

describe('hover', () => {
  it('tells what a field is', () => {
    expect(at('imagePullPolicy')).toBe(`**imagePullPolicy**: string

\`spec.template.spec.containers[0].imagePullPolicy\`

Default: Always for \`latest\` or no tag, else IfNotPresent

Allowed:
- \`Always\`: The registry is asked at every start; layers that the node has are not pulled again.
- \`IfNotPresent\`: Pulled only where the node does not have it.
- \`Never\`: Never pulled: the node must have it already.

${knowledge.describe('Container', 'imagePullPolicy')}`)
    expect(at('containers')).toContain('**containers**: []Container, required\n')
    expect(at('matchLabels')).toContain('**matchLabels**: map[string]string\n')
    expect(at('selector')).toContain('**selector**: LabelSelector, required, cannot change later\n')
    expect(at('port: http')).toContain('**port**: IntOrString, required\n')
  })

  it('tells which versions have a field', () => {
    expect(at('hostnameOverride')).toContain('\n\nSince Kubernetes 1.34.\n\n')
    expect(at('hostnameOverride', manifest, { kubernetesVersions: '1.33-1.35' })).toContain(
      '\n\nSince Kubernetes 1.34; your target 1.33 does not have it.\n\n',
    )
    // Younger than the descriptions: in our own words.
    expect(at('hostnameOverride')).toContain('The hostname of the pod, whatever its name')
  })

  it('tells what a value means', () => {
    expect(at('Always')).toMatch(/^`Always`: The registry is asked at every start/)
    expect(at('100m')).toMatch(/^`100m` = 0\.1 CPU\n\n\*\*requests\*\*: map\[string\]Quantity\n/)
    expect(at('node.kubernetes.io/not-ready')).toMatch(
      /^`node.kubernetes.io\/not-ready`: The node is not ready\./,
    )
    expect(at('log\n          mountPath')).toMatch(/^`log`: A volume of the pod: hostPath `\/var\/log`\./)
    expect(at('http } }')).toMatch(/^`http`: Port 80 of the container\./)
    expect(at('cpu')).toMatch(/^`cpu`: CPU time/)
  })

  it('tells of a finding why it is one, before what the field is', () => {
    const text = at('example.com/agent')!
    expect(text).toMatch(
      /^\*\*\[image-tag\]\(file:.*\/image-tag\.md\)\*\*: [A-Z].*\.\n\nA DaemonSet pulls its image on every node/,
    )
    // What is wrong, the editor has from the diagnostic.
    expect(text).not.toContain('Container `agent`')
    expect(text).toContain('\n\n---\n\n**image**: string, required\n')
  })

  it('tells of a rule that a directive names what it is', () => {
    expect(at('memory-limit')).toMatch(/^\*\*\[memory-limit\]\(file:.*\)\*\*: Require a memory limit/)
    // Nor is it a rule, nor does what stands before it become one; the finding about it is explained.
    expect(at('nothing')).toMatch(
      /^\*\*\[daemonlint\/unused-directive\]\(file:.*\)\*\*\n\nA directive that hides nothing/,
    )
  })

  it('leaves fields to others where it is told to', () => {
    const text = (needle: string) =>
      hover(snapshotOf(manifest), manifest.indexOf(needle) + 1, { knowledge, fields: false })?.markdown
    expect(text('imagePullPolicy')).toBeUndefined()
    expect(text('example.com/agent')).toMatch(/^\*\*\[image-tag\]/)
    expect(text('example.com/agent')).not.toContain('**image**')
    expect(text('memory-limit')).toContain('**[memory-limit]')
  })

  it('speaks of what it marks', () => {
    const start = manifest.indexOf('imagePullPolicy')
    expect(hover(snapshotOf(manifest), start + 20, { knowledge })).toMatchObject({
      start: start + 17,
      end: start + 23,
    })
    expect(hover(snapshotOf(manifest), start, { knowledge })).toMatchObject({ start, end: start + 15 })
  })

  it('says nothing of what it does not know', () => {
    const config = { rules: {} }
    const silent = (text: string, needle: string) => expect(at(needle, text, { config })).toBeUndefined()
    silent('apiVersion: v1\nkind: Service\nspec:\n  selector: {}\n', 'selector')
    silent('apiVersion: apps.kruise.io/v1alpha1\nkind: DaemonSet\nspec:\n  selector: {}\n', 'selector')
    silent('# values of a chart\nkind: DaemonSet\nimage: agent\nmetadata: {}\n', 'metadata')
    silent('- op: add\n  path: /spec\n  value: {}\n', 'path')
    silent(manifest, '# daemonlint')
    silent('apiVersion: apps/v1\nkind: DaemonSet\nspec:\n  x: |\n    selector: {}\n', 'selector')
  })

  it('finds the items of a List, and the second document of a file', () => {
    const list =
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: apps/v1\n  kind: DaemonSet\n  spec: { minReadySeconds: 5 }\n'
    expect(at('minReadySeconds', list)).toContain('`spec.minReadySeconds`')
    const ofOneKind = 'apiVersion: apps/v1\nkind: DaemonSetList\nitems:\n- spec: { minReadySeconds: 5 }\n'
    expect(at('minReadySeconds', ofOneKind)).toContain('`spec.minReadySeconds`')
    const second = `apiVersion: v1\nkind: Service\nspec: { selector: {} }\n---\n${manifest}`
    expect(at('matchLabels', second)).toContain('`spec.selector.matchLabels`')
    expect(at('strategy', 'apiVersion: apps/v1\nkind: Deployment\nspec:\n  strategy: {}\n')).toContain(
      'DeploymentStrategy',
    )
  })

  it('reads the fields of a patch and of a template that is not rendered', () => {
    const patch =
      'apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: a }\nspec:\n  minReadySeconds: 5\n  $patch: merge\n'
    expect(at('minReadySeconds', patch)).toContain('`spec.minReadySeconds`')
    const template = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  {{- include "labels" . | nindent 2 }}
spec:
  {{- with .Values.updateStrategy }}
  updateStrategy:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  minReadySeconds: {{ .Values.min }}
`
    expect(at('minReadySeconds', template)).toContain('`spec.minReadySeconds`')
    expect(at('.Values.updateStrategy', template)).toBeUndefined()
    // It is one or the other.
    const kinds = '{{- if .a }}\nkind: DaemonSet\n{{- else }}\nkind: Deployment\n{{- end }}\n'
    const either = template.replace('kind: DaemonSet\n', kinds)
    expect(either).toContain('kind: Deployment')
    expect(at('minReadySeconds', either)).toBeUndefined()
  })

  it.each(examples)('has something to say of each key of examples/$name, without failing', ({ text }) => {
    const snapshot = snapshotOf(text)
    for (let offset = 0; offset <= text.length; offset += 29) hover(snapshot, offset, { knowledge })
  })

  it.skipIf(templated.length === 0)('does not fail in templates that others wrote', () => {
    for (const { text } of templated.slice(0, 25)) {
      const snapshot = snapshotOf(text, { config: { rules: {} } })
      for (let offset = 0; offset <= text.length; offset += 97) hover(snapshot, offset, { knowledge })
    }
  })
})
