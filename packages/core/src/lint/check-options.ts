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
  const ajv = new Ajv({ allErrors: true, strict: false, verbose: true, validateFormats: false })
  let validate: ReturnType<typeof ajv.compile>
  try {
    validate = ajv.compile({ type: 'array', items, minItems: 0, maxItems: items.length })
  } catch (error) {
    throw new ConfigError(`Rule '${id}' has a schema that ajv does not take: ${(error as Error).message}`)
  }
  if (validate(options)) return
  const messages = new Set((validate.errors ?? []).filter(isTelling).map(describe))
  throw new ConfigError(`${where}: ${[...messages].join(' ')}`)
}

/** Those that only sum up others say nothing. */
function isTelling({ keyword }: ErrorObject, _index: number, all: ErrorObject[]): boolean {
  return all.length === 1 || !['anyOf', 'oneOf', 'allOf', 'if', 'not'].includes(keyword)
}

function describe(error: ErrorObject): string {
  const { keyword, params, data, message, parentSchema } = error
  const place = optionAt(error.instancePath)
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
      return error.instancePath === ''
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
function optionAt(pointer: string): string {
  const steps = pointer.split('/').slice(1)
  return steps.reduce((place, step) => {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~')
    return /^\d+$/.test(name) ? `${place}[${name}]` : `${place}.${name}`
  }, 'options')
}

function list(values: readonly unknown[]): string {
  return values.map(show).join(', ')
}
