import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Clusters, ResourceQuery } from '@daemonlint/core'
import { describe, expect, it } from 'vitest'
import { createLiveProject, type LiveProject } from '../src/live-project.ts'
import { temp, write } from './temp.ts'

const account = (name: string) => `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n`
const clusters: Clusters = { basePath: undefined, globs: {} }
const query = (scope: ResourceQuery['scope']): ResourceQuery => ({ kinds: ['ServiceAccount'], scope })

function start(files: Record<string, string>, open: Record<string, string> = {}) {
  const directory = temp(files)
  const held = new Map(Object.entries(open).map(([name, text]) => [join(directory, name), text]))
  const live = createLiveProject({
    cwd: directory,
    reaches: (path) => `${path}/`.startsWith(`${directory}/`),
    openText: (path) => held.get(path),
    openFiles: () => held.keys(),
  })
  const path = (name: string) => join(directory, name)
  const names = (scope: ResourceQuery['scope'], of = 'agent.yaml') =>
    live.project.resources!(path(of), query(scope), clusters).map(({ manifest }) => manifest.name)
  return { directory, live, held, path, names }
}

/** Does all that is left to be done. */
function settle(live: LiveProject): void {
  while (live.work());
}

describe('a project that stays', () => {
  it('replaces what it knows of a file that changed', () => {
    const { live, names, directory, path } = start({ 'a.yaml': account('a'), 'b.yaml': account('b') })
    expect(names('folder')).toEqual(['a', 'b'])
    write(directory, { 'a.yaml': account('changed') })
    expect(names('folder')).toEqual(['a', 'b'])
    expect(live.changed(path('a.yaml'))).toBe(false)
    expect(names('folder')).toEqual(['changed', 'b'])
  })

  it('sees files come and go when it is told', () => {
    const { live, names, directory, path } = start({ 'a.yaml': account('a') })
    expect(names('folder')).toEqual(['a'])
    write(directory, { 'b.yaml': account('b') })
    live.listed(path('b.yaml'))
    expect(names('folder')).toEqual(['a', 'b'])
    rmSync(path('a.yaml'))
    live.listed(path('a.yaml'))
    expect(names('folder')).toEqual(['b'])
  })

  it('looks for changes itself when it is asked to', () => {
    const { live, names, directory, path } = start({ 'a.yaml': account('a'), 'b.yaml': account('b') })
    expect(names('folder')).toEqual(['a', 'b'])
    expect(live.refresh()).toBe(false)
    write(directory, { 'a.yaml': account('another') })
    expect(live.refresh()).toBe(true)
    expect(names('folder')).toEqual(['another', 'b'])
    rmSync(path('b.yaml'))
    expect(live.refresh()).toBe(true)
    expect(names('folder')).toEqual(['another'])
    expect(live.refresh()).toBe(false)
  })

  it('takes what is open before what is on disk, also where nothing is on disk', () => {
    const { live, names, held, path } = start(
      { 'a.yaml': account('a') },
      { 'a.yaml': account('open'), 'new.yaml': account('new') },
    )
    expect(names('folder')).toEqual(['open', 'new'])
    held.delete(path('a.yaml'))
    live.changed(path('a.yaml'))
    expect(names('folder')).toEqual(['a', 'new'])
  })

  it('reads nothing outside of what it may', () => {
    const { live, directory } = start({})
    const outside = temp({ 'a.yaml': account('a') })
    expect(live.project.resources!(join(outside, 'x.yaml'), query('folder'), clusters)).toEqual([])
    expect(live.project.contextOf(join(outside, 'x.yaml'))).toEqual({})
    expect(dirname(outside)).toBe(dirname(directory))
  })

  it('tells which files rest on another', () => {
    const { live, names, path } = start({ 'a.yaml': account('a'), 'deep/b.yaml': account('b') })
    live.setFiles([path('a.yaml'), path('deep/b.yaml')])
    names('folder')
    expect(live.concerns(path('agent.yaml'), path('a.yaml'))).toBe(true)
    expect(live.concerns(path('agent.yaml'), path('deep/b.yaml'))).toBe(false)
    expect(live.concerns(path('other.yaml'), path('a.yaml'))).toBe(false)
    names('run')
    expect(live.asksAll(path('agent.yaml'))).toBe(true)
    expect(live.concerns(path('agent.yaml'), path('deep/b.yaml'))).toBe(true)
    live.forget(path('agent.yaml'))
    expect(live.concerns(path('agent.yaml'), path('a.yaml'))).toBe(false)
  })

  it('knows when kustomizations, or what they rest on, change', () => {
    const { live, directory, path } = start({
      'kustomization.yaml': 'resources: [agent.yaml]\npatches: [{ path: patch.yaml }]\n',
      'patch.yaml': 'kind: DaemonSet\nmetadata: { name: agent }\nspec: { minReadySeconds: 1 }\n',
    })
    const fields = () =>
      live.project.contextOf(path('agent.yaml')).overlaid?.map(({ path }) => path.join('.'))
    expect(fields()).toEqual(['spec.minReadySeconds'])
    write(directory, { 'patch.yaml': 'kind: DaemonSet\nmetadata: { name: agent }\nspec: { paused: true }\n' })
    expect(live.changed(path('patch.yaml'))).toBe(true)
    expect(fields()).toEqual(['spec.paused'])
    write(directory, { 'kustomization.yaml': 'resources: []\n' })
    expect(live.changed(path('kustomization.yaml'))).toBe(true)
    expect(fields()).toBeUndefined()
  })
})

describe('questions about all files', () => {
  it('go to all, by the kinds that they hold', () => {
    const { live, names, path } = start({
      'a/a.yaml': account('a'),
      'b/b.yaml': account('b'),
      'c/c.yaml': 'kind: X\n',
    })
    live.setFiles(['a/a.yaml', 'b/b.yaml', 'c/c.yaml', 'kustomization.yaml'].map(path))
    live.complete()
    expect(names('run')).toEqual(['a', 'b'])
    live.setFiles(['b/b.yaml'].map(path))
    expect(names('run')).toEqual(['b'])
    expect(names('run', 'b/b.yaml')).toEqual([])
  })

  it('may be hidden from until all were looked through', () => {
    const { live, path } = start({})
    const mayHide = () => live.project.mayHide!(path('agent.yaml'), query('run'), clusters)
    expect(mayHide()).toBe(true)
    live.complete()
    expect(mayHide()).toBe(false)
  })

  it('that would keep somebody waiting are left for later', () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`deep/${index}.yaml`, account(`a${index}`)]),
    )
    const { live, names, path } = start(files)
    live.setFiles(Object.keys(files).map(path))
    live.complete()
    const mayHide = () => live.project.mayHide!(path('agent.yaml'), query('run'), clusters)
    expect(names('run')).toEqual([])
    expect(names('run')).toEqual([])
    expect(mayHide()).toBe(true)
    settle(live)
    expect(names('run')).toHaveLength(300)
    settle(live)
    expect(mayHide()).toBe(false)
    expect(live.work()).toBe(false)
  })
})
