import { dirname, join, resolve } from 'node:path'
import type { Problem, Project } from '@daemonlint/core'
import { displayPath } from '@daemonlint/node'
import {
  align,
  buildKustomization,
  chartsAmong,
  type FindPlace,
  kustomizationsAmong,
  originsOf,
  type Place,
  projectOfTexts,
  RenderError,
  type RenderedTemplate,
  renderChart,
  renderedName,
} from '@daemonlint/node/render'
import { createFailedFiles } from './failed-files.ts'
import { type LintedFile, lintFile } from './lint-file.ts'
import type { Linted } from './lint-inputs.ts'
import { prepare } from './prepare.ts'
import type { Session } from './session.ts'

/** A text that a program made of files. */
interface Rendered {
  /** By which a configuration applies, and by which rules know the text: the template's, or the kustomization's. */
  filePath: string
  /** What findings go by that belong to no line of a file: `chart (rendered) templates/ds.yaml`. */
  shown: string
  text: string
  /** The file that the whole text comes from, where there is one. */
  template: RenderedTemplate['template']
  find: FindPlace
}

/**
 * Lints what charts and kustomizations render to. A finding stands in the template where its line surely comes from
 * there, else in the rendered text, whose path says so. None has a fix: nothing is written into templates.
 * @param linted what else the run has linted
 * @param run the files of the run, among which configurations may ask for charts and kustomizations; absolute
 * @throws an error named ConfigError
 */
export async function lintRendered(
  linted: Linted,
  run: readonly string[],
  session: Session,
): Promise<Linted> {
  const { options, cwd, lookup, kubernetesVersions } = session
  const files = [...linted.files]
  const failures = [...linted.failures]
  const configs = new Set(linted.configs)
  const usedEntries = new Set(linted.usedEntries)
  const failedFiles = createFailedFiles(cwd)
  const known = createKnown(linted.files, session)
  for (const chart of await wanted('renderCharts', options.helm, chartsAmong)) {
    await lintTogether(`--helm ${chart}`, () => renderTemplates(chart, session))
  }
  for (const directory of await wanted('renderKustomizations', options.kustomize, kustomizationsAmong)) {
    await lintTogether(`--kustomize ${directory}`, () => renderKustomization(directory, session))
  }
  return {
    ...linted,
    files,
    failures: [...failures, ...failedFiles.sentences()],
    configs,
    usedEntries,
  }

  /** What the arguments name, and what is found among the files of the run where a configuration asks for it. */
  async function wanted(
    option: 'renderCharts' | 'renderKustomizations',
    named: readonly string[],
    among: (files: readonly string[]) => string[],
  ): Promise<string[]> {
    const asked: string[] = []
    for (const path of run) {
      const { ignored, linterOptions } = await lookup.forFile(path)
      if (!ignored && linterOptions[option]) asked.push(path)
    }
    const isNamed = new Set(named.map((name) => resolve(cwd, name)))
    const found = among(asked).filter((folder) => !isNamed.has(folder))
    return [...named, ...found.map((folder) => displayPath(folder, cwd) || '.')]
  }

  async function lintTogether(flag: string, render: () => Rendered[]): Promise<void> {
    let texts: Rendered[]
    try {
      texts = render()
    } catch (error) {
      if (!(error instanceof RenderError)) throw error
      failures.push(`${flag}: ${error.message}`)
      return
    }
    const project = projectOfTexts(new Map(texts.map(({ filePath, text }) => [filePath, text])))
    for (const one of texts) await lintOne(one, project)
  }

  async function lintOne(rendered: Rendered, project: Project): Promise<void> {
    const { filePath } = rendered
    const config = await lookup.forFile(filePath)
    if (config.ignored) return
    if (!configs.has(config)) await prepare(config, lookup, dirname(filePath))
    configs.add(config)
    const input = { filePath, displayPath: rendered.shown, source: rendered.text, config, project }
    const asked = { ...input, kubernetesVersions, asksForChoice: false }
    try {
      const found = lintFile(asked, { ...options, fix: false, fixDryRun: false })
      for (const entry of config.entries) if (found.lint.usedEntries.has(entry.id)) usedEntries.add(entry)
      const parts = await placed(found, rendered, known, cwd)
      for (const { result } of parts) known.report(result)
      files.push(...parts)
    } catch (error) {
      if (!failedFiles.take(error, filePath)) throw error
    }
  }
}

function renderTemplates(chart: string, { options, cwd, kubernetesVersions }: Session): Rendered[] {
  const { values, set, release, namespace } = options
  const kubernetesVersion = kubernetesVersions?.at(-1)
  const templates = renderChart(chart, { values, set, release, namespace, kubernetesVersion }, cwd)
  return templates.map(({ name, text, template }) => {
    const place = template && align(template.text, text)
    return {
      filePath: template?.filePath ?? join(resolve(cwd, chart), name),
      shown: renderedName(displayPath(resolve(cwd, chart), cwd), name),
      text,
      template,
      find(position) {
        const own = place?.(position)
        return own && { ...template!, position: own }
      },
    }
  })
}

function renderKustomization(directory: string, { cwd }: Session): Rendered[] {
  const path = resolve(cwd, directory)
  const text = buildKustomization(directory, cwd)
  const shown = renderedName(displayPath(path, cwd))
  const find = originsOf(path, text)
  return [{ filePath: join(path, 'kustomization.yaml'), shown, text, template: undefined, find }]
}

interface Part {
  filePath: string
  displayPath: string
  source: string
  problems: Problem[]
  suppressed: Problem[]
}

/** What was found in a rendered text, where people can look it up: in the files it comes from, and what is left. */
async function placed(
  found: LintedFile,
  { text, shown, template, find }: Rendered,
  known: Known,
  cwd: string,
): Promise<LintedFile[]> {
  const parts = new Map<string, Part>()
  const partOf = (filePath: string, source: string) => {
    const known = parts.get(filePath)
    if (known) return known
    const part = { filePath, displayPath: displayPath(filePath, cwd), source, problems: [], suppressed: [] }
    parts.set(filePath, part)
    return part
  }
  const left = {
    filePath: resolve(cwd, shown),
    displayPath: shown,
    source: text,
    problems: [],
    suppressed: [],
  }
  if (template) partOf(template.filePath, template.text)
  for (const list of ['problems', 'suppressed'] as const) {
    for (const { fix, suggestions, related, ...problem } of found.result[list]) {
      const place = find(problem.position)
      const part: Part = place ? partOf(place.filePath, place.text) : left
      const other = related && (place ? find(related.position) : { ...left, position: related.position })
      // A second place in another file cannot be told.
      const isHere = other?.filePath === part.filePath
      const state = place && (await known.stateOf(place, problem.ruleId))
      if (state === 'reported') continue
      part[state ? 'suppressed' : list].push({
        ...problem,
        // Suppressions know it by the name that it has in the file.
        ...(problem.resource && { resource: place?.resource ?? problem.resource }),
        ...(state && { suppressions: [...(problem.suppressions ?? []), ...state] }),
        position: place?.position ?? problem.position,
        ...(isHere && { related: { ...related!, position: other.position } }),
      })
    }
  }
  const isLeft = left.problems.length + left.suppressed.length > 0 || parts.size === 0
  return [...parts.values(), ...(isLeft ? [left] : [])].map((part, index) =>
    linted(found, part, { counts: index === 0, holdsAll: part === left || template !== undefined }),
  )
}

/**
 * @param is `counts`: the workloads are counted with this part, each once; `holdsAll`: no other text comes from its file
 */
function linted(found: LintedFile, part: Part, is: { counts: boolean; holdsAll: boolean }): LintedFile {
  const problems = part.problems.sort(
    ({ position: { start: a } }, { position: { start: b } }) => a.line - b.line || a.column - b.column,
  )
  const result = { ...found.result, ...part, problems }
  const none = { workloads: 0, templates: 0, patches: 0, undecoded: 0 }
  // Another overlay, or other values, may make more of the file.
  const lint = { ...found.lint, problems, hasUnseen: true, ...(!is.counts && { counts: none }) }
  // Of a file that a kustomization builds on, only what the result still says is known.
  return { ...found, result, lint: is.holdsAll ? lint : { ...lint, resources: [] } }
}

type Suppressions = NonNullable<Problem['suppressions']>

/**
 * What linting a file by itself says of a rule at a place: reported already, or hidden, and why. kustomize drops the
 * comments that hide findings.
 */
interface Known {
  stateOf(place: Place, ruleId: string): Promise<'reported' | Suppressions | undefined>
  /** Takes note of what is reported from now on. */
  report(result: LintedFile['result']): void
}

/** @param linted what is reported already */
function createKnown(linted: readonly LintedFile[], { options, lookup, kubernetesVersions }: Session): Known {
  type Entries = Map<string, 'reported' | Suppressions>
  const keyOf = (ruleId: string, { start: { line, column } }: Problem['position']) =>
    `${ruleId} ${line}:${column}`
  const entriesOf = ({ problems, suppressed }: LintedFile['result'], isReported: boolean): Entries => {
    const entries: Entries = new Map()
    for (const { ruleId, position, suppressions = [] } of suppressed) {
      entries.set(keyOf(ruleId, position), isReported ? 'reported' : suppressions)
    }
    if (isReported) for (const one of problems) entries.set(keyOf(one.ruleId, one.position), 'reported')
    return entries
  }
  const files = new Map(linted.map(({ result }) => [result.filePath, entriesOf(result, true)]))
  return {
    async stateOf({ filePath, text, position }, ruleId) {
      let entries = files.get(filePath)
      if (!entries) {
        const config = await lookup.forFile(filePath)
        const input = { filePath, displayPath: filePath, source: text, config, project: undefined }
        const alone = { ...options, fix: false, fixDryRun: false }
        entries = entriesOf(
          lintFile({ ...input, kubernetesVersions, asksForChoice: false }, alone).result,
          false,
        )
        files.set(filePath, entries)
      }
      return entries.get(keyOf(ruleId, position))
    },
    report(result) {
      const entries = files.get(result.filePath)
      if (entries) for (const [key, state] of entriesOf(result, true)) entries.set(key, state)
    },
  }
}
