import { readFileSync } from 'node:fs'
import { isAbsolute, relative, resolve } from 'node:path'
import { RenderError, runProgram } from './program.ts'

/** What helm is told besides the chart. */
export interface ChartOptions {
  /** Files of values; relative to `cwd` as people give them. */
  values: readonly string[]
  /** `key=value` */
  set: readonly string[]
  /** The release's name; helm's own word for none is `release-name`. */
  release?: string | undefined
  namespace?: string | undefined
  /** What `.Capabilities.KubeVersion` is: `1.31`. */
  kubernetesVersion?: string | undefined
}

/** What a template of a chart renders to. */
export interface RenderedTemplate {
  /** From the chart's folder: `templates/ds.yaml`, `charts/sub/templates/ds.yaml`. */
  name: string
  /** All documents of it, each with its `---` and helm's `# Source:` line. */
  text: string
  /** The template itself, where it is a file. */
  template: { filePath: string; text: string } | undefined
}

/**
 * Renders a chart by `helm template`.
 * @param chart what helm takes for one: a folder, an archive, a reference
 * @param cwd absolute
 * @returns in the order in which helm prints them first
 * @throws {RenderError} without helm, and where the chart does not render
 */
export function renderChart(chart: string, options: ChartOptions, cwd: string): RenderedTemplate[] {
  const output = runProgram('helm', argumentsOf(chart, options), cwd)
  if (output === undefined)
    throw new RenderError('helm is not installed, or not in PATH: https://helm.sh/docs/intro/install')
  const folder = resolve(cwd, chart)
  return splitOutput(output).map(({ source, text }) => {
    // The first part is the chart's name, whatever its folder is called.
    const name = source.slice(source.indexOf('/') + 1)
    return { name, text, template: readTemplate(folder, name) }
  })
}

function argumentsOf(chart: string, options: ChartOptions): string[] {
  const { values, set, release, namespace, kubernetesVersion } = options
  return [
    'template',
    ...values.flatMap((file) => ['--values', file]),
    ...set.flatMap((pair) => ['--set', pair]),
    ...(namespace === undefined ? [] : ['--namespace', namespace]),
    ...(kubernetesVersion === undefined ? [] : ['--kube-version', kubernetesVersion]),
    '--',
    ...(release === undefined ? [] : [release]),
    chart,
  ]
}

/** The documents of helm's output by the template that they come from. */
export function splitOutput(output: string): { source: string; text: string }[] {
  const texts = new Map<string, string>()
  const starts = [...output.matchAll(/^---\r?\n# Source: ([^\r\n]+)\r?$/gm)]
  for (const [at, { 1: source = '', index }] of starts.entries()) {
    const text = output.slice(index, starts[at + 1]?.index)
    texts.set(source, (texts.get(source) ?? '') + (text.endsWith('\n') ? text : `${text}\n`))
  }
  return [...texts].map(([source, text]) => ({ source, text }))
}

function readTemplate(folder: string, name: string): RenderedTemplate['template'] {
  const filePath = resolve(folder, name)
  const way = relative(folder, filePath)
  if (way === '' || way.startsWith('..') || isAbsolute(way)) return undefined
  try {
    return { filePath, text: readFileSync(filePath, 'utf8') }
  } catch {
    // In an archive, or of a chart under another name.
    return undefined
  }
}
