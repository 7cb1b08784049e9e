export { configFileNames, findConfigFile, type LoadOptions, loadConfigFile } from './config-file.ts'
export {
  type ConfigLookup,
  createConfigLookup,
  defaultConfig,
  type LookedUp,
  type LookupOptions,
} from './config-lookup.ts'
export { ConfigError, type ErrorPlace, FileError, systemReason } from './errors.ts'
export {
  defaultExtensions,
  displayPath,
  type FindOptions,
  type FoundFiles,
  findFiles,
  type Ignores,
  type UnmatchedPattern,
} from './find-files.ts'
export { createKustomizeGraph, type KustomizeGraph, type ProjectHost } from './kustomize/graph.ts'
export { type Kustomization, kustomizationNames, parseKustomization } from './kustomize/kustomization.ts'
export { type Effect, effectsOf } from './kustomize/overlay.ts'
export { patchedFields } from './kustomize/patches.ts'
export { createListings, type Listings } from './listings.ts'
export type { OwnCopies } from './own-copies.ts'
export { buildProject, type ProjectOptions } from './project.ts'
export { readFile } from './read-file.ts'
