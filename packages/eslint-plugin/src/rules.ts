import { rejections } from '@daemonlint/core'
import { rules as builtin } from '@daemonlint/rules'
import type { Rule } from 'eslint'
import { createRule } from './create-rule.ts'
import { apiServer, unusedDirective } from './ids.ts'

/** Every rule, everything the API server may say, and directives that do nothing; by id, without the namespace. */
export const rules: Record<string, Rule.RuleModule> = {
  ...Object.fromEntries(Object.entries(builtin).map(([id, { meta }]) => [id, createRule(id, metaOf(meta))])),
  ...Object.fromEntries(
    Object.entries(rejections).map(([name, { description, messages, fixable, hasSuggestions }]) => {
      const docs = { description, category: 'api-server' }
      const meta = { type: 'problem' as const, docs, messages, fixable, hasSuggestions }
      return [apiServer + name, createRule(apiServer + name, metaOf(meta))]
    }),
  ),
  [unusedDirective]: createRule(
    unusedDirective,
    metaOf({
      type: 'suggestion',
      docs: { description: 'Report directives of daemonlint that hide nothing', category: 'directives' },
      messages: {},
      fixable: 'code',
      hasSuggestions: true,
    }),
  ),
}

type OwnMeta = Omit<(typeof builtin)[keyof typeof builtin]['meta'], 'docs' | 'needs' | 'supersedes'> & {
  docs: { description: string; category: string; url?: string; presets?: { recommended?: string } }
}

/** What ESLint and its tools read of a rule. */
function metaOf(meta: OwnMeta): Rule.RuleMetaData {
  const { type, docs, messages, schema, defaultOptions, fixable, hasSuggestions, deprecated } = meta
  const { description, category, url, presets } = docs
  return {
    type,
    docs: { description, category, recommended: presets?.recommended !== undefined, ...(url && { url }) },
    messages,
    // Without one ESLint would take a rule to have forgotten it.
    schema: (schema ?? []) as Rule.RuleMetaData['schema'] & object,
    ...(defaultOptions && { defaultOptions: [...defaultOptions] }),
    ...(fixable && { fixable }),
    // A fix that restarts pods is offered as a choice where the rule makes a mere remark.
    ...((hasSuggestions || fixable) && { hasSuggestions: true }),
    ...(deprecated && { deprecated: deprecation(deprecated) }),
  }
}

/** ESLint's newer shape, which all its tools read. */
function deprecation(deprecated: NonNullable<OwnMeta['deprecated']>): Rule.RuleMetaData['deprecated'] {
  if (typeof deprecated === 'boolean') return deprecated
  const { message, replacedBy = [] } = deprecated
  return {
    ...(message && { message }),
    replacedBy: replacedBy.map((name) => ({ rule: { name } })),
  }
}
