import { systemReason } from '@daemonlint/node'
import { conclude, say, stackOf, textOf, wantsColor, writeFully } from '@daemonlint/node/process'
import { lintFiles } from 'create-daemonset/lint'
import { loadOutputs } from './formats.ts'
import { guard } from './guard.ts'
import { type Options, parseOptions } from './options.ts'
import { pluginPresets } from './plugin-presets.ts'
import { report } from './report.ts'
import { type RunResult, run } from './run.ts'
import type { Memory } from './session.ts'
import { suppressionsLocation } from './suppressions-location.ts'
import { UsageError } from './usage-error.ts'

declare const DAEMONLINT_VERSION: string

/** Errors whose message is meant for the person who called; all others are ours. */
const expected = new Set(['UsageError', 'ConfigError', 'FileError', 'ScaffoldError'])

guard(failed)
main(process.argv.slice(2)).then(conclude, (error) => conclude(failed(error)))

async function main(argv: string[]): Promise<number> {
  // Its flags are its own.
  if (argv[0] === 'generate') {
    const { generate } = await import('./commands/generate.ts')
    const cwd = currentDirectory()
    const presets = () => pluginPresets(cwd)
    return generate(argv.slice(1), { cwd, version: DAEMONLINT_VERSION, lint: lintFiles, presets })
  }
  const asksForHelp = argv.includes('--help') || argv.includes('-h')
  if (argv[0] === 'lsp' && !asksForHelp)
    return (await import('./commands/lsp.ts')).lsp(argv.slice(1), DAEMONLINT_VERSION)
  const options = parseOptions(argv)
  if (options.help) return print((await import('./help.ts')).helpText())
  if (options.version) return print(`${DAEMONLINT_VERSION}\n`)
  if (options.command === 'init') return print((await import('./commands/init.ts')).init(currentDirectory()))
  if (options.command === 'explain')
    return print(
      (await import('./commands/explain.ts')).explain(options.paths[0]!, wantsColor(options.color)),
    )
  if (options.command === 'rules')
    return print((await import('./commands/rules.ts')).listRules(options.formats))
  if (options.command === 'completions')
    return print((await import('./commands/completions.ts')).completions(options.paths[0]!))
  if (options.printConfig !== undefined) {
    const { printConfig } = await import('./commands/print-config.ts')
    return print(await printConfig(options.printConfig, options, currentDirectory()))
  }
  const cwd = currentDirectory()
  const outputs = await loadOutputs(options.formats, cwd)
  const lint = async (memory?: Memory) => {
    const suppress = await suppressions(options, cwd, memory)
    const result = await run(options, cwd, memory)
    return report(suppress(result), outputs, options, cwd, DAEMONLINT_VERSION)
  }
  if (options.watch) return (await import('./watch/index.ts')).watch(lint, argv, options, cwd)
  return lint()
}

/** Reads the suppressions before anything is linted or mended. Returns what leaves out what they pass over. */
async function suppressions(
  options: Options,
  cwd: string,
  memory: Memory | undefined,
): Promise<(result: RunResult) => RunResult> {
  const location = suppressionsLocation(options, cwd, memory)
  return location === undefined
    ? (result) => result
    : (await import('./suppress.ts')).openSuppressions(location, options, cwd)
}

function currentDirectory(): string {
  try {
    return process.cwd()
  } catch (error) {
    throw new UsageError(
      `The current directory is gone or cannot be entered: ${systemReason(error)}. Change to another one.`,
    )
  }
}

function print(text: string): number {
  writeFully(1, text)
  return 0
}

/** Says what went wrong in a line, never with a stack unless it is asked for. Returns the exit code. */
function failed(error: unknown): number {
  const name = error instanceof Error ? error.name : ''
  const [line] = textOf(error).split('\n', 1)
  if (process.env.DAEMONLINT_DEBUG) say(stackOf(error))
  else if (expected.has(name)) say(`daemonlint: ${textOf(error)}`)
  else say(`daemonlint crashed: ${line}\nDAEMONLINT_DEBUG=1 prints where.`)
  return 2
}
