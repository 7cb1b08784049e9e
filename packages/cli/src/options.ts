import { parseArgs } from 'node:util'
import { nearest } from '@daemonlint/core'
import { type Flag, flagGroups, subcommands } from './flags.ts'
import { type FormatRequest, readFormats } from './formats.ts'
import { UsageError } from './usage-error.ts'

/** What the person asked for. */
export interface Options {
  /** A subcommand, or undefined to lint. */
  command: string | undefined
  /** Paths and globs as given; for a subcommand, its arguments. */
  paths: string[]
  fix: boolean
  fixDryRun: boolean
  config: string | undefined
  configLookup: boolean
  /** As given: `image-tag: error`. */
  rule: string[]
  /** As given. */
  kubernetesVersion: string[] | undefined
  inlineConfig: boolean
  reportUnusedDisableDirectives: boolean
  printConfig: string | undefined
  stdin: boolean
  stdinFilename: string | undefined
  since: string | undefined
  staged: boolean
  changed: boolean
  watch: boolean
  cache: boolean
  cacheLocation: string | undefined
  ignorePattern: string[]
  ignore: boolean
  errorOnUnmatchedPattern: boolean
  /** Charts, as helm takes them. */
  helm: string[]
  values: string[]
  set: string[]
  release: string | undefined
  namespace: string | undefined
  /** Folders of kustomizations. */
  kustomize: string[]
  suppressAll: boolean
  suppressRule: string[]
  pruneSuppressions: boolean
  passOnUnprunedSuppressions: boolean
  suppressionsLocation: string | undefined
  /** At least one; at most one without a file. */
  formats: FormatRequest[]
  quiet: boolean
  /** -1: no limit. */
  maxWarnings: number
  /** Undefined: decide by the environment. */
  color: boolean | undefined
  help: boolean
  version: boolean
}

const flags: Flag[] = flagGroups.flatMap((group) => group.flags)

/**
 * Reads the arguments, by Node's own tokeniser: a library for it costs 5 ms at every start, a tenth of Node's own.
 * @param argv what follows the command's name
 * @throws UsageError
 */
export function parseOptions(argv: string[]): Options {
  const { values, positionals } = tokenise(argv)
  const first = positionals[0]
  if (positionals.some(({ text, escaped }) => text === '-' && !escaped))
    throw new UsageError(
      "To lint standard input, write --stdin instead of '-'; a file of that name is './-'.",
    )
  const command = subcommands.find(({ name }) => name === first?.text && !first.escaped)?.name
  const options: Options = {
    command,
    paths: positionals.slice(command ? 1 : 0).map(({ text }) => text),
    fix: values.has('fix'),
    fixDryRun: values.has('fix-dry-run'),
    config: last(values, 'config'),
    configLookup: !values.has('no-config-lookup'),
    rule: values.get('rule') ?? [],
    kubernetesVersion: values.get('kubernetes-version'),
    inlineConfig: !values.has('no-inline-config'),
    reportUnusedDisableDirectives: values.has('report-unused-disable-directives'),
    printConfig: last(values, 'print-config'),
    stdin: values.has('stdin'),
    stdinFilename: last(values, 'stdin-filename'),
    since: last(values, 'since'),
    staged: values.has('staged'),
    changed: values.has('changed'),
    watch: values.has('watch'),
    cache: values.has('cache'),
    cacheLocation: last(values, 'cache-location'),
    ignorePattern: values.get('ignore-pattern') ?? [],
    ignore: !values.has('no-ignore'),
    errorOnUnmatchedPattern: !values.has('no-error-on-unmatched-pattern'),
    helm: values.get('helm') ?? [],
    values: values.get('values') ?? [],
    set: values.get('set') ?? [],
    release: last(values, 'release'),
    namespace: last(values, 'namespace'),
    kustomize: values.get('kustomize') ?? [],
    suppressAll: values.has('suppress-all'),
    suppressRule: values.get('suppress-rule') ?? [],
    pruneSuppressions: values.has('prune-suppressions'),
    passOnUnprunedSuppressions: values.has('pass-on-unpruned-suppressions'),
    suppressionsLocation: last(values, 'suppressions-location'),
    formats: readFormats(values.get('format') ?? [], last(values, 'output-file')),
    quiet: values.has('quiet'),
    maxWarnings: maxWarnings(last(values, 'max-warnings')),
    color: colorOf(values),
    help: values.has('help'),
    version: values.has('version'),
  }
  if (!options.help && !options.version) checkTogether(options)
  return options
}

/** The values of each flag that was given, in order (a switch has an empty one), and what is no flag. */
function tokenise(argv: string[]) {
  const { tokens } = parseArgs({
    args: argv,
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      flags.map(({ name, short, value }) => [
        name,
        { type: value ? 'string' : 'boolean', ...(short && { short }) } as const,
      ]),
    ),
  })
  const values = new Map<string, string[]>()
  const positionals: { text: string; escaped: boolean }[] = []
  let escaped = false
  for (const token of tokens) {
    if (token.kind === 'option-terminator') escaped = true
    else if (token.kind === 'positional') positionals.push({ text: token.value, escaped })
    else {
      const flag = flags.find(({ name }) => name === token.name)
      if (!flag) throw new UsageError(unknownFlag(token.rawName))
      values.set(flag.name, [...(values.get(flag.name) ?? []), readValue(flag, token)])
    }
  }
  return { values, positionals }
}

function readValue(flag: Flag, token: { rawName: string; value?: string; inlineValue?: boolean }): string {
  if (!flag.value) {
    if (token.inlineValue) throw new UsageError(`${token.rawName} takes no value.`)
    return ''
  }
  const { value } = token
  // What looks like the next flag is one; `--flag=-x` says otherwise.
  const isMissing = value === undefined || (!token.inlineValue && /^-\D/.test(value))
  if (isMissing || value === '')
    throw new UsageError(`${token.rawName} needs a value: ${token.rawName} ${flag.value}`)
  return value
}

function unknownFlag(name: string): string {
  const known = flags.map((flag) => flag.name)
  const near = nearest(name.replace(/^-+/, ''), known)
  return `Unknown flag ${name}.${near ? ` Did you mean --${near}?` : ''} See daemonlint --help.`
}

function last(values: Map<string, string[]>, name: string): string | undefined {
  return values.get(name)?.at(-1)
}

function maxWarnings(text: string | undefined): number {
  if (text === undefined) return -1
  if (/^(-1|\d{1,9})$/.test(text)) return Number(text)
  throw new UsageError(`--max-warnings needs a whole number, not '${text}'.`)
}

function colorOf(values: Map<string, string[]>): boolean | undefined {
  if (values.has('no-color')) return false
  return values.has('color') ? true : undefined
}

/** Those that were given of the flags that write suppressions. */
function suppressionFlags({ suppressAll, suppressRule, pruneSuppressions }: Options): string[] {
  const given = {
    '--suppress-all': suppressAll,
    '--suppress-rule': suppressRule.length > 0,
    '--prune-suppressions': pruneSuppressions,
  }
  return Object.entries(given).flatMap(([name, isGiven]) => (isGiven ? [name] : []))
}

function checkTogether(options: Options) {
  const clash = (a: string, b: string) => new UsageError(`${a} and ${b} cannot be used together.`)
  if (options.fix && options.fixDryRun) throw clash('--fix', '--fix-dry-run')
  const suppressing = suppressionFlags(options)
  if (suppressing.length > 1) throw clash(suppressing[0]!, suppressing[1]!)
  for (const other of suppressing) {
    if (options.stdin) throw clash(other, '--stdin')
    if (options.fixDryRun) throw clash(other, '--fix-dry-run')
  }
  checkRendering(options)
  if (options.config && !options.configLookup) throw clash('--config', '--no-config-lookup')
  if (options.stdinFilename && !options.stdin) throw new UsageError('--stdin-filename needs --stdin.')
  const [one, another] = chosenVersions(options)
  if (one && another) throw clash(one, another)
  if (options.stdin && options.staged) throw clash('--stdin', '--staged')
  if (options.watch) {
    if (options.stdin) throw clash('--stdin', '--watch')
    if (options.staged) throw clash('--staged', '--watch')
    if (options.suppressAll) throw clash('--suppress-all', '--watch')
    if (options.suppressRule.length > 0) throw clash('--suppress-rule', '--watch')
    if (options.pruneSuppressions) throw clash('--prune-suppressions', '--watch')
  }
  if (options.cacheLocation && !options.cache) throw new UsageError('--cache-location needs --cache.')
  if (options.stdin && options.cache) throw clash('--stdin', '--cache')
  if (options.stdin && options.fix)
    throw new UsageError(
      '--fix cannot write to standard input; --fix-dry-run --format json prints the output.',
    )
  if (options.stdin && options.paths.length > 0)
    throw new UsageError('--stdin takes no paths; name the text with --stdin-filename.')
  if (options.printConfig !== undefined && options.paths.length > 0)
    throw new UsageError('--print-config takes one file and no other paths.')
  if (options.command === 'generate')
    throw new UsageError('generate comes first, and its flags after it: daemonlint generate --help')
  if (options.command === 'lsp') throw new UsageError('lsp comes first: daemonlint lsp --stdio')
  if (options.command === 'completions' && options.paths.length !== 1)
    throw new UsageError('completions takes a shell: daemonlint completions bash, zsh or fish')
  if (options.command === 'explain' && options.paths.length !== 1)
    throw new UsageError('explain takes one rule: daemonlint explain image-tag')
  if ((options.command === 'init' || options.command === 'rules') && options.paths.length > 0)
    throw new UsageError(`${options.command} takes no arguments.`)
}

/** The flags that choose files by what git says of them. */
export function chosenVersions({ since, staged, changed }: Options): string[] {
  return [
    ...(staged ? ['--staged'] : []),
    ...(changed ? ['--changed'] : []),
    ...(since === undefined ? [] : ['--since']),
  ]
}

/** True when charts or kustomizations are to be linted. */
export function rendersAny({ helm, kustomize }: Pick<Options, 'helm' | 'kustomize'>): boolean {
  return helm.length + kustomize.length > 0
}

function checkRendering(options: Options) {
  const { helm, values, set, release, namespace } = options
  const given = { values: values.length > 0, set: set.length > 0, release, namespace }
  for (const [flag, isGiven] of Object.entries(given)) {
    if (isGiven && helm.length === 0) throw new UsageError(`--${flag} needs --helm CHART.`)
  }
  if (rendersAny(options) && options.stdin) {
    throw new UsageError(`${helm.length > 0 ? '--helm' : '--kustomize'} and --stdin cannot be used together.`)
  }
}
