import { type ResolvedConfig, rejections } from '@daemonlint/core'
import { rules } from '@daemonlint/rules'

/** The line that describes a rule, or what the API server does; undefined for what is neither. */
export function ruleDescription(id: string, config: ResolvedConfig): string | undefined {
  if (Object.hasOwn(config.rules, id)) return config.rules[id]!.rule.meta.docs.description
  if (Object.hasOwn(rules, id)) return (rules as ResolvedRules)[id]!.meta.docs.description
  const name = id.replace(/^api-server\//, '')
  return name !== id && Object.hasOwn(rejections, name)
    ? rejections[name as keyof typeof rejections].description
    : undefined
}

type ResolvedRules = Readonly<Record<string, { meta: { docs: { description: string } } }>>
