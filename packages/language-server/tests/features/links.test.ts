import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { type Position, type Project, parse } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { buildProject } from '@daemonlint/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { definitions, type Place } from '../../src/features/definition.ts'
import { documentLinks } from '../../src/features/document-links.ts'
import { references } from '../../src/features/references.ts'
import { linksOf } from '../../src/features/resource-links.ts'
import { lookupFor } from '../../src/features/resource-lookup.ts'
import { knowledge } from '../knowledge-of-sources.ts'
import { examples, plain } from '../manifests.ts'
import { snapshotOf } from '../snapshot-of.ts'

const daemonSet = `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, namespace: ops }
spec:
  selector:
    matchLabels:
      app: agent
  template:
    metadata:
      labels: { app: agent }
    spec:
      serviceAccountName: agent-account
      priorityClassName: agents
      imagePullSecrets: [{ name: registry }]
      containers:
        - name: agent
          image: example.com/agent:1.2.3
          env:
            - name: LEVEL
              valueFrom: { configMapKeyRef: { name: settings, key: level } }
          envFrom:
            - secretRef: { name: 'token' }
          volumeMounts:
            - { name: data, mountPath: /data }
            - { name: config, mountPath: /config }
        - name: helper
          image: example.com/helper:1.2.3
          volumeMounts:
            - { name: data, mountPath: /other }
      volumes:
        - name: data
          persistentVolumeClaim: { claimName: claimed }
        - name: config
          projected:
            sources:
              - configMap: { name: settings, items: [{ key: agent.conf, path: x }] }
`

const rest = `apiVersion: v1
kind: ServiceAccount
metadata: { name: agent-account, namespace: ops }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: agent-account, namespace: other }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: ops }
data:
  level: info
  agent.conf: |
    x
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: claimed }
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: agents }
---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: token, namespace: ops }
`

const rbac = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: agent-role }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: agent-binding }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: agent-role }
subjects:
  - { kind: ServiceAccount, name: agent-account, namespace: ops }
---
apiVersion: v1
kind: Service
metadata: { name: agent, namespace: ops }
spec:
  selector: { app: agent }
---
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: { name: agent, namespace: ops }
spec:
  targetRef: { apiVersion: apps/v1, kind: DaemonSet, name: agent }
`

const folder = mkdtempSync(join(tmpdir(), 'daemonlint-links-'))
const files: Record<string, string> = {
  'app/agent.yaml': daemonSet,
  'app/rest.yaml': rest,
  'rbac/rbac.yaml': rbac,
  'copy/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n',
}
let project: Project

beforeAll(() => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  project = buildProject(
    Object.keys(files).map((name) => join(folder, name)),
    { cwd: folder },
  )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const open = (name: string, text = files[name]!) =>
  snapshotOf(text, { filePath: join(folder, name), project })
const slice = (text: string, { start, end }: Position) => text.slice(start.offset, end.offset)

/** `app/rest.yaml:9 settings` */
function print(name: string, places: readonly Place[]): string[] {
  return places.map(({ filePath, text, selection, range }) => {
    expect(range.start.offset).toBeLessThanOrEqual(selection.start.offset!)
    expect(range.end.offset).toBeGreaterThanOrEqual(selection.end.offset!)
    const file = filePath === undefined ? name : relative(folder, filePath).replaceAll('\\', '/')
    return `${file}:${selection.start.line} ${slice(text, selection)}`
  })
}

function go(name: string, needle: string, within = needle): string[] {
  const snapshot = open(name)
  const offset = snapshot.text.indexOf(needle) + needle.indexOf(within) + 1
  const found = definitions(snapshot, offset, lookupFor(snapshot, project))
  for (const { origin } of found) expect(slice(snapshot.text, origin)).toContain(within.replaceAll("'", ''))
  return print(name, found)
}

function uses(name: string, needle: string, within = needle, withDeclaration = false): string[] {
  const snapshot = open(name)
  const offset = snapshot.text.indexOf(needle) + needle.indexOf(within) + 1
  return print(name, references(snapshot, offset, lookupFor(snapshot, project), withDeclaration))
}

describe('definitions', () => {
  it.each([
    ['serviceAccountName: agent-account', 'agent-account', ['app/rest.yaml:3 agent-account']],
    ['priorityClassName: agents', 'agents', ['app/rest.yaml:23 agents']],
    ['configMapKeyRef: { name: settings', 'settings', ['app/rest.yaml:11 settings']],
    ['configMap: { name: settings', 'settings', ['app/rest.yaml:11 settings']],
    ["secretRef: { name: 'token'", 'token', ['app/rest.yaml:27 token']],
    ['claimName: claimed', 'claimed', ['app/rest.yaml:19 claimed']],
    ['name: registry', 'registry', []],
    ['key: level', 'level', ['app/rest.yaml:13 level']],
    ['key: agent.conf', 'agent.conf', ['app/rest.yaml:14 agent.conf']],
    ['{ name: data, mountPath: /other', 'data', ['app/agent.yaml:31 data']],
    ['{ name: config, mountPath', 'config', ['app/agent.yaml:33 config']],
    ['      app: agent', 'app', ['app/agent.yaml:10 app']],
    ['image: example', 'example', []],
  ])('%s', (needle, within, expected) => {
    expect(go('app/agent.yaml', needle, within)).toEqual(expected)
  })

  it('leads from bindings, Services and autoscalers, in documents that are not linted', () => {
    expect(go('rbac/rbac.yaml', 'kind: ClusterRole, name: agent-role', 'agent-role')).toEqual([
      'rbac/rbac.yaml:3 agent-role',
    ])
    expect(go('rbac/rbac.yaml', 'ServiceAccount, name: agent-account', 'agent-account')).toEqual([
      'app/rest.yaml:3 agent-account',
    ])
    expect(go('rbac/rbac.yaml', 'selector: { app', 'app')).toEqual(['app/agent.yaml:3 agent'])
    expect(go('rbac/rbac.yaml', 'kind: DaemonSet, name: agent', 'name: agent'.slice(6))).toEqual([
      'app/agent.yaml:3 agent',
    ])
  })

  it('finds what stands in the document itself before all others, and works without files', () => {
    const both = `${daemonSet}---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n`
    const offset = both.indexOf('name: settings') + 8
    const snapshot = open('app/agent.yaml', both)
    expect(print('self', definitions(snapshot, offset, lookupFor(snapshot, project)))).toEqual([
      'self:41 settings',
    ])
    const loose = snapshotOf(both)
    expect(print('self', definitions(loose, offset, lookupFor(loose)))).toEqual(['self:41 settings'])
  })

  it('follows what kustomizations make of names and namespaces', () => {
    const at = (name: string, text: string) => {
      mkdirSync(join(folder, 'k'), { recursive: true })
      writeFileSync(join(folder, 'k', name), text)
      return join(folder, 'k', name)
    }
    at('kustomization.yaml', 'namespace: ops\nnamePrefix: x-\nresources: [ds.yaml, cm.yaml]\n')
    const bare = daemonSet.replace(', namespace: ops', '')
    const paths = [
      at('ds.yaml', bare),
      at('cm.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n'),
    ]
    const own = buildProject(paths, { cwd: folder })
    const snapshot = snapshotOf(bare, { filePath: paths[0]!, project: own })
    const found = definitions(snapshot, bare.indexOf('name: settings') + 8, lookupFor(snapshot, own))
    expect(print('', found)).toEqual(['k/cm.yaml:3 settings'])
  })

  it('says nothing in what is broken, templated or of a wrong shape', () => {
    for (const text of [
      daemonSet.replace('containers:\n', 'containers: {{ x }}\n'),
      daemonSet.replace('spec:\n', 'spec: [\n'),
      daemonSet.replace('volumes:\n', 'volumes: x\n      other:\n'),
      '',
    ]) {
      const snapshot = open('app/agent.yaml', text)
      for (let offset = 0; offset <= text.length; offset += 7) {
        expect(
          definitions(snapshot, offset, lookupFor(snapshot, project)).map(({ text }) => text),
        ).not.toContain('')
        references(snapshot, offset, lookupFor(snapshot, project), true)
      }
    }
  })
})

describe('references', () => {
  it('finds who names a resource, from its name or from one that names it', () => {
    const found = ['app/agent.yaml:20 settings', 'app/agent.yaml:36 settings']
    expect(uses('app/rest.yaml', 'kind: ConfigMap\nmetadata: { name: settings', 'settings').sort()).toEqual(
      found,
    )
    expect(uses('app/agent.yaml', 'configMap: { name: settings', 'settings').sort()).toEqual(found)
    expect(uses('app/agent.yaml', 'configMap: { name: settings', 'settings', true)).toContain(
      'app/rest.yaml:11 settings',
    )
  })

  it('tells namespaces apart', () => {
    expect(uses('app/rest.yaml', 'agent-account, namespace: ops', 'agent-account').sort()).toEqual([
      'app/agent.yaml:12 agent-account',
      'rbac/rbac.yaml:10 agent-account',
    ])
    expect(uses('app/rest.yaml', 'agent-account, namespace: other', 'agent-account')).toEqual([])
  })

  it('finds the mounts of a volume, and the selector of a label', () => {
    expect(uses('app/agent.yaml', '- name: data\n', 'data')).toEqual([
      'app/agent.yaml:24 data',
      'app/agent.yaml:29 data',
    ])
    expect(uses('app/agent.yaml', '{ name: data, mountPath: /other', 'data', true)[0]).toBe(
      'app/agent.yaml:31 data',
    )
    expect(uses('app/agent.yaml', 'labels: { app: agent', 'app')).toEqual(['app/agent.yaml:7 app: agent'])
  })

  it('finds the bindings of a role', () => {
    expect(uses('rbac/rbac.yaml', '{ name: agent-role', 'agent-role')).toEqual([
      'rbac/rbac.yaml:8 agent-role',
    ])
  })
})

it('every link of real manifests stands where it says, and leads somewhere or nowhere', () => {
  let count = 0
  for (const { text } of [
    ...examples,
    ...plain.filter((one, index) => index % 4 === 0 && one.text.length < 100_000),
  ]) {
    for (const manifest of parse(text).children) {
      if (!/^(?:apps|batch|v1|rbac)/.test(manifest.apiVersion)) continue
      for (const link of linksOf(manifest)) {
        count++
        if (link.to === 'resource') expect(slice(text, link.at)).toContain(link.key ?? link.wanted.name)
        if (link.to === 'place') expect(manifest.keyAt(...link.path)).toBeDefined()
      }
    }
  }
  expect(count).toBeGreaterThan(20)
})

it('links the rules of directives to their pages', () => {
  const rule = defineRule({
    meta: {
      type: 'problem',
      docs: { description: 'x', category: 'correctness', presets: {}, url: 'https://example.com/word' },
      messages: {},
    },
    create: () => ({}),
  })
  const text = `# daemonlint-disable image-tag, own/word -- so\n${daemonSet}`
  const config = { plugins: { own: { rules: { word: rule } } }, rules: { 'own/word': 'warn' } } as const
  const links = documentLinks(snapshotOf(text, { config }), knowledge)
  expect(links.map(({ position, url }) => [slice(text, position), url])).toEqual([
    ['image-tag', expect.stringMatching(/^file:.*\/image-tag\.md$/)],
    ['own/word', 'https://example.com/word'],
  ])
})
