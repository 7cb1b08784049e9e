import { join } from 'node:path'
import type { ResourceQuery, ResourceScope } from '@daemonlint/core'
import { describe, expect, it } from 'vitest'
import { buildProject } from '../src/project.ts'
import { temp } from './temp.ts'

const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`
const secret = 'apiVersion: v1\nkind: Secret\nmetadata: { name: token }\n'

/** Which files hold what a query finds around one of them. */
function around(
  files: Record<string, string>,
  file: string,
  scope: ResourceScope,
  { run = Object.keys(files), globs = {}, query = {} as Partial<ResourceQuery> } = {},
) {
  const directory = temp({ '.git/': '', ...files })
  const project = buildProject(
    run.map((name) => join(directory, name)),
    { cwd: directory },
  )
  const found = project.resources!(
    join(directory, file),
    { kinds: ['ConfigMap'], scope, ...query },
    { basePath: directory, globs },
  )
  return found.map(({ filePath }) => filePath?.slice(directory.length + 1))
}

describe('what is applied together', () => {
  const plain = {
    'a/one.yaml': configMap('one'),
    'a/two.yaml': configMap('two'),
    'b/three.yaml': configMap('three'),
  }

  it('is not what happens to stand beside a file', () => {
    expect(around(plain, 'a/one.yaml', 'applied')).toEqual([])
  })

  it('is what a kustomization builds, in other folders and out of the run', () => {
    const files = {
      ...plain,
      'a/kustomization.yaml': 'resources: [one.yaml, ../b]\n',
      'b/kustomization.yaml': 'resources: [three.yaml]\n',
    }
    expect(around(files, 'a/one.yaml', 'applied')).toEqual(['b/three.yaml'])
    expect(around(files, 'a/one.yaml', 'applied', { run: ['a/one.yaml'] })).toEqual(['b/three.yaml'])
    expect(around(files, 'a/two.yaml', 'applied')).toEqual([])
  })

  it('is never what only overlays beside each other have', () => {
    const files = {
      'base/kustomization.yaml': 'resources: [one.yaml]\n',
      'base/one.yaml': configMap('one'),
      'overlays/dev/kustomization.yaml': 'resources: [../../base, dev.yaml]\n',
      'overlays/dev/dev.yaml': configMap('dev'),
      'overlays/prod/kustomization.yaml': 'resources: [../../base, prod.yaml]\n',
      'overlays/prod/prod.yaml': configMap('prod'),
    }
    expect(around(files, 'overlays/dev/dev.yaml', 'applied')).toEqual(['base/one.yaml'])
    expect(around(files, 'overlays/prod/prod.yaml', 'applied')).toEqual(['base/one.yaml'])
    expect(around(files, 'base/one.yaml', 'applied')).toEqual([
      'overlays/dev/dev.yaml',
      'overlays/prod/prod.yaml',
    ])
  })

  it('is what the settings say is of one cluster', () => {
    const files = {
      'clusters/dev/a.yaml': configMap('a'),
      'clusters/dev/deep/b.yaml': configMap('b'),
      'clusters/prod/c.yaml': configMap('c'),
      'shared/d.yaml': configMap('d'),
    }
    const globs = { dev: ['clusters/dev/**', 'shared/**'], prod: ['clusters/prod/**', 'shared/**'] }
    const run = ['clusters/dev/a.yaml']
    const dev = ['clusters/dev/deep/b.yaml', 'shared/d.yaml']
    expect(around(files, 'clusters/dev/a.yaml', 'applied', { globs })).toEqual(dev)
    expect(around(files, 'clusters/dev/a.yaml', 'applied', { globs, run })).toEqual(dev)
    expect(around(files, 'clusters/prod/c.yaml', 'applied', { globs })).toEqual(['shared/d.yaml'])
    // As in every glob, a slash in front is the configuration's folder.
    const rooted = { dev: ['/clusters/dev/**', './shared/**'] }
    expect(around(files, 'clusters/dev/a.yaml', 'applied', { globs: rooted, run })).toEqual(dev)
    expect(around(files, 'shared/d.yaml', 'applied', { globs })).toEqual([
      'clusters/dev/a.yaml',
      'clusters/dev/deep/b.yaml',
      'clusters/prod/c.yaml',
    ])
  })
})

describe('wider scopes', () => {
  const files = {
    'a/one.yaml': configMap('one'),
    'a/two.yml': `${secret}---\n${configMap('two')}`,
    'a/none.yaml': secret,
    'a/notes.md': configMap('notes'),
    'b/three.json': '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"three"}}',
  }

  it('are the folder, whatever the run was given', () => {
    expect(around(files, 'a/one.yaml', 'folder', { run: ['a/one.yaml'] })).toEqual(['a/two.yml'])
  })

  it('are the whole run', () => {
    expect(around(files, 'a/one.yaml', 'run')).toEqual(['a/two.yml', 'b/three.json'])
  })
})

describe('what is found', () => {
  it('holds the text that is asked for', () => {
    const files = {
      'one.yaml': configMap('one'),
      'two.yaml': [configMap('two'), configMap('three')].join('---\n'),
    }
    expect(around(files, 'one.yaml', 'folder', { query: { text: 'three' } })).toEqual(['two.yaml'])
    expect(around(files, 'one.yaml', 'folder', { query: { text: /four/ } })).toEqual([])
  })

  it('is no patch, and knows what kustomizations set', () => {
    const patch = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: one }\ndata: { a: b }\n'
    const files = {
      'kustomization.yaml':
        'namespace: logging\nresources: [one.yaml, two.yaml]\npatches: [{ path: patch.yaml }]\n',
      'one.yaml': configMap('one'),
      'two.yaml': configMap('two'),
      'patch.yaml': patch,
    }
    const directory = temp({ '.git/': '', ...files })
    const project = buildProject([join(directory, 'two.yaml')], { cwd: directory })
    const found = project.resources!(
      join(directory, 'two.yaml'),
      { kinds: ['ConfigMap'], scope: 'folder' },
      { basePath: directory, globs: {} },
    )
    expect(found.map(({ manifest }) => manifest.name)).toEqual(['one'])
    expect(found[0]?.manifest.isUnknown('metadata', 'namespace')).toBe(true)
  })

  it('may be hidden by templates of other files, as far as the query looks', () => {
    const directory = temp({
      '.git/': '',
      'a/one.yaml': configMap('one'),
      'a/two.yaml': '{{- if .Values.two }}\napiVersion: v1\nkind: ConfigMap\n{{- end }}\n',
      'b/three.yaml': 'apiVersion: v1\nkind: ${KIND}\nmetadata: { name: three }\n',
    })
    const files = ['a/one.yaml', 'a/two.yaml', 'b/three.yaml'].map((name) => join(directory, name))
    const project = buildProject(files, { cwd: directory })
    const hides = (kind: string, scope: ResourceScope) =>
      project.mayHide!(files[0]!, { kinds: [kind], scope }, { basePath: directory, globs: {} })
    expect(hides('ConfigMap', 'applied')).toBe(false)
    expect(hides('ConfigMap', 'folder')).toBe(true)
    expect(hides('Secret', 'folder')).toBe(false)
    expect(hides('Secret', 'run')).toBe(true)
  })

  it('may be there in whatever way its kind is written', () => {
    const kinds = ['ConfigMap', '"C\\x6fnfigMap"', '!!str ConfigMap', '&kind ConfigMap', '\n  ConfigMap']
    const written = kinds.map((kind, index) => [`a/${index}.yaml`, configMap('x').replace('ConfigMap', kind)])
    const directory = temp({ '.git/': '', 'a/asks.yaml': secret, ...Object.fromEntries(written) })
    const asks = join(directory, 'a/asks.yaml')
    const project = buildProject([asks], { cwd: directory })
    const clusters = { basePath: directory, globs: {} }
    expect(project.resources!(asks, { kinds: ['ConfigMap'], scope: 'folder' }, clusters)).toHaveLength(
      kinds.length,
    )
    expect(project.mayHold!(asks, 'ConfigMap', clusters)).toBe(true)
  })

  it('is nothing where files cannot be read', () => {
    const project = buildProject([], { cwd: '/' })
    expect(
      project.resources!(
        '/no/such/folder/a.yaml',
        { kinds: ['ConfigMap'], scope: 'run' },
        { basePath: undefined, globs: {} },
      ),
    ).toEqual([])
  })
})

it('knows whether a file around another may hold a kind', () => {
  const files = {
    'a/one.yaml': configMap('one'),
    'a/two.yaml': secret,
    'b/three.yaml': 'kind: !!str Role\n',
    'b/four.yaml': secret,
  }
  const directory = temp({ '.git/': '', ...files })
  const project = buildProject([join(directory, 'a/one.yaml')], { cwd: directory })
  const mayHold = (path: string, kind: string) =>
    project.mayHold!(join(directory, path), kind, { basePath: directory, globs: {} })
  expect(mayHold('a/one.yaml', 'Secret')).toBe(true)
  expect(mayHold('a/one.yaml', 'ConfigMap')).toBe(false)
  expect(mayHold('a/two.yaml', 'ConfigMap')).toBe(true)
  // Written in a way of its own.
  expect(mayHold('b/four.yaml', 'Anything')).toBe(true)
})
