export { ConfigError, type ErrorPlace } from '@daemonlint/core'
export {
  type AccessRecord,
  createAccessRecord,
  directoriesOf,
  recordListings,
  recordSources,
} from './access-record.ts'
export { type ConfigKey, configKey } from './cache/config-key.ts'
export { createFileDigests, digestOf, type FileDigests } from './cache/digest.ts'
export { type AnswerKeys, createAnswerKeys, type Question, recordQuestions } from './cache/questions.ts'
export { type CachedFile, createResultCache, isForeign, type ResultCache } from './cache/result-cache.ts'
export { configFileNames, findConfigFile, type LoadOptions, loadConfigFile } from './config-file.ts'
export {
  type ConfigLookup,
  createConfigLookup,
  defaultConfig,
  type LookedUp,
  type LookupOptions,
} from './config-lookup.ts'
export { errorCode, FileError, systemReason } from './errors.ts'
export {
  defaultExtensions,
  displayPath,
  type FindOptions,
  type FoundFiles,
  findFiles,
  type Ignores,
  isGlob,
  isManifestName,
  type UnmatchedPattern,
} from './find-files.ts'
export { GitError } from './git.ts'
export { type GitBase, openGitBase, openGitHead } from './git-base.ts'
export { type GitIndex, openGitIndex } from './git-index.ts'
export { createListings, type Listings } from './listings.ts'
export { createLiveProject, type LiveProject, type LiveProjectOptions } from './live-project.ts'
export { importFile } from './load-module.ts'
export { type OwnCopies, serveOwnCopies, specifierFrom } from './own-copies.ts'
export { buildProject, type FileProject, type ProjectBasis, type ProjectOptions } from './project.ts'
export { readAll, readSource, type Source } from './read-file.ts'
export { renderedFrom } from './render/rendered-name.ts'
export { createSources, type Sources } from './sources.ts'
export { stampOf } from './stamp.ts'
export { goneFrom, readSuppressions, suppressionsFileName } from './suppressions.ts'
export { skippedDirectories } from './walk.ts'
