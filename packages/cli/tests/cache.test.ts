import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { loadFormatter } from '@daemonlint/core'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { parseOptions } from '../src/options.ts'
import { run } from '../src/run.ts'

const linted: string[] = []
vi.mock('../src/lint-file.ts', async (original) => {
  const module = await original<typeof import('../src/lint-file.ts')>()
  const lintFile: typeof module.lintFile = (input, options) => {
    linted.push(input.filePath)
    return module.lintFile(input, options)
  }
  return { ...module, lintFile }
})
beforeEach(() => {
  linted.length = 0
})

/** All that a run says, in every format, and which files it linted. */
async function lint(cwd: string, args: string[] = []) {
  linted.length = 0
  const told: string[] = []
  let notes: string[] = []
  for (const format of ['json', 'stylish'] as const) {
    const options = parseOptions(['--format', format, ...args])
    const { files, notes: more, ...rest } = await run(options, cwd)
    notes = more
    const results = files.map(({ result }) => result)
    const summary = { files: files.length, workloads: 0, templates: 0, patches: 0, fixable: 0, rolled: [] }
    const counts = files.map(({ lint }) => lint.counts)
    const write = await loadFormatter(format)
    told.push(write(results, { color: false, cwd, summary }), JSON.stringify([counts, rest, results]))
  }
  return { told, notes, linted: [...new Set(linted)].map((path) => path.slice(cwd.length + 1)) }
}

/** A run with a cache finds what one without it does. Returns what it linted. */
async function compare(cwd: string, args: string[] = []): Promise<string[]> {
  const warm = await lint(cwd, ['--cache', ...args])
  const cold = await lint(cwd, args)
  expect(warm.told).toEqual(cold.told)
  return warm.linted
}

function tree(files: Record<string, string>): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'daemonlint-cache-')))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) put(path, name, text)
  return path
}

function put(cwd: string, name: string, text: string): void {
  mkdirSync(dirname(join(cwd, name)), { recursive: true })
  writeFileSync(join(cwd, name), text)
}

const agent = `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, namespace: monitoring }
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec:
      serviceAccountName: agent
      volumes: [{ name: settings, configMap: { name: settings } }]
      containers:
        - name: agent # daemonlint-disable-line no-such-rule
          image: registry.example.com/agent
          volumeMounts: [{ name: settings, mountPath: /etc/agent }]
`
const account = `apiVersion: v1
kind: ServiceAccount
metadata: { name: agent, namespace: monitoring }
automountServiceAccountToken: true
`
const settings = `apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: monitoring }
`
const service = `apiVersion: v1
kind: Service
metadata: { name: agent, namespace: monitoring }
spec:
  selector: { app: agent }
  ports: [{ port: 80, targetPort: http }]
`
const binding = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: agent }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
subjects: [{ kind: ServiceAccount, name: agent, namespace: monitoring }]
`
const overlay = `resources: [../base]
namespace: monitoring
images: [{ name: registry.example.com/agent, newTag: v1 }]
patches: [{ path: patch.yaml }]
`
const patch = `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec: { template: { spec: { priorityClassName: system-node-critical } } }
`
const config = `extends: daemonlint/strict
rules: { missing-reference: [warn, { complete: true }], service-selector: warn, service-target-port: warn }
settings: { clusters: { one: ['k8s/**'] } }
`
const files = {
  '.git/HEAD': '',
  'k8s/base/agent.yaml': agent,
  'k8s/base/account.yaml': account,
  'k8s/base/service.yaml': service,
  'k8s/prod/kustomization.yaml': overlay,
  'k8s/prod/patch.yaml': patch,
  'other/agent.yaml': agent.replaceAll('agent', 'other'),
  'other/settings.yaml': settings,
  'alone/agent.yaml': agent.replaceAll('agent', 'alone').replace(/ +(serviceAccount|volume).*\n/g, ''),
  'alone/prod/kustomization.yaml': 'resources: [..]\n',
  'alone/kustomization.yaml': 'resources: [agent.yaml]\n',
  'services/service.yaml': service.replace('80', '8080'),
  'daemonlint.config.yml': config,
}
const everything = 'k8s/base/kustomization.yaml'
const built = { [everything]: 'resources: [agent.yaml, account.yaml, service.yaml]\n' }

describe('a second run', () => {
  it('lints nothing and writes nothing', async () => {
    const cwd = tree({ ...files, ...built })
    expect(await compare(cwd)).toHaveLength(12)
    const { ino, mtimeMs } = statSync(join(cwd, '.daemonlintcache'))
    expect(await compare(cwd)).toEqual([])
    expect(statSync(join(cwd, '.daemonlintcache'))).toMatchObject({ ino, mtimeMs })
  })

  it('lints a file whose text has changed, and no file that it says nothing to', async () => {
    const cwd = tree({ ...files, ...built })
    await compare(cwd)
    put(cwd, 'other/agent.yaml', `${agent.replaceAll('agent', 'other')}# edited\n`)
    expect(await compare(cwd)).toEqual(['other/agent.yaml'])
  })

  it('takes up where another cwd or a part of the files was linted', async () => {
    const cwd = tree({ ...files, ...built, 'daemonlint.config.yml': 'extends: daemonlint/strict\n' })
    await compare(cwd)
    expect(await compare(cwd, ['other'])).toEqual([])
    expect(await compare(cwd)).toEqual([])
    const location = ['--cache-location', join(cwd, '.daemonlintcache')]
    expect((await lint(join(cwd, 'other'), ['--cache', ...location, '.'])).linted).toEqual([])
  })
})

const cases: [string, (cwd: string) => unknown, relinted?: string][] = [
  ['a kustomization that is added', (cwd) => put(cwd, everything, built[everything]!), 'k8s/base/agent.yaml'],
  [
    'a kustomization that changes',
    (cwd) => put(cwd, 'k8s/prod/kustomization.yaml', overlay.replace('newTag: v1', 'newTag: latest')),
  ],
  ['a kustomization that goes', (cwd) => rmSync(join(cwd, 'k8s/prod/kustomization.yaml'))],
  [
    'an overlay that changes',
    (cwd) =>
      put(
        cwd,
        'alone/prod/kustomization.yaml',
        'resources: [..]\nimages: [{ name: registry.example.com/alone, newTag: v1 }]\n',
      ),
    'alone/agent.yaml',
  ],
  ['a workload beside a Service', (cwd) => put(cwd, 'services/agent.yaml', agent), 'services/service.yaml'],
  ['a patch that changes', (cwd) => put(cwd, 'k8s/prod/patch.yaml', patch.replace('node', 'cluster'))],
  ['a patch that goes', (cwd) => rmSync(join(cwd, 'k8s/prod/patch.yaml'))],
  ['a sibling that is added', (cwd) => put(cwd, 'k8s/base/rbac.yaml', binding), 'k8s/base/agent.yaml'],
  ['a sibling that changes', (cwd) => put(cwd, 'k8s/base/account.yaml', account.replace('true', 'false'))],
  ['a sibling that goes', (cwd) => rmSync(join(cwd, 'k8s/base/account.yaml'))],
  ['a resource elsewhere in the run', (cwd) => put(cwd, 'rbac/binding.yaml', binding)],
  ['a resource elsewhere that goes', (cwd) => rmSync(join(cwd, 'other/settings.yaml'))],
  ['a template beside it', (cwd) => put(cwd, 'k8s/base/t.yaml', '{{ include "rbac" . }}\n')],
  ['a sibling that git ignores', (cwd) => put(cwd, '.gitignore', 'account.yaml\n')],
  ['a directory that is renamed', (cwd) => renameSync(join(cwd, 'k8s/base'), join(cwd, 'k8s/common'))],
  ['a folder that becomes a repository', (cwd) => put(cwd, 'k8s/base/.git/HEAD', '')],
  [
    'a configuration that is added',
    (cwd) => put(cwd, 'daemonlint.config.yaml', 'extends: daemonlint/strict\n'),
  ],
  ['a nearer configuration', (cwd) => put(cwd, 'k8s/daemonlint.config.json', '{ "rules": {} }')],
  [
    'an option',
    (cwd) => put(cwd, 'daemonlint.config.yaml', 'rules: { image-tag: [error, { floatingTags: [v1] }] }\n'),
  ],
  [
    'a setting',
    (cwd) =>
      put(
        cwd,
        'daemonlint.config.yaml',
        'extends: daemonlint/strict\nsettings: { clusters: { one: ["**"] } }\n',
      ),
  ],
  [
    'an entry for a resource',
    (cwd) =>
      put(
        cwd,
        'daemonlint.config.yaml',
        '- extends: daemonlint/recommended\n- { resources: [{ name: agent }], rules: { image-tag: off }, reason: r }\n',
      ),
  ],
  [
    'what a configuration ignores',
    (cwd) => put(cwd, 'daemonlint.config.yaml', 'extends: daemonlint/recommended\nignores: [other]\n'),
  ],
  ['--rule', () => ['--rule', 'image-tag: info']],
  ['--no-inline-config', () => ['--no-inline-config']],
  ['--report-unused-disable-directives', () => ['--report-unused-disable-directives']],
  ['--kubernetes-version', () => ['--kubernetes-version', '1.29']],
  ['--no-ignore', () => ['--no-ignore']],
  ['--quiet', () => ['--quiet']],
  ['--fix-dry-run', () => ['--fix-dry-run']],
  ['--no-config-lookup', () => ['--no-config-lookup']],
]

describe.each([
  ['loose files', files],
  ['files that are built', { ...files, ...built }],
])('a verdict is never stale: %s', (_, start) => {
  it.each(cases)('%s', async (_, change, relinted) => {
    const cwd = tree(start)
    await compare(cwd)
    const args = (change(cwd) ?? []) as string[]
    const found = await compare(cwd, args)
    if (relinted && start === files) expect(found).toContain(relinted)
    expect(await compare(cwd)).toBeDefined()
  })
})

it('never takes the word of an earlier run for rules whose code may rest on anything', async () => {
  const rule = (message: string) =>
    `{ meta: { type: 'problem', messages: { m: '${message}' }, needs: { kinds: ['DaemonSet'] } },
       create: (context) => ({ daemonSet: (node) => context.report({ node, messageId: 'm' }) }) }`
  const config = (message: string) =>
    `module.exports = [{ plugins: { mine: { rules: { say: ${rule(message)} } } }, rules: { 'mine/say': 'error' } }]`
  const cwd = tree({ ...files, 'k8s/daemonlint.config.cjs': config('one') })
  await compare(cwd, ['.'])
  const { notes } = await lint(cwd, ['--cache'])
  expect(notes.join()).toContain("rule 'mine/say' is not built in")
  expect(linted).toContain(join(cwd, 'k8s/base/agent.yaml'))
  expect(linted).not.toContain(join(cwd, 'other/agent.yaml'))
})

it('says no other thing than a run without it after any change', async () => {
  const random = generator(20_261)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const texts = {
    agent: [
      agent,
      agent.replaceAll('agent', 'other'),
      `${agent}---\n${account}`,
      agent.replace('name:', 'nam:'),
    ],
    account: [account, account.replace('true', 'false'), `${account}---\n${settings}`, binding],
    settings: [settings, settings.replace('settings', 'others'), service, '{{ range }}\n', ''],
    patch: [patch, patch.replace('agent', 'other'), agent],
    kustomization: [
      overlay,
      'resources: [agent.yaml, account.yaml]\n',
      'resources: [../base, ../other]\nnamePrefix: x-\n',
      'resources: [agent.yaml]\ncomponents: [../other]\ncommonLabels: { app: agent }\n',
      'resources: [settings.yaml]\npatches: [{ path: patch.yaml }, { path: ../base/patch.yaml }]\n',
    ],
    'daemonlint.config': [
      config.replace('k8s/**', '**'),
      config.replace("'k8s/**'", "'base/**', 'clusters/**'"),
      'extends: daemonlint/strict\n',
    ],
  }
  const folders = ['base', 'prod', 'other', 'clusters/a', '.']
  const cwd = tree({
    '.git/HEAD': '',
    'base/agent.yaml': agent,
    'base/account.yaml': account,
    'daemonlint.config.yml': config.replace('k8s/**', '**'),
  })
  let kept = 0
  for (let step = 0; step < 60; step++) {
    const folder = pick(folders)
    const [name, versions] = pick(Object.entries(texts))
    const path = join(folder, `${name}.yaml`)
    const what = random()
    if (what < 0.7) put(cwd, path, pick(versions))
    else if (what < 0.9) rmSync(join(cwd, path), { force: true })
    else if (folder !== '.' && existsSync(join(cwd, folder)) && !existsSync(join(cwd, 'moved'))) {
      renameSync(join(cwd, folder), join(cwd, 'moved'))
    } else rmSync(join(cwd, 'moved'), { recursive: true, force: true })
    const found = await compare(
      cwd,
      random() < 0.2 ? ['--no-error-on-unmatched-pattern', 'base', 'prod'] : [],
    )
    kept += countFiles(cwd) - found.length
  }
  expect(kept).toBeGreaterThan(100)
}, 120_000)

function countFiles(cwd: string): number {
  return readdirSync(cwd, { recursive: true }).filter((name) => String(name).endsWith('.yaml')).length
}

/** Random numbers from 0 to 1, the same at each run (mulberry32). */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
