import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createConfigResolver, lint, type Plugin } from '@daemonlint/core'
import { expect, it } from 'vitest'
import { buildProject } from '../../src/project.ts'
import { temp } from '../temp.ts'

const rules = join(dirname(fileURLToPath(import.meta.url)), '../../../../rules/src/index.ts')
const { default: builtin } = (await import(/* @vite-ignore */ rules)) as { default: Plugin }
const config = createConfigResolver([{ extends: 'daemonlint/recommended' }], { builtin }).forFile(
  'agent.yaml',
)

const base = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  template:
    metadata: { labels: { app: agent } }
    spec:
      containers:
        - name: agent
          image: registry.example/agent
          volumeMounts: [{ name: extra, mountPath: /extra }]
        - name: helper
          image: registry.example/helper
`

function idsOf(files: Record<string, string>, file: string): string[] {
  const directory = temp({ '.git/': '', ...files })
  const filePath = join(directory, file)
  const project = buildProject([filePath], { cwd: directory })
  const { problems } = lint(files[file]!, { config, filePath, project })
  return problems.map(({ ruleId, field }) => `${ruleId} ${field}`)
}

const overlay = {
  'base/agent.yaml': base,
  'base/kustomization.yaml': 'resources: [agent.yaml]\n',
  'overlays/prod/kustomization.yaml': `resources: [../../base]
labels: [{ pairs: { app: agent }, includeSelectors: true }]
images: [{ name: registry.example/agent, newTag: v1 }]
patches: [{ path: patch.yaml }]
`,
  'overlays/prod/patch.yaml': `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec: { template: { spec: { volumes: [{ name: extra, emptyDir: {} }], containers: [{ name: helper, command: [x] }] } } }
`,
}
const tag = (index: number) => `image-tag spec.template.spec.containers[${index}].image`

it('accuses a base of what nothing around it mends', () => {
  const ids = idsOf({ 'agent.yaml': base }, 'agent.yaml')
  expect(ids).toEqual(expect.arrayContaining([tag(0), tag(1)]))
  expect(ids.filter((id) => id.startsWith('api-server/'))).not.toEqual([])
})

it('does not accuse it of what an overlay mends, and still of the rest', () => {
  const ids = idsOf(overlay, 'base/agent.yaml')
  expect(ids).toContain(tag(1))
  expect(ids).not.toContain(tag(0))
  expect(ids.filter((id) => id.startsWith('api-server/'))).toEqual([])
})

it('calls nothing missing in a patch', () => {
  expect(idsOf(overlay, 'overlays/prod/patch.yaml')).toEqual([])
})
