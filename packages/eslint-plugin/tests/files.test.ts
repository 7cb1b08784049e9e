/** What files may be, and what stands around them. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Linter } from 'eslint'
import { afterEach, describe, expect, it } from 'vitest'
import daemonlint from '../src/index.ts'
import { eslintOf, lintText, only, places, setups } from './eslint.ts'
import { daemonSet } from './manifests.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function folder(files: Record<string, string>): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'daemonlint-eslint-')))
  folders.push(path)
  for (const [name, text] of Object.entries(files)) write(join(path, name), text)
  return path
}

function write(path: string, text: string) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

const imageTag = only('image-tag')
const deprecated = daemonSet({
  image: 'agent:1',
  pod: '      nodeSelector:\n        beta.kubernetes.io/os: linux\n        beta.kubernetes.io/arch: amd64\n',
})
const mended = deprecated.replaceAll('beta.', '')

describe.each(setups)('ESLint $major with $language', (setup) => {
  it('has places and fixes right after a byte order mark, with every kind of line end', async () => {
    for (const mark of ['', '\u{feff}']) {
      for (const end of ['\n', '\r\n']) {
        const text = (part: string) => mark + part.replaceAll('\n', end)
        const found = await lintText(text(daemonSet()), { ...setup, configs: [imageTag] })
        expect(found.messages).toMatchObject([{ line: 12, column: 18, endLine: 12, endColumn: 42 }])
        const fixed = await lintText(text(deprecated), {
          ...setup,
          fix: true,
          configs: [only('deprecated-node-label')],
        })
        expect(fixed.output).toBe(text(mended))
      }
    }
  })

  it('offers suggestions', async () => {
    const text = daemonSet({ pod: '      restartPolicyy: Always\n' })
    const { messages } = await lintText(text, {
      ...setup,
      configs: [only('api-server/unknown-field')],
    })
    const [{ fix, desc }] = messages[0]!.suggestions as [
      { fix: { range: [number, number]; text: string }; desc: string },
    ]
    expect(desc).toBe('Rename it to `restartPolicy`.')
    expect(text.slice(0, fix.range[0]) + fix.text + text.slice(fix.range[1])).toBe(
      daemonSet({ pod: '      restartPolicy: Always\n' }),
    )
  })

  it('says nothing of other YAML', async () => {
    const { messages } = await lintText(
      'services:\n  web: { image: nginx:latest, privileged: true }\n',
      setup,
    )
    expect(messages).toEqual([])
  })

  it('judges each document of a file', async () => {
    const text = [daemonSet(), 'kind: ConfigMap\n', daemonSet().replace('name: agent', 'name: other')].join(
      '---\n',
    )
    const { messages } = await lintText(text, { ...setup, configs: [imageTag] })
    expect(messages.map(({ line }) => line)).toEqual([12, 27])
  })
})

describe('the language daemonlint/yaml', () => {
  const chart = daemonSet().replace('spec:\n', 'spec:\n  {{- toYaml .Values.spec | nindent 2 }}\n')

  it('passes templates over', async () => {
    const { messages } = await lintText(chart)
    expect(messages).toEqual([])
  })

  it('tells of broken YAML of a DaemonSet where it is broken, and judges the other documents', async () => {
    const broken = daemonSet().replace('selector: {', 'selector: ]{')
    const { messages } = await lintText(`${broken}---\n${daemonSet()}`, {
      configs: [imageTag, only('api-server/yaml-syntax')],
    })
    expect(places(messages)).toEqual(['6:13 daemonlint/api-server/yaml-syntax', '25:18 daemonlint/image-tag'])
    expect(messages.some(({ fatal }) => fatal)).toBe(false)
  })

  it('says nothing of other broken YAML', async () => {
    expect((await lintText('a: ]b\n')).messages).toEqual([])
  })

  it('reads JSON where it is asked to', async () => {
    const text = JSON.stringify({ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'Agent' } })
    const asked = {
      files: ['**/*.json'],
      language: 'daemonlint/yaml',
      plugins: { daemonlint },
    }
    const rules = { ...only('api-server/object-name'), files: asked.files }
    const { messages } = await lintText(text, { filePath: 'ds.json', configs: [asked, rules] })
    expect(places(messages)).toEqual(['1:63 daemonlint/api-server/object-name'])
  })

  it('reads JSON that @eslint/json reads, too', async () => {
    const { default: json } = await import('@eslint/json')
    const files = ['**/*.json']
    const theirs = {
      files,
      plugins: { json },
      language: 'json/json',
      rules: { 'json/no-empty-keys': 'error' },
    }
    const text = `{\n  "apiVersion": "apps/v1", "kind": "DaemonSet", "": "",\n  "metadata": { "name": "Agent" } }\n`
    const rules = { ...only('api-server/object-name'), files }
    const { messages } = await lintText(text, {
      filePath: 'ds.json',
      base: [],
      configs: [theirs as Linter.Config, rules],
    })
    expect(places(messages)).toEqual(['2:49 json/no-empty-keys', '3:25 daemonlint/api-server/object-name'])
  })

  it('stands the rules for JavaScript, which some configurations turn on for all files', async () => {
    const { builtinRules } = await import('eslint/use-at-your-own-risk')
    const names = [...builtinRules].flatMap(([name, { meta }]) => (meta?.docs?.recommended ? [name] : []))
    expect(names.length).toBeGreaterThan(40)
    for (const name of names) {
      const configs = [{ rules: { [name]: 'error' as const } }, imageTag]
      const { messages } = await lintText(daemonSet(), { configs })
      expect(places(messages), name).toContain('12:18 daemonlint/image-tag')
    }
  })
})

it('has nothing to say of JavaScript', async () => {
  const { files: _, ...everywhere } = only(...Object.keys(daemonlint.rules))
  const { messages } = await lintText('/* kind: DaemonSet */ export {}', {
    filePath: 'a.js',
    configs: [everywhere],
  })
  expect(messages).toEqual([])
})

describe('beside eslint-plugin-yml', () => {
  it.each(['before', 'after'])('stands %s it, and both speak', async (where) => {
    const { default: yml } = await import('eslint-plugin-yml')
    const theirs = yml.configs.recommended as Linter.Config[]
    const ours = [daemonlint.configs.recommended!]
    const text = daemonSet().replace('metadata:\n', 'metadata:\n  labels:\n')
    const configs = where === 'before' ? [...ours, ...theirs] : [...theirs, ...ours]
    const { messages } = await lintText(text, { base: [], configs })
    const rules = messages.map(({ ruleId }) => ruleId)
    expect(rules).toEqual(expect.arrayContaining(['yml/no-empty-mapping-value', 'daemonlint/image-tag']))
  })
})

describe('what stands around a file', () => {
  const config = only('host-port-cross')
  const onPort = (name: string) =>
    daemonSet({ image: 'agent:1', comment: '\n          ports: [{ containerPort: 80, hostPort: 9100 }]' })
      .replaceAll('agent }', `${name} }`)
      .replace('name: agent\nspec', `name: ${name}\nspec`)
  const kustomization = 'resources: [one.yaml, two.yaml]\n'

  it('is read from the disk, whichever file is linted', async () => {
    const cwd = folder({
      'kustomization.yaml': kustomization,
      'one.yaml': onPort('one'),
      'two.yaml': onPort('two'),
    })
    const results = await eslintOf({ cwd, configs: [config] }).lintFiles(['two.yaml'])
    expect(places(results[0]!.messages)).toEqual([expect.stringContaining('daemonlint/host-port-cross')])
  })

  it('is read anew after a second, for editors', async () => {
    const cwd = folder({
      'kustomization.yaml': kustomization,
      'one.yaml': daemonSet(),
      'two.yaml': onPort('two'),
    })
    const lint = async () => {
      const text = onPort('two')
      return places(
        (await lintText(text, { cwd, configs: [config], filePath: join(cwd, 'two.yaml') })).messages,
      )
    }
    expect(await lint()).toEqual([])
    write(join(cwd, 'one.yaml'), onPort('one'))
    await wait(1100)
    expect(await lint()).toEqual([expect.stringContaining('daemonlint/host-port-cross')])
  })

  it('counts under --cache as it was when the file was linted', async () => {
    const cwd = folder({ 'ds.yaml': daemonSet() })
    const cache = { cache: true, cacheLocation: join(cwd, '.cache'), cacheStrategy: 'content' }
    const lint = async () => {
      const results = await eslintOf({ cwd, configs: [imageTag], overrides: cache }).lintFiles(['ds.yaml'])
      return places(results[0]!.messages)
    }
    const first = await lint()
    expect(first).toEqual(['12:18 daemonlint/image-tag'])
    expect(await lint()).toEqual(first)
    write(join(cwd, 'ds.yaml'), daemonSet({ image: 'agent:1' }))
    expect(await lint()).toEqual([])
  })
})

describe('settings.daemonlint', () => {
  const removed = deprecated.replace('beta.kubernetes.io/arch: amd64', 'x: y')
  const lint = (daemonlint: unknown, ...rules: string[]) =>
    lintText(removed, { configs: [only(...rules), { settings: { daemonlint } }] })

  it('has the versions of Kubernetes', async () => {
    const text = daemonSet({ pod: '      hostnameOverride: node\n' })
    const run = (kubernetesVersion: string) =>
      lintText(text, {
        configs: [only('api-server/field-version'), { settings: { daemonlint: { kubernetesVersion } } }],
      })
    expect((await run('1.36')).messages).toEqual([])
    expect(places((await run('1.29')).messages)).toEqual(['10:7 daemonlint/api-server/field-version'])
  })

  it('has clusters, by globs from the working directory or another folder', async () => {
    const port = '\n          ports: [{ containerPort: 80, hostPort: 9100 }]'
    const cwd = folder({ 'k8s/a/one.yaml': daemonSet({ comment: port }) })
    const text = daemonSet({ comment: port }).replaceAll('agent', 'other')
    const run = async (settings: object) => {
      const configs = [only('host-port-cross'), { settings: { daemonlint: settings } }]
      return (await lintText(text, { cwd, configs, filePath: join(cwd, 'k8s/b/two.yaml') })).messages.length
    }
    expect(await run({})).toBe(0)
    expect(await run({ clusters: { one: ['k8s/**'] } })).toBe(1)
    expect(await run({ clusters: { one: ['**'] }, basePath: join(cwd, 'k8s') })).toBe(1)
    expect(await run({ clusters: { one: ['k8s/**'] }, basePath: join(cwd, 'k8s') })).toBe(0)
  })

  it.each([
    [{ kubernetesVersion: '1.2.3.4' }, /^settings\.daemonlint\.kubernetesVersion: .*1\.2\.3\.4/],
    [{ agents: [{ name: 'x' }] }, /^settings\.daemonlint: agents\[0\] lacks 'kinds'/],
    [{ clusterz: {} }, /^settings\.daemonlint has 'clusterz'.*Did you mean 'cluster'/],
    [['x'], /^settings\.daemonlint must be an object; found \["x"\]/],
    [{ basePath: 1 }, /^settings\.daemonlint\.basePath must be a folder's path; found 1/],
  ])('says what is wrong with %j', async (settings, message) => {
    const error: Error = await lint(settings, 'image-tag').catch((error) => error)
    expect(error.message.replace(/^Error while loading rule '[^']*': /, '')).toMatch(message)
    // ESLint prints it.
    expect(error.stack).toMatch(/^ConfigError: settings\.daemonlint[^\n]*$/)
  })
})
