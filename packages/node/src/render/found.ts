import { basename, dirname, resolve, sep } from 'node:path'
import { kustomizationNames } from '../kustomize/kustomization.ts'
import { createReader } from '../kustomize/reader.ts'
import { hostOf } from '../project.ts'

/**
 * The folders of charts that can be rendered and that files belong to: none of a chart that is part of another, nor of a
 * library. A hook may name the values or one template of a chart alone.
 * @param files absolute
 */
export function chartsAmong(files: readonly string[]): string[] {
  const host = hostOf()
  const { readText } = host
  const known = new Map<string, string[]>()
  /** The charts that a folder is part of, the innermost first. */
  function chartsAbove(folder: string): string[] {
    let found = known.get(folder)
    if (!found) {
      const above = dirname(folder) === folder ? [] : chartsAbove(dirname(folder))
      found = host.has(folder, 'Chart.yaml') ? [folder, ...above] : above
      known.set(folder, found)
    }
    return found
  }
  const folders = [...new Set(files.flatMap((path) => chartsAbove(dirname(path))))].sort()
  return folders.filter(
    (folder) =>
      !folders.some((other) => folder.startsWith(`${other}${sep}charts${sep}`)) &&
      !/^type:\s*["']?library\b/m.test(readText(resolve(folder, 'Chart.yaml')) ?? ''),
  )
}

/**
 * The folders of kustomizations that no other one builds on; components are built by others alone.
 * @param files absolute
 */
export function kustomizationsAmong(files: readonly string[]): string[] {
  const names: readonly string[] = kustomizationNames
  const folders = [...new Set(files.filter((path) => names.includes(basename(path))).map(dirname))].sort()
  const host = hostOf()
  const reader = createReader(host)
  const bases = new Set(
    folders.flatMap((folder) => {
      const { resources = [], components = [] } = reader.read(folder)?.kustomization ?? {}
      return [...resources, ...components].map((entry) => resolve(folder, entry))
    }),
  )
  const isComponent = (folder: string) =>
    /^kind:\s*Component\b/m.test(host.readText(reader.fileIn(folder) ?? '') ?? '')
  return folders.filter((folder) => !bases.has(folder) && !isComponent(folder))
}
