import type { Plugin as UnifiedPlugin } from 'unified'
import type { VFile } from 'vfile'
import { fixText } from './fix/index.ts'
import type { Config, Plugin } from './lint/config.ts'
import { contextOf, type LintOptions, type LintResult, lint, lintRoot, wantsOfConfig } from './lint/lint.ts'
import { needsPreparation, prepareConfig } from './lint/prepare-config.ts'
import type { Project } from './lint/project.ts'
import { type ConfigResolver, createConfigResolver } from './lint/resolve-config.ts'
import type { ResolvedConfig } from './lint/resolved.ts'
import { toVFileMessage } from './lint/vfile.ts'
import { parse } from './parse/index.ts'
import type { ManifestRole, Root } from './parse/tree.ts'

/** What a processor knows of the files it is given: `processor.data('daemonlint', { project })`. */
export interface DaemonlintData {
  /** The other files. */
  project?: Project | undefined
  /** What every file is judged as, instead of what the project and the text say. */
  role?: ManifestRole | undefined
  /** The built-in rules and presets; the same as the plugin `daemonlint` of a configuration. */
  builtin?: Plugin | undefined
  kubernetesVersions?: readonly string[] | undefined
  /** The configuration; `kubernetesLint` sets it. */
  resolver?: ConfigResolver | undefined
}

declare module 'unified' {
  interface Data {
    daemonlint?: DaemonlintData | undefined
  }
}

declare module 'vfile' {
  interface DataMap {
    /** What linting the file came to; after `kubernetesFix`, what the output comes to. */
    daemonlint: LintResult
  }
}

/** Parses YAML or JSON to the tree of a file's resources. */
export const kubernetesParse: UnifiedPlugin<[], string, Root> = function () {
  this.parser = (text, file) => {
    const options = optionsOf(file, this.data('daemonlint'))
    // bytes, where there are any, tell whether they are UTF-8
    return parse(file.value ?? text, {
      wants: options && wantsOfConfig(options.config),
      context: contextOf(options ?? { ...this.data('daemonlint'), filePath: absolutePath(file) }),
    })
  }
}

/**
 * Judges the tree: one walk for all rules. Messages go to the file, the whole result to `file.data.daemonlint`.
 * It is synchronous unless the configuration gives options to rules, which are checked first.
 * @param config flat configuration; default: `daemonlint/recommended` where the processor's data hold the built-in rules
 * @throws ConfigError when the processor is frozen; RuleError when a rule throws
 */
export const kubernetesLint: UnifiedPlugin<[config?: Config | readonly Config[]], Root> = function (config) {
  const data = this.data('daemonlint') ?? {}
  const configs = config ?? (data.builtin ? [{ extends: 'daemonlint/recommended' }] : [])
  const { builtin } = data
  const resolver = createConfigResolver(configs, { builtin })
  this.data('daemonlint', { ...data, resolver })
  // Options are checked once, whatever the number of files.
  const checks = new WeakMap<ResolvedConfig, Promise<void>>()
  const prepared = (config: ResolvedConfig): Promise<void> => {
    const check = checks.get(config) ?? prepareConfig(config)
    checks.set(config, check)
    return check
  }

  return (root, file) => {
    const options = optionsOf(file, this.data('daemonlint'))!
    if (options.config.ignored) return undefined
    const judge = () => addMessages(file, lintRoot(root, options))
    return needsPreparation(options.config) ? prepared(options.config).then(judge) : judge()
  }
}

/**
 * Compiles a file by applying fixes to its text, in passes. The file's messages are then those that are left, at their
 * places in the output.
 */
export const kubernetesFix: UnifiedPlugin<[], Root, string | Uint8Array> = function () {
  this.compiler = (tree, file) => {
    const root = tree as Root
    const options = optionsOf(file, this.data('daemonlint'))
    const encoded = root.documents.some(({ errors }) => errors.some(({ code }) => code === 'encoding'))
    if (!options || options.config.ignored || encoded) return file.value
    const known = file.data.daemonlint
    const first = known?.root === root ? known : undefined
    const { output, fixed, result } = fixText(root.text, (text) => lint(text, options), { first })
    if (!fixed) return file.value
    file.messages = file.messages.filter(({ source }) => source !== 'daemonlint')
    addMessages(file, result)
    return byteOrderMark(file) + output
  }
}

function addMessages(file: VFile, result: LintResult): undefined {
  const { text } = result.root
  for (const problem of result.problems) {
    file.messages.push(toVFileMessage(problem, { filePath: file.path, text }))
  }
  file.data.daemonlint = result
}

function optionsOf(file: VFile, data: DaemonlintData | undefined): LintOptions | undefined {
  if (!data?.resolver) return undefined
  const { project, role, kubernetesVersions, resolver } = data
  const config = resolver.forFile(relativePath(file))
  return { config, project, role, kubernetesVersions, filePath: absolutePath(file) }
}

/** Projects know files by absolute path. */
function absolutePath({ path, cwd }: VFile): string | undefined {
  if (path === undefined || /^(?:[/\\]|[a-z]:)/i.test(path)) return path
  return `${cwd.replace(/[/\\]$/, '')}/${path.replace(/^(?:\.[/\\])+/, '')}`
}

/** A configuration's globs start at the working directory. */
function relativePath(file: VFile): string | undefined {
  const path = absolutePath(file)?.replaceAll('\\', '/')
  const cwd = `${file.cwd.replaceAll('\\', '/').replace(/\/$/, '')}/`
  return path?.startsWith(cwd) ? path.slice(cwd.length) : path
}

function byteOrderMark({ value }: VFile): string {
  const marked =
    typeof value === 'string'
      ? value.startsWith('\uFEFF')
      : value?.[0] === 0xef && value[1] === 0xbb && value[2] === 0xbf
  return marked ? '\uFEFF' : ''
}
