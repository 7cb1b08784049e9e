import {
  type AnyRule,
  type Config,
  ConfigError,
  type ResolvedConfig,
  resolveConfig,
  type Severity,
} from '@daemonlint/core'
import { checkSettings } from '@daemonlint/core/check-settings'
import builtin from '@daemonlint/rules'
import { apiServer, unusedDirective } from './ids.ts'

/** The rules that are on for a file, and their options. */
export type EnabledRules = Map<string, readonly unknown[]>

/** Every rule: what all of them have nothing to say of, no selection has. */
export const everyRule: EnabledRules = new Map(Object.keys(builtin.rules).map((id) => [id, []]))

/** What `settings.daemonlint` may hold beside the settings of a daemonlint configuration. */
interface OwnSettings {
  /** Where the globs of `clusters` start, absolute; ESLint does not tell where its configuration stands. */
  basePath?: unknown
  [name: string]: unknown
}

/** Few are in use at a time; an editor makes a new one with every change of the configuration. */
const maxKept = 100
const known = new Map<string, ResolvedConfig>()

/**
 * What ESLint's configuration of a file comes to for daemonlint.
 * @param settings all of ESLint's; those under `daemonlint` count
 * @param cwd absolute; where globs start unless the settings say so
 * @throws ConfigError whose stack is its message, for ESLint prints the stack
 */
export function configFor(
  enabled: EnabledRules,
  { settings, cwd }: { settings: object; cwd: string },
): ResolvedConfig {
  const own = (settings as { daemonlint?: unknown }).daemonlint ?? {}
  const key = JSON.stringify([cwd, own, [...enabled]])
  let config = known.get(key)
  if (!config) {
    config = telling(() => resolve(enabled, own, cwd))
    if (known.size >= maxKept) known.clear()
    known.set(key, config)
  }
  return config
}

function resolve(enabled: EnabledRules, own: unknown, cwd: string): ResolvedConfig {
  if (own === null || typeof own !== 'object' || Array.isArray(own)) {
    throw new ConfigError(`settings must be an object; found ${JSON.stringify(own)}.`)
  }
  const { basePath = cwd, ...settings } = own as OwnSettings
  if (typeof basePath !== 'string') {
    throw new ConfigError(`settings.basePath must be a folder's path; found ${JSON.stringify(basePath)}.`)
  }
  const config: Config = {
    rules: Object.fromEntries(
      [...enabled]
        .filter(([id]) => id !== unusedDirective && !id.startsWith(apiServer))
        .map(([id, options]) => [id, [severityOf(id), ...options]]),
    ),
    settings,
    linterOptions: { reportUnusedDisableDirectives: enabled.has(unusedDirective) },
  }
  const resolved = resolveConfig(config, { builtin, basePath })
  checkSettings(resolved)
  return resolved
}

/**
 * ESLint tells a rule not how severe it is, and shows its own severity. What is left of ours is that a rule that only
 * ever remarks does not restart pods by a fix.
 */
function severityOf(id: string): Severity {
  const rules: Record<string, AnyRule> = builtin.rules
  const { presets } = rules[id]!.meta.docs
  const severities = Object.values(presets)
  return severities.length > 0 && severities.every((severity) => severity === 'info') ? 'info' : 'warn'
}

/** Runs what may find fault with the settings, and says so as people know them. */
function telling<Result>(read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ConfigError') throw error
    const message = error.message.replace(/^(?:config\[0\]: )?settings\b/, 'settings.daemonlint')
    const told = new ConfigError(message)
    told.stack = `${told.name}: ${message}`
    throw told
  }
}
