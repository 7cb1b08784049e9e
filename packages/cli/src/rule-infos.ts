import { type AnyRule, type ResolvedConfig, type RuleInfo, rejections } from '@daemonlint/core'
import { pageBody } from '@daemonlint/core/text'
import { readPage } from './pages.ts'

const prefix = 'api-server/'

/** In this order, the first preset that holds a rule says how severe it is. */
const order = ['recommended', 'strict'] as const

/**
 * What reports say of rules beside their findings.
 * @param configs those of the run; they know the rules of plugins too
 * @param withHelp whether to read the pages
 */
export function ruleInfos(
  configs: Iterable<ResolvedConfig>,
  withHelp: boolean,
): (ruleId: string) => RuleInfo | undefined {
  const known = new Map<string, RuleInfo | undefined>()
  return (id) => {
    if (!known.has(id)) known.set(id, infoOf(id, configs, withHelp))
    return known.get(id)
  }
}

function infoOf(id: string, configs: Iterable<ResolvedConfig>, withHelp: boolean): RuleInfo | undefined {
  const page = withHelp ? readPage(id) : undefined
  const help = page === undefined ? {} : { help: pageBody(page) }
  const own = Object.entries(rejections).find(([name]) => prefix + name === id)?.[1]
  if (own) {
    const { description, fixable, hasSuggestions, accepted } = own
    const severity = accepted ? 'warn' : 'error'
    return { ...help, description, category: 'api-server', severity, ...changes({ fixable, hasSuggestions }) }
  }
  if (id === 'daemonlint/unused-directive') {
    const description = 'Report comments and annotations that are meant to hide findings and do not'
    return { ...help, description, category: 'metadata', severity: 'warn', fixable: true }
  }
  for (const { rules } of configs) {
    const info = Object.hasOwn(rules, id) ? fromMeta(rules[id]!.rule) : undefined
    if (info) return { ...help, ...info }
  }
  return undefined
}

function fromMeta({ meta }: AnyRule): RuleInfo | undefined {
  // A plugin may leave out what types ask for.
  const { docs } = meta as Partial<AnyRule['meta']>
  if (!docs?.description) return undefined
  const { description, category, presets = {}, url } = docs
  const name = order.find((preset) => presets[preset] !== undefined)
  const severity = name === undefined ? Object.values(presets)[0] : presets[name]
  return {
    description,
    ...(category && { category }),
    ...(severity && { severity }),
    ...(url && { url }),
    ...changes(meta),
  }
}

const changes = (meta: {
  fixable?: 'code' | undefined
  hasSuggestions?: boolean | undefined
  rollsPods?: boolean
}) => ({
  fixable: meta.fixable !== undefined,
  hasSuggestions: meta.hasSuggestions === true,
  rollsPods: meta.rollsPods === true,
})
