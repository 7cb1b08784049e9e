import { dirname, join, resolve } from 'node:path'
import type { FileResult, Problem, Project } from '@daemonlint/core'
import { displayPath } from '@daemonlint/node'
import {
  align,
  buildKustomization,
  type PlaceFinder,
  projectOfTexts,
  RenderError,
  type RenderedTemplate,
  renderChart,
} from '@daemonlint/node/render'
import { createFailedFiles } from './failed-files.ts'
import { type LintedFile, lintFile } from './lint-file.ts'
import type { Linted } from './lint-inputs.ts'
import { prepare } from './prepare.ts'
import type { Session } from './session.ts'

/** A text that a program made of files. */
interface Rendered {
  /** By which a configuration applies: that of the template, or of the kustomization. */
  configPath: string
  /** What findings go by that belong to no line of a file: `chart (rendered) templates/ds.yaml`. */
  shown: string
  text: string
  origin: RenderedTemplate['template']
}

/**
 * Lints what charts and kustomizations render to. A finding stands in the template where its line surely comes from
 * there, else in the rendered text, whose path says so. None has a fix: nothing is written into templates.
 * @param linted what else the run has linted
 * @throws an error named ConfigError
 */
export async function lintRendered(linted: Linted, session: Session): Promise<Linted> {
  const { options, cwd, lookup, kubernetesVersions } = session
  const files = [...linted.files]
  const failures = [...linted.failures]
  const configs = new Set(linted.configs)
  const usedEntries = new Set(linted.usedEntries)
  const failedFiles = createFailedFiles(cwd)
  for (const chart of options.helm) await lintTogether('helm', chart, () => renderTemplates(chart, session))
  for (const directory of options.kustomize) {
    await lintTogether('kustomize', directory, () => renderKustomization(directory, session))
  }
  return {
    ...linted,
    files,
    failures: [...failures, ...failedFiles.sentences()],
    configs,
    usedEntries,
  }

  async function lintTogether(flag: string, name: string, render: () => Rendered[]): Promise<void> {
    let texts: Rendered[]
    try {
      texts = render()
    } catch (error) {
      if (!(error instanceof RenderError)) throw error
      failures.push(`--${flag} ${name}: ${error.message}`)
      return
    }
    const pathOf = ({ origin, shown }: Rendered) => origin?.filePath ?? resolve(cwd, shown)
    const project = projectOfTexts(new Map(texts.map((one) => [pathOf(one), one.text])))
    for (const one of texts) await lintOne(one, pathOf(one), project)
  }

  async function lintOne(rendered: Rendered, filePath: string, project: Project): Promise<void> {
    const config = await lookup.forFile(rendered.configPath)
    if (config.ignored) return
    if (!configs.has(config)) await prepare(config, lookup, dirname(rendered.configPath))
    configs.add(config)
    const input = { filePath, displayPath: rendered.shown, source: rendered.text, config, project }
    const asked = { ...input, kubernetesVersions, asksForChoice: false }
    try {
      const found = lintFile(asked, { ...options, fix: false, fixDryRun: false })
      for (const entry of config.entries) if (found.lint.usedEntries.has(entry.id)) usedEntries.add(entry)
      files.push(...placed(found, rendered, cwd))
    } catch (error) {
      if (!failedFiles.take(error, filePath)) throw error
    }
  }
}

function renderTemplates(chart: string, { options, cwd, kubernetesVersions }: Session): Rendered[] {
  const { values, set, release, namespace } = options
  const kubernetesVersion = kubernetesVersions?.at(-1)
  const templates = renderChart(chart, { values, set, release, namespace, kubernetesVersion }, cwd)
  return templates.map(({ name, text, template }) => ({
    configPath: template?.filePath ?? join(resolve(cwd, chart), name),
    shown: `${displayPath(resolve(cwd, chart), cwd)} (rendered) ${name}`,
    text,
    origin: template,
  }))
}

function renderKustomization(directory: string, { cwd }: Session): Rendered[] {
  const path = resolve(cwd, directory)
  const text = buildKustomization(directory, cwd)
  const shown = `${displayPath(path, cwd)} (rendered)`
  return [{ configPath: join(path, 'kustomization.yaml'), shown, text, origin: undefined }]
}

/** What was found in a rendered text, where people can look it up: in the template, and what is left. */
function placed(found: LintedFile, { text, shown, origin }: Rendered, cwd: string): LintedFile[] {
  const find = origin ? align(origin.text, text) : () => undefined
  const [problems, otherProblems] = divide(found.result.problems, find)
  const [suppressed, otherSuppressed] = divide(found.result.suppressed, find)
  const isLeft = otherProblems.length + otherSuppressed.length > 0
  const left = part(found, { problems: otherProblems, suppressed: otherSuppressed })
  left.result.filePath = resolve(cwd, shown)
  left.result.source = text
  if (!origin) return [left]
  const own = part(found, { problems, suppressed })
  own.result.displayPath = displayPath(origin.filePath, cwd)
  own.result.source = origin.text
  // The workloads are counted once.
  left.lint.counts = { ...left.lint.counts, ...zeros }
  return isLeft ? [own, left] : [own]
}

const zeros = { workloads: 0, templates: 0, patches: 0, undecoded: 0 }

function part(found: LintedFile, own: Pick<FileResult, 'problems' | 'suppressed'>): LintedFile {
  return {
    ...found,
    result: { ...found.result, ...own },
    lint: { ...found.lint, problems: own.problems },
    offersChoice: false,
  }
}

/** Those problems that have a place in the origin, at that place, and the others. */
function divide(problems: readonly Problem[], find: PlaceFinder): [Problem[], Problem[]] {
  const found: Problem[] = []
  const left: Problem[] = []
  for (const { fix, suggestions, related, ...problem } of problems) {
    const position = find(problem.position)
    if (!position) left.push(related ? { ...problem, related } : problem)
    else {
      const place = related && find(related.position)
      found.push({ ...problem, position, ...(place && { related: { ...related, position: place } }) })
    }
  }
  const byPlace = (a: Problem, b: Problem) =>
    a.position.start.line - b.position.start.line || a.position.start.column - b.position.start.column
  return [found.sort(byPlace), left]
}
