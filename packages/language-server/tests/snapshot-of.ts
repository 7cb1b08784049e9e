import { type Config, lint, normaliseVersions, type Project, resolveConfig } from '@daemonlint/core'
import rules from '@daemonlint/rules'
import type { Snapshot } from '../src/snapshot.ts'

export interface SnapshotOptions {
  /** Default: the preset `recommended`. */
  config?: Config | readonly Config[]
  kubernetesVersions?: string | readonly string[]
  /** Absolute. Default: a document that is no file. */
  filePath?: string
  project?: Project
}

/** An open document as the server has it. */
export function snapshotOf(text: string, options: SnapshotOptions = {}): Snapshot {
  const { config: given = { extends: 'daemonlint/recommended' }, filePath, project } = options
  const resolved = resolveConfig(given, { builtin: rules })
  const config =
    options.kubernetesVersions === undefined
      ? resolved
      : { ...resolved, kubernetesVersions: normaliseVersions(options.kubernetesVersions) }
  return {
    uri: filePath === undefined ? 'untitled:Untitled-1' : `file://${filePath}`,
    filePath,
    version: 1,
    text,
    result: lint(text, { config, filePath, project }),
    config,
  }
}
