import type { SeverityOrOff } from '../problem.ts'
import { didYouMean } from '../text/nearest.ts'
import type { Config, RuleEntry } from './config.ts'
import { ConfigError } from './config-error.ts'
import { isPlainObject } from './merge.ts'

const keys = [
  'name',
  'files',
  'ignores',
  'extends',
  'plugins',
  'rules',
  'resources',
  'reason',
  'settings',
  'linterOptions',
]
const linterOptions = [
  'noInlineConfig',
  'reportUnusedDisableDirectives',
  'allowRejected',
  'renderCharts',
  'renderKustomizations',
]
const resourceKeys = ['kind', 'namespace', 'name', 'labels', 'container']
const severities: Record<string, SeverityOrOff> = { off: 'off', info: 'info', warn: 'warn', error: 'error' }
const numbered: readonly SeverityOrOff[] = ['off', 'warn', 'error']

/**
 * Checks the shape of one configuration object; whether its rules exist is another matter.
 * @param where how messages name it: `config[1] "agents"`
 * @throws ConfigError
 */
export function checkConfig(config: unknown, where: string): asserts config is Config {
  if (!isPlainObject(config)) {
    throw new ConfigError(`${where} must be an object, such as { rules: { … } }; found ${show(config)}.`)
  }
  for (const key of Object.keys(config)) {
    if (key !== '$schema') checkKey(key, keys, where)
  }
  checkText(config.name, `${where}: name`)
  checkText(config.reason, `${where}: reason`)
  if (config.files !== undefined) checkFiles(config.files, `${where}: files`)
  if (config.ignores !== undefined) checkTexts(config.ignores, `${where}: ignores`)
  for (const key of ['plugins', 'rules', 'settings', 'linterOptions']) {
    if (config[key] !== undefined && !isPlainObject(config[key])) {
      throw new ConfigError(`${where}: ${key} must be an object; found ${show(config[key])}.`)
    }
  }
  checkLinterOptions(config.linterOptions as Record<string, unknown> | undefined, `${where}: linterOptions`)
  if (config.resources === undefined) return
  if (config.rules === undefined && config.extends === undefined) {
    throw new ConfigError(
      `${where}: resources says where the rules of its object hold, but there are no rules.`,
    )
  }
  checkResources(config.resources, `${where}: resources`)
}

/**
 * Reads a rule's entry.
 * @param where `config[1]: rules["image-tag"]`
 * @returns `options` undefined when only the severity is given
 * @throws ConfigError
 */
export function readRuleEntry(
  entry: unknown,
  where: string,
): { severity: SeverityOrOff; options?: unknown[] } {
  const [severity, ...options] = Array.isArray(entry) ? (entry as [RuleEntry, ...unknown[]]) : [entry]
  const known = readSeverity(severity)
  if (known === undefined) {
    const guess = typeof severity === 'string' ? didYouMean(severity, Object.keys(severities)) : ''
    throw new ConfigError(
      `${where} must be a severity ('off', 'info', 'warn', 'error', or 0, 1, 2 for off, warn, error) or a list of a severity and options; found ${show(entry)}.${guess}`,
    )
  }
  return options.length > 0 ? { severity: known, options } : { severity: known }
}

/** A severity by its name or ESLint's number; undefined for anything else. */
export function readSeverity(value: unknown): SeverityOrOff | undefined {
  if (typeof value === 'number') return numbered[value]
  return typeof value === 'string' && Object.hasOwn(severities, value) ? severities[value] : undefined
}

function checkLinterOptions(options: Record<string, unknown> | undefined, where: string): void {
  for (const [key, value] of Object.entries(options ?? {})) {
    checkKey(key, linterOptions, where)
    if (typeof value === 'boolean') continue
    if (key !== 'reportUnusedDisableDirectives') {
      throw new ConfigError(`${where}.${key} must be true or false; found ${show(value)}.`)
    }
    if (readSeverity(value) === undefined) {
      throw new ConfigError(`${where}.${key} must be a severity, true or false; found ${show(value)}.`)
    }
  }
}

function checkResources(resources: unknown, where: string): void {
  if (!Array.isArray(resources) || resources.length === 0) {
    throw new ConfigError(`${where} must be a list with at least one match; found ${show(resources)}.`)
  }
  for (const [index, match] of resources.entries()) {
    const place = `${where}[${index}]`
    if (!isPlainObject(match) || Object.keys(match).length === 0) {
      throw new ConfigError(
        `${place} must be an object with some of ${list(resourceKeys)}; found ${show(match)}.`,
      )
    }
    for (const [key, value] of Object.entries(match)) {
      checkKey(key, resourceKeys, place)
      if (key !== 'labels') {
        if (typeof value !== 'string') checkTexts(value, `${place}.${key}`)
      } else if (!isPlainObject(value) || !Object.values(value).every((label) => typeof label === 'string')) {
        throw new ConfigError(`${place}.labels must be an object of texts; found ${show(value)}.`)
      }
    }
  }
}

function checkFiles(files: unknown, where: string): void {
  if (!Array.isArray(files) || files.length === 0) {
    throw new ConfigError(
      `${where} must be a list with at least one glob; found ${show(files)}. Leave it out for all files.`,
    )
  }
  for (const [index, entry] of files.entries()) {
    if (typeof entry !== 'string') checkTexts(entry, `${where}[${index}]`)
  }
}

function checkTexts(value: unknown, where: string): void {
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
    throw new ConfigError(`${where} must be a list of texts; found ${show(value)}.`)
  }
}

function checkText(value: unknown, where: string): void {
  if (value !== undefined && typeof value !== 'string') {
    throw new ConfigError(`${where} must be a text; found ${show(value)}.`)
  }
}

function checkKey(key: string, known: readonly string[], where: string): void {
  if (known.includes(key)) return
  const guess = didYouMean(key, known)
  throw new ConfigError(`${where}: unknown key '${key}'.${guess || ` Known are ${list(known)}.`}`)
}

function list(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ')
}

/** A value as an error shows it, cut short. */
export function show(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  let text: string | undefined
  try {
    text = JSON.stringify(value)
  } catch {
    // circular: its type says enough
  }
  text ??= String(value)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
