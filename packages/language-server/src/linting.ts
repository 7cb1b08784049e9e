import { basename, dirname, join } from 'node:path'
import type { ResolvedConfig, Root } from '@daemonlint/core'
import { configFileNames } from '@daemonlint/node'
import type { Connection, Diagnostic } from 'vscode-languageserver/node'
import { isChartTemplate } from './charts.ts'
import type { ConfigReports } from './config-reports.ts'
import { brokenRuleDiagnostic, declinedDiagnostic, shownProblems, toDiagnostic } from './diagnostics.ts'
import type { OpenDocument } from './documents.ts'
import type { Folder, Folders } from './folders.ts'
import { type LintedDocument, lintDocument } from './lint-document.ts'
import { stackOf } from './process.ts'
import type { Snapshot } from './snapshot.ts'

/** The current version of a document, and what linting it came to. */
export interface View {
  document: OpenDocument
  snapshot: Snapshot
  folder: Folder
  /** It is too long to be read while it is edited: the snapshot's tree is empty. */
  isDeclined: boolean
}

export interface Linted extends View {
  diagnostics: readonly Diagnostic[]
  /** The same as long as the diagnostics are. */
  resultId: string
  /** The mark of the document's surroundings that it was linted under. */
  mark: number
  /** How long it took, in milliseconds. */
  took: number
}

/** Lints open documents when they are asked for, each version once. */
export interface Linting {
  /** The current version of a document; undefined for what is none of ours. */
  current(uri: string): Promise<Linted | undefined>
  /** The version that was linted last. */
  last(uri: string): Linted | undefined
  /** What stands around a document changed. */
  outdate(uri: string): void
  /** The document was closed. */
  forget(uri: string): void
}

export interface LintingOptions {
  documents: ReadonlyMap<string, OpenDocument>
  folders: Pick<Folders, 'of'>
  reports: ConfigReports
  /** Whether the client shows second places of findings. */
  showsRelated: boolean
  /** Settled when linting may begin. */
  ready(): Promise<unknown> | undefined
  /** Hears of a folder of which a document was linted. */
  onLinted(folder: Folder): void
}

export function createLinting(
  { console }: Pick<Connection, 'console'>,
  { documents, folders, reports, showsRelated, ready, onLinted }: LintingOptions,
): Linting {
  const linted = new Map<string, Linted>()
  /** Counts how often what stands around a document changed. */
  const marks = new Map<string, number>()
  const toldRules = new Set<string>()
  let results = 0

  const markOf = (uri: string) => marks.get(uri) ?? 0

  /** Lints what changed; asks again where a newer version came in between. */
  async function current(uri: string): Promise<Linted | undefined> {
    await ready()
    for (;;) {
      const document = documents.get(uri)
      const known = linted.get(uri)
      const mark = markOf(uri)
      if (!document) return undefined
      if (known?.document === document && known.mark === mark) return known
      const folder = folders.of(uri)
      const { configuration, settings } = folder
      if (!settings.enable || isTemplateLanguage(document)) return undefined
      if (isConfigFile(document)) {
        await configuration.forFile(join(dirname(document.filePath!), 'any.yaml'))
        reports.update()
        return undefined
      }
      const config = await configuration.forFile(document.filePath)
      reports.update()
      if (documents.get(uri) !== document || markOf(uri) !== mark) continue
      if (config.ignored) return undefined
      const next = lintNow(document, folder, config, linted.get(uri))
      linted.set(uri, next)
      onLinted(folder)
      return next
    }
  }

  function lintNow(
    document: OpenDocument,
    folder: Folder,
    config: ResolvedConfig,
    before: Linted | undefined,
  ): Linted {
    const { uri, filePath, version, text } = document
    const { kubernetesVersions = config.kubernetesVersions } = folder
    const started = performance.now()
    const found = lintVersion(document, folder, config, before?.snapshot.result.root)
    const diagnostics = diagnosticsOf(found, document)
    const { result, declined } = found
    const isDeclined = declined !== undefined
    const snapshot = { uri, filePath, version, text, result, config: { ...config, kubernetesVersions } }
    const isSame = before && JSON.stringify(before.diagnostics) === JSON.stringify(diagnostics)
    const resultId = isSame ? before.resultId : String(++results)
    const took = performance.now() - started
    return { document, snapshot, folder, isDeclined, diagnostics, resultId, mark: markOf(uri), took }
  }

  function diagnosticsOf(
    { result, brokenRules, declined }: LintedDocument,
    document: OpenDocument,
  ): Diagnostic[] {
    for (const { ruleId, error } of brokenRules) {
      if (toldRules.has(ruleId)) continue
      toldRules.add(ruleId)
      console.error(`Rule '${ruleId}' failed and is left out: ${stackOf(error.cause ?? error)}`)
    }
    return [
      ...(declined === undefined ? [] : [declinedDiagnostic(declined)]),
      ...brokenRules.map(brokenRuleDiagnostic),
      ...shownProblems(result.problems, (problem) => toDiagnostic(problem, document, showsRelated)),
    ]
  }

  return {
    current,
    last: (uri) => linted.get(uri),
    outdate(uri) {
      marks.set(uri, markOf(uri) + 1)
    },
    forget(uri) {
      linted.delete(uri)
      marks.delete(uri)
    },
  }
}

/**
 * Lints one version of a document as its folder has it: among the other files, and without what the folder passes over.
 * @param previous the tree of an earlier version
 */
export function lintVersion(
  document: Pick<OpenDocument, 'text' | 'filePath'>,
  { kubernetesVersions, workspace, suppressions }: Folder,
  config: ResolvedConfig,
  previous: Root | undefined,
): LintedDocument {
  const { filePath } = document
  const linted = lintDocument(document, {
    config,
    kubernetesVersions,
    project: workspace.live.project,
    previous,
    isTemplate: filePath !== undefined && isChartTemplate(filePath),
  })
  return { ...linted, result: suppressions.apply(linted.result, filePath) }
}

const templateLanguages = new Set([
  'helm',
  'helm-template',
  'gotmpl',
  'go-template',
  'gotexttmpl',
  'gohtmltmpl',
])

/** True for a document of a language that is no YAML before it is rendered. */
export const isTemplateLanguage = ({ languageId }: OpenDocument): boolean => templateLanguages.has(languageId)

/** True for a document that is a configuration of daemonlint. */
export function isConfigFile({ filePath }: Pick<OpenDocument, 'filePath'>): boolean {
  const names: readonly string[] = configFileNames
  return filePath !== undefined && names.includes(basename(filePath))
}
