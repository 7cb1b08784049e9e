import { lint, parse } from '@daemonlint/core'
import { describe, expect, it } from 'vitest'
import {
  type Completion,
  type CompletionOptions,
  complete,
  completionDocumentation,
} from '../../src/features/completion.ts'
import { knowledge } from '../knowledge-of-sources.ts'
import { templated } from '../manifests.ts'
import { type SnapshotOptions, snapshotOf } from '../snapshot-of.ts'

/** Completes at the bar. */
function at(text: string, options: CompletionOptions & SnapshotOptions = {}): Completion[] {
  const offset = text.indexOf('|')
  const whole = text.slice(0, offset) + text.slice(offset + 1)
  return complete(snapshotOf(whole, options), offset, options)
}

const labels = (text: string, options?: CompletionOptions & SnapshotOptions): string[] =>
  at(text, options).map(({ label }) => label)

/** The text with one of the completions at the bar, as an editor puts it there. */
function accepted(text: string, label: string, options: CompletionOptions = {}): string {
  const offset = text.indexOf('|')
  const whole = text.slice(0, offset) + text.slice(offset + 1)
  const found = complete(snapshotOf(whole), offset, options).find((one) => one.label === label)
  if (!found) throw new Error(`${label} is not offered`)
  const indent = /^[ \t]*/.exec(whole.slice(whole.lastIndexOf('\n', found.start - 1) + 1))![0]
  const inserted =
    options.adjustsIndentation === false ? found.insertText : found.insertText.replaceAll('\n', `\n${indent}`)
  return whole.slice(0, found.start) + inserted + whole.slice(found.end)
}

const head = 'apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: agent\n'
const pod = `${head}spec:\n  template:\n    spec:\n`
const container = `${pod}      containers:\n        - name: agent\n`

describe('fields', () => {
  it('are those that are not there yet, required ones first, then common ones', () => {
    const found = labels(`${container}          |\n          command: [a]\n`)
    expect(found.slice(0, 3)).toEqual(['image', 'imagePullPolicy', 'args'])
    expect(found).not.toContain('name')
    expect(found).not.toContain('command')
    const texts = at(`${container}          |`).map(({ sortText }) => sortText)
    expect(texts).toEqual([...texts].sort())
  })

  it('below the dash of an item are those of the item, with the spaces that are missing', () => {
    for (const indent of ['        ', '      ']) {
      const text = `${pod}      containers:\n${indent}- name: agent\n${indent}|\n`
      expect(labels(text).slice(0, 2)).toEqual(['image', 'imagePullPolicy'])
      expect(accepted(text, 'image')).toContain(`${indent}- name: agent\n${indent}  image: \n`)
      for (const adjustsIndentation of [true, false]) {
        expect(accepted(text, 'env', { adjustsIndentation })).toMatch(
          new RegExp(`\\n${indent}  env:\\n${indent}  (?:  )?- \\n$`),
        )
      }
    }
    const half = `${pod}      containers:\n        -   name: agent\n        im|\n            args: []\n`
    expect(accepted(half, 'image')).toContain('\n            image: \n            args')
    // Where the list stands below its key, what holds it may be meant too; after a whole item, only that.
    const texts = at(`${pod}      containers:\n      - name: agent\n      |`)
    const sorted = texts.toSorted((a, b) => (a.sortText < b.sortText ? -1 : 1)).map(({ label }) => label)
    expect(sorted.indexOf('image')).toBeLessThan(sorted.indexOf('volumes'))
    expect(labels(`${pod}      containers:\n      - name: agent\n        image: a\n      |`)).not.toContain(
      'image',
    )
    expect(labels(`${pod}      containers:\n        - args:\n            - a\n            |`)).toEqual([])
  })

  it.each([
    ['on an empty line', `${head}spec:\n  |\n`, 'updateStrategy'],
    ['on a line with keys after it', `${head}spec:\n  |\n  minReadySeconds: 5\n`, 'updateStrategy'],
    ['half written', `${head}spec:\n  upd|\n  minReadySeconds: 5\n`, 'updateStrategy'],
    ['half written, alone', `${head}spec:\n  upd|`, 'updateStrategy'],
    ['half written, with a map below it', `${head}spec:\n  templ|\n    spec: {}\n`, 'template'],
    ['in an item', `${pod}      containers:\n      - |\n`, 'image'],
    ['in an item that goes on', `${pod}      containers:\n      - |\n        image: a\n`, 'name'],
    ['half written in an item', `${pod}      containers:\n      - na|\n        image: a\n`, 'name'],
    [
      'after a list at the indentation of its key',
      `${pod}      containers:\n      - name: a\n      |\n`,
      'volumes',
    ],
    ['in flow style', `${head}spec: { min|, template: {} }\n`, 'minReadySeconds'],
    ['in flow style that is empty', `${head}spec: {|}\n`, 'minReadySeconds'],
    ['in flow style that is not closed', `${head}spec: { |\n`, 'minReadySeconds'],
    ['in JSON', '{ "apiVersion": "apps/v1", "kind": "DaemonSet", "spec": { "min|" } }', 'minReadySeconds'],
    ['with quotes', `${head}spec:\n  "min|": 5\n`, 'minReadySeconds'],
    [
      'after a block scalar',
      `${container}          args:\n          - |-\n            a: b\n          |`.replace('|-', '>-'),
      'image',
    ],
    ['of a second document', `${head}---\n${head}spec:\n  |\n`, 'updateStrategy'],
    ['of the first of two', `${head}spec:\n  |\n---\n${head}`, 'updateStrategy'],
    ['below an anchor', `${head}spec: &spec\n  |\n`, 'updateStrategy'],
    [
      'with Windows line ends',
      `${head}spec:\n  |\n  minReadySeconds: 5\n`.replaceAll('\n', '\r\n'),
      'updateStrategy',
    ],
    ['of a Deployment', 'apiVersion: apps/v1\nkind: Deployment\nspec:\n  |\n', 'replicas'],
    [
      'in a List',
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: apps/v1\n  kind: DaemonSet\n  spec:\n    |\n',
      'updateStrategy',
    ],
    [
      'between the lines of a template',
      `${head}spec:\n  {{- with .Values.a }}\n  |\n  {{- end }}\n`,
      'updateStrategy',
    ],
  ])('%s', (_, text, label) => {
    expect(labels(text)).toContain(label)
  })

  it.each([
    ['in a block scalar', `${container}          command:\n          - >-\n            |\n`],
    ['within markers of a template', `${head}spec:\n  minReadySeconds: {{ .Values.| }}\n`],
    ['in a comment', `${head}# a |\nspec: {}\n`],
    ['in a custom resource', 'apiVersion: apps.kruise.io/v1alpha1\nkind: DaemonSet\nspec:\n  |\n'],
    ['in a resource of another kind', 'apiVersion: v1\nkind: Service\nspec:\n  |\n'],
    ["in a chart's values", 'kind: DaemonSet\nimage: a\nspec:\n  |\n'],
    ['on the line between documents', `${head}---|\n${head}`],
    ['where a scalar goes on', `${head}  |`.replace('name: agent\n  |', 'name: agent\n    |')],
    ['as the value of a struct on one line', `${head}spec: |\n`],
    ['below a field that is none', `${head}spec:\n  nothing:\n    |\n`],
  ])('are not offered %s', (_, text) => {
    expect(labels(text)).toEqual([])
  })

  it('are those of the target versions: younger ones last and marked, older ones left out', () => {
    const [last, ...others] = at(`${pod}      |`, { kubernetesVersions: '1.33' }).reverse()
    const found = [last!, ...others]
    const younger = found.filter(({ deprecated }) => deprecated)
    expect(younger.map(({ label }) => label).sort()).toEqual([
      'hostnameOverride',
      'schedulingGroup',
      'workloadRef',
    ])
    expect(younger.find(({ label }) => label === 'hostnameOverride')?.detail).toBe(
      'string, since Kubernetes 1.34; your target 1.33 does not have it',
    )
    // 1.35 alone had it.
    expect(labels(`${pod}      |`, { kubernetesVersions: '1.36' })).not.toContain('workloadRef')
    expect(labels(`${pod}      |`, { kubernetesVersions: '1.35' })).toContain('workloadRef')
  })

  it('leave out what another field excludes', () => {
    const found = labels(
      `${pod}      volumes:\n        - name: a\n          hostPath: { path: /a }\n          |\n`,
    )
    expect(found).toEqual([])
    expect(labels(`${pod}      volumes:\n        - name: a\n          |\n`)).toContain('hostPath')
  })

  it('are written in the way of the file', () => {
    const deep = `${head}spec:\n    selector:\n        matchLabels: {}\n    templ|`
    expect(accepted(deep, 'template')).toBe(
      `${head}spec:\n    selector:\n        matchLabels: {}\n    template:\n        `,
    )
    const flush = `${pod}      volumes:\n      - name: a\n      tol|`
    expect(accepted(flush, 'tolerations')).toBe(
      `${pod}      volumes:\n      - name: a\n      tolerations:\n      - `,
    )
    expect(accepted(`${pod}      tol|`, 'tolerations')).toBe(`${pod}      tolerations:\n        - `)
    const item = `${pod}      containers:\n        - res|`
    expect(accepted(item, 'resources')).toBe(`${pod}      containers:\n        - resources:\n            `)
    expect(accepted(item, 'resources', { adjustsIndentation: false })).toBe(accepted(item, 'resources'))
    expect(accepted(`${container}          res|`, 'resources')).toBe(
      `${container}          resources:\n            `,
    )
    expect(accepted(`${container}          im|: a`, 'image')).toBe(`${container}          image: a`)
    expect(accepted(`${head}spec: { sel|`, 'selector')).toBe(`${head}spec: { selector: {  }`)
    expect(accepted(`${head}spec:\n  'min|': 5\n`, 'minReadySeconds')).toBe(
      `${head}spec:\n  'minReadySeconds': 5\n`,
    )
    expect(accepted(`${pod}      restart|`, 'restartPolicy')).toBe(`${pod}      restartPolicy: Always`)
  })

  it('are snippets with what must be there, where the editor knows snippets', () => {
    const snippets = { snippets: true }
    expect(accepted(`${pod}      |`, 'containers', snippets)).toBe(
      `${pod}      containers:\n        - name: $1\n          image: $2`,
    )
    expect(accepted(`${container}          imagePull|`, 'imagePullPolicy', snippets)).toContain(
      '  imagePullPolicy: ${1|Always,IfNotPresent,Never|}',
    )
    expect(at(`${pod}      volumes:\n        |`, snippets)).toMatchObject([
      { label: '- name', insertText: '- name: $1', snippet: true },
    ])
  })

  it('begin the list whose key stands above', () => {
    const text = `${container}          volumeMounts:\n          |`
    expect(labels(text)[0]).toBe('- name')
    expect(labels(text)).toContain('image')
    expect(accepted(text, '- name', { snippets: true })).toBe(
      `${container}          volumeMounts:\n          - name: $1\n            mountPath: $2`,
    )
    expect(labels(`${container}          volumeMounts: []\n          |`)).not.toContain('- name')
    expect(labels(`${container}          resources:\n          |`)[0]).toBe('image')
  })

  it('are explained when that is asked for', () => {
    const [image] = at(`${container}          ima|`)
    expect(image).toMatchObject({ label: 'image', detail: 'string, required' })
    expect(image!.documentation).toBeUndefined()
    expect(completionDocumentation(image!.data!, snapshotOf(''), knowledge)).toContain(
      'Container image name.',
    )
  })
})

describe('keys that are free', () => {
  it.each([
    ['labels of nodes', `${pod}      nodeSelector:\n        |\n`, 'kubernetes.io/os'],
    ['resources', `${container}          resources:\n            limits:\n              |\n`, 'memory'],
    [
      'labels of the selector',
      `${head}spec:\n  selector:\n    matchLabels: { a: b }\n  template:\n    metadata:\n      labels:\n        |\n`,
      'a',
    ],
    [
      'labels of the pods',
      `${head}spec:\n  selector:\n    matchLabels:\n      |\n  template:\n    metadata:\n      labels: { a: b }\n`,
      'a',
    ],
    ['recommended labels', `${head}  labels:\n    |\n`, 'app.kubernetes.io/name'],
    ['the annotation of daemonlint', `${head}  annotations:\n    |\n`, 'daemonlint.dev/disable'],
  ])('may be %s', (_, text, label) => {
    expect(labels(text)).toContain(label)
  })
})

describe('values', () => {
  it.each<[string, string, string[]]>([
    ['those allowed', `${container}          imagePullPolicy: |\n`, ['Always', 'IfNotPresent', 'Never']],
    ['after a colon alone', `${container}          imagePullPolicy:|\n`, ['Always', 'IfNotPresent', 'Never']],
    ['half written', `${container}          imagePullPolicy: Al|\n`, ['Always', 'IfNotPresent', 'Never']],
    ['in quotes', `${container}          imagePullPolicy: "|"\n`, ['Always', 'IfNotPresent', 'Never']],
    ['booleans', `${pod}      hostNetwork: |\n`, ['true', 'false']],
    ['in flow style', `${pod}      tolerations: [{ operator: | }]\n`, ['Equal', 'Exists']],
    ['of a DaemonSet', `${pod}      restartPolicy: |\n`, ['Always']],
    [
      'of a Job',
      'apiVersion: batch/v1\nkind: Job\nspec:\n  template:\n    spec:\n      restartPolicy: |\n',
      ['OnFailure', 'Never'],
    ],
    ['of a label of nodes', `${pod}      nodeSelector:\n        kubernetes.io/os: |\n`, ['linux', 'windows']],
    [
      'of volumes',
      `${container}          volumeMounts:\n            - name: |\n      volumes:\n        - name: log\n          hostPath: { path: /var/log }\n`,
      ['log'],
    ],
    [
      'of ports',
      `${container}          ports: [{ name: http, containerPort: 80 }]\n          livenessProbe:\n            httpGet:\n              port: |\n`,
      ['http'],
    ],
    [
      'of containers',
      `${container}          env:\n            - name: A\n              valueFrom:\n                resourceFieldRef:\n                  containerName: |\n`,
      ['agent'],
    ],
    ['kinds', 'apiVersion: batch/v1\nkind: |\n', ['Job', 'CronJob']],
    ['versions', 'apiVersion: |\nkind: DaemonSet\n', ['apps/v1']],
    [
      'of ConfigMaps in the file',
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n---\n${pod}      volumes:\n        - name: a\n          configMap:\n            name: |\n`,
      ['a'],
    ],
    [
      'of keys in them',
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { b: c }\n---\n${container}          env:\n            - name: A\n              valueFrom:\n                configMapKeyRef:\n                  name: a\n                  key: |\n`,
      ['b'],
    ],
  ])('are %s', (_, text, expected) => {
    expect(labels(text)).toEqual(expected)
  })

  it('are names that Kubernetes gives', () => {
    expect(labels(`${pod}      tolerations:\n        - key: |\n`)).toContain(
      'node-role.kubernetes.io/control-plane',
    )
    expect(
      labels(`${container}          securityContext:\n            capabilities:\n              drop: [|]\n`),
    ).toContain('ALL')
    expect(labels(`${pod}      priorityClassName: |\n`)).toEqual([
      'system-node-critical',
      'system-cluster-critical',
    ])
    expect(
      labels(
        `${container}          env:\n            - name: A\n              valueFrom: { fieldRef: { fieldPath: | } }\n`,
      ),
    ).toContain('spec.nodeName')
  })

  it('are resources of other files', () => {
    const other = parse('apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: agent }\n', {
      wants: () => true,
    })
    const project = {
      contextOf: () => ({}),
      resources: () => [{ manifest: other.children[0]!, filePath: '/a/account.yaml' }],
    }
    const found = at(`${pod}      serviceAccountName: |\n`, { project, filePath: '/a/agent.yaml' })
    expect(found.map(({ label, documentation }) => `${label}: ${documentation}`)).toEqual([
      'agent: A ServiceAccount of `account.yaml`.',
      'default: Every namespace has it.',
    ])
  })

  it('are written so that they stay text', () => {
    const text = `${pod}      volumes:\n        - name: a\n          hostPath:\n            type: |\n`
    expect(accepted(text, '""')).toContain('type: ""\n')
    expect(accepted(`${container}          imagePullPolicy:|\n`, 'Always')).toContain(
      'imagePullPolicy: Always\n',
    )
    expect(accepted(`${container}          imagePullPolicy: 'Al|'\n`, 'Always')).toContain(
      "imagePullPolicy: 'Always'\n",
    )
    expect(accepted(`${container}          imagePullPolicy: Al|ways # x\n`, 'Never')).toContain(
      'imagePullPolicy: Never # x\n',
    )
  })
})

describe('rules', () => {
  const image = `${container}          image: example.com/agent`

  it.each([
    ['on the line', `${image} # daemonlint-disable-line |\n`],
    [
      'on the next line',
      `${container}          # daemonlint-disable-next-line |\n          image: example.com/agent\n`,
    ],
  ])('of findings %s come first', (_, text) => {
    const selector = text.replace(
      '  template:',
      '  selector: { matchLabels: { a: b } }\n  template:\n    metadata: { labels: { a: b } }',
    )
    expect(labels(selector)[0]).toBe('image-tag')
    expect(labels(selector)).toContain('memory-limit')
  })

  it('are those that are on and not named yet', () => {
    const found = labels(`${image} # daemonlint-disable-line memory-limit, im|\n`)
    expect(found).not.toContain('memory-limit')
    expect(found).toContain('image-tag')
    expect(
      labels(`${image} # daemonlint-disable-line im|\n`, { config: { rules: { 'image-tag': 'warn' } } }),
    ).toEqual(['image-tag'])
  })

  it('are followed by a reason', () => {
    expect(at(`${image} # daemonlint-disable-line image-tag |\n`, { snippets: true })).toMatchObject([
      { label: '-- reason', insertText: '-- ${1:reason}' },
    ])
    expect(labels(`${image} # daemonlint-disable-line image-tag -- a |\n`)).toEqual([])
  })

  it('are named in the annotation', () => {
    const text = (value: string) => `${head}  annotations:\n    daemonlint.dev/disable: ${value}\nspec: {}\n`
    expect(labels(text('|'))).toContain('image-tag')
    expect(labels(text('image-tag, mem|'))).toContain('memory-limit')
    expect(accepted(text('"image-tag, mem|"'), 'memory-limit')).toBe(text('"image-tag, memory-limit"'))
  })

  it('are all that is offered where fields are left to others', () => {
    const others = { fields: false }
    expect(labels(`${container}          |`, others)).toEqual([])
    expect(labels('kind: |', others)).toEqual([])
    expect(labels(`${image} # daemonlint-disable-line |\n`, others)).toContain('image-tag')
    const text = `${head}  annotations:\n    daemonlint.dev/disable: |\nspec: {}\n`
    expect(labels(text, others)).toContain('image-tag')
  })

  it('are introduced by a directive', () => {
    expect(labels(`${container}          # daemon|\n`)).toEqual([
      'daemonlint-disable-next-line',
      'daemonlint-disable-line',
      'daemonlint-disable',
      'daemonlint-enable',
    ])
    expect(labels(`${container}          # my |\n`)).toEqual([])
    expect(labels(`${container}          # the dae|\n`)).toEqual([])
  })
})

describe('a new document', () => {
  it('begins with apiVersion and kind', () => {
    expect(labels('|')).toEqual(['apiVersion', 'kind'])
    expect(labels(`${head}---\n|`)).toEqual(['apiVersion', 'kind'])
    expect(labels('apiVersion: apps/v1\n|')).toEqual(['kind'])
    expect(labels('image: a\n|')).toEqual([])
  })

  it('may be a whole DaemonSet, which the API server takes', () => {
    const found = at('|', { snippets: true }).find(({ label }) => label === 'DaemonSet')!
    const text = found.insertText.replace(/\$\{\d:([^}]*)\}/g, '$1').replace(/^\s*\$0\n/m, '')
    expect(text).not.toContain('$')
    const { problems } = lint(text, { config: snapshotOf('').config })
    expect(problems.filter(({ severity, rejected }) => rejected || severity === 'error')).toEqual([])
  })
})

it.skipIf(templated.length === 0)('does not fail in templates that others wrote', () => {
  for (const { text } of templated.slice(0, 25)) {
    const snapshot = snapshotOf(text, { config: { rules: {} } })
    for (let offset = 0; offset <= text.length; offset += 151) complete(snapshot, offset, { snippets: true })
  }
})
