import { Ajv, type ErrorObject } from 'ajv'
import { didYouMean } from '../text/nearest.ts'
import { show } from './check-config.ts'
import { ConfigError } from './config-error.ts'
import type { AnyRule } from './rule.ts'

/**
 * Checks options against a rule's `meta.schema`, a list with a schema for each option. Loads ajv, so import it lazily.
 * @param where how messages name the place: `Rule 'image-tag'`
 * @throws ConfigError
 */
export function checkRuleOptions(
  id: string,
  rule: AnyRule,
  options: readonly unknown[],
  where: string,
): void {
  const items = rule.meta.schema ?? []
  const schema = { type: 'array', items, minItems: 0, maxItems: items.length }
  check(options, schema, { owner: `Rule '${id}'`, where, top: 'options' })
}

/**
 * Checks a setting against the schema that a plugin gives for it.
 * @throws ConfigError
 */
export function checkSetting(name: string, value: unknown, schema: object): void {
  check(value, schema, { owner: `The setting '${name}'`, where: 'settings', top: name })
}

interface Checked {
  /** Whose schema it is. */
  owner: string
  where: string
  /** What the value itself is called. */
  top: string
}

function check(value: unknown, schema: object, { owner, where, top }: Checked): void {
  const ajv = new Ajv({ allErrors: true, strict: false, verbose: true, validateFormats: false })
  let validate: ReturnType<typeof ajv.compile>
  try {
    validate = ajv.compile(schema)
  } catch (error) {
    throw new ConfigError(`${owner} has a schema that ajv does not take: ${(error as Error).message}`)
  }
  if (validate(value)) return
  const messages = new Set((validate.errors ?? []).filter(isTelling).map((error) => describe(error, top)))
  throw new ConfigError(`${where}: ${[...messages].join(' ')}`)
}

/** Those that only sum up others say nothing. */
function isTelling({ keyword }: ErrorObject, _index: number, all: ErrorObject[]): boolean {
  return all.length === 1 || !['anyOf', 'oneOf', 'allOf', 'if', 'not'].includes(keyword)
}

function describe(error: ErrorObject, top: string): string {
  const { keyword, params, data, message, parentSchema } = error
  const place = placeOf(error.instancePath, top)
  const found = `found ${show(data)}`
  switch (keyword) {
    case 'enum':
      return `${place} must be one of ${list(params.allowedValues)}; ${found}.`
    case 'const':
      return `${place} must be ${show(params.allowedValue)}; ${found}.`
    case 'type': {
      const types = [params.type].flat().join(' or ')
      return `${place} must be of type ${types}; ${found}.`
    }
    case 'required':
      return `${place} lacks '${params.missingProperty}'.`
    case 'maxItems':
      return error.instancePath === '' && top === 'options'
        ? `the rule takes ${params.limit === 1 ? 'one option' : `${params.limit} options`}; found ${(data as unknown[]).length}.`
        : `${place} may have at most ${params.limit} items; ${found}.`
    case 'additionalProperties': {
      const known = Object.keys((parentSchema as { properties?: object }).properties ?? {})
      const name = String(params.additionalProperty)
      const hint = didYouMean(name, known) || ` Known are ${list(known)}.`
      return `${place} has no '${name}'.${hint}`
    }
    default:
      return `${place} ${message}; ${found}.`
  }
}

/** `/0/floatingTags/1` to `options[0].floatingTags[1]`. */
function placeOf(pointer: string, top: string): string {
  const steps = pointer.split('/').slice(1)
  return steps.reduce((place, step) => {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~')
    return /^\d+$/.test(name) ? `${place}[${name}]` : `${place}.${name}`
  }, top)
}

function list(values: readonly unknown[]): string {
  return values.map(show).join(', ')
}
