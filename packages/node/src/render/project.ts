import type { Project } from '@daemonlint/core'
import { createResourceIndex } from '../resource-index.ts'

/**
 * What surrounds texts that are applied together, as those that a chart renders to: each other, and nothing else.
 * @param texts by path
 */
export function projectOfTexts(texts: ReadonlyMap<string, string>): Project {
  const paths = [...texts.keys()].sort()
  const index = createResourceIndex({ readText: (path) => texts.get(path), contextOf: () => ({}) })
  const around = (path: string) => paths.filter((other) => other !== path)
  return {
    contextOf: () => ({}),
    resources: (path, query) => around(path).flatMap((other) => index.find(other, query)),
    mayHold: (path, kind) => around(path).some((other) => index.mayHold(other, kind)),
    mayHide: (path, query) => around(path).some((other) => index.mayHide(other, query)),
  }
}
