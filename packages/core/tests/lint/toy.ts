import { defineRule } from '../../src/define.ts'
import type { Config, Plugin } from '../../src/lint/config.ts'
import { type LintOptions, type LintResult, lint } from '../../src/lint/lint.ts'
import { resolveConfig } from '../../src/lint/resolve-config.ts'
import type { RuleMeta } from '../../src/lint/rule.ts'
import type { Problem } from '../../src/problem.ts'

const docs: RuleMeta['docs'] = {
  description: 'Be a rule for tests',
  category: 'correctness',
  presets: { recommended: 'warn' },
}

/** Reports images that are not allowed; fixes those without a tag. */
export const image = defineRule<'wrong', [{ wanted: string; also: string[] }]>({
  meta: {
    type: 'problem',
    docs: { ...docs, url: 'https://example.com/image' },
    messages: { wrong: 'Container `{{ name }}` has `{{image}}`; wanted `{{wanted}}`.' },
    schema: [
      {
        type: 'object',
        properties: {
          wanted: { enum: ['good:1', 'best:1'] },
          also: { type: 'array', items: { type: 'string' } },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ wanted: 'good:1', also: [] }],
    fixable: 'code',
    rollsPods: true,
  },
  create(context) {
    const [{ wanted, also }] = context.options
    return {
      container(node) {
        const { image, name = '' } = node.value
        if (!image || image === wanted || also.includes(image)) return
        context.report({
          node,
          path: ['image'],
          messageId: 'wrong',
          data: { name, image, wanted },
          fix: (fixer) => fixer.set(['image'], wanted),
        })
      },
    }
  },
})

/** Reports containers without a memory limit. */
export const memory = defineRule<'missing' | 'add'>({
  meta: {
    type: 'suggestion',
    docs,
    messages: { missing: 'No memory limit.', add: 'Limit it to {{limit}}.' },
    hasSuggestions: true,
    supersedes: ['cpu'],
  },
  create(context) {
    return {
      container(node) {
        const path = ['resources', 'limits', 'memory']
        if (!node.lacks(...path)) return
        const suggest = ['64Mi', '1Gi'].map((limit) => ({
          messageId: 'add' as const,
          data: { limit },
          fix: (fixer: import('../../src/fix/types.ts').Fixer) => fixer.set(path, limit),
        }))
        context.report({ node, path, messageId: 'missing', suggest })
      },
    }
  },
})

/** Reports containers without a CPU request; memory makes it pointless. */
export const cpu = defineRule<'missing'>({
  meta: { type: 'suggestion', docs, messages: { missing: 'No CPU request.' } },
  create(context) {
    return {
      container(node) {
        const path = ['resources', 'requests', 'cpu']
        if (node.lacks(...path)) context.report({ node, path, messageId: 'missing' })
      },
    }
  },
})

/** Reports every Deployment whose text holds `hostPath`. */
export const deployment = defineRule<'found'>({
  meta: {
    type: 'problem',
    docs,
    messages: { found: 'A Deployment.' },
    needs: { kinds: ['Deployment'], text: /hostPath/ },
  },
  create(context) {
    return { deployment: (node) => context.report({ node, messageId: 'found' }) }
  },
})

/** Reports the update strategy. */
export const strategy = defineRule<'missing'>({
  meta: { type: 'problem', docs, messages: { missing: 'No update strategy.' } },
  create(context) {
    return {
      daemonSet(node) {
        if (node.lacks('spec', 'updateStrategy')) {
          context.report({ node, path: ['spec', 'updateStrategy'], messageId: 'missing' })
        }
      },
    }
  },
})

export const toys: Plugin = {
  meta: { name: 'toys' },
  rules: { image, memory, cpu, deployment, strategy },
  configs: {
    recommended: { name: 'toys/recommended', rules: { image: 'warn', memory: 'warn' } },
    strict: [{ extends: 'daemonlint/recommended' }, { rules: { cpu: 'info', memory: 'error' } }],
  },
}

export function configOf(config: Config | Config[], filePath?: string) {
  return resolveConfig(config, { builtin: toys, filePath })
}

/** Lints with the toys. */
export function lintToy(
  text: string,
  config: Config | Config[],
  options: Partial<LintOptions> = {},
): LintResult {
  return lint(text, { config: configOf(config), strict: true, ...options })
}

/** `15:11 image` */
export function places(problems: readonly Problem[]): string[] {
  return problems.map(({ position, ruleId }) => `${position.start.line}:${position.start.column} ${ruleId}`)
}

/** The text that a problem points at. */
export function marked(text: string, { position }: Problem): string {
  return text.slice(position.start.offset, position.end.offset)
}

/** A DaemonSet named `agent` whose container `agent` begins in line 14; more lines of the container may follow. */
export function daemonSet(
  container = 'image: bad',
  { name = 'agent', metadata = '', spec = '' } = {},
): string {
  const lines = (text: string, indent: string) => (text ? `${text.replace(/^(?=.)/gm, indent)}\n` : '')
  return `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: ${name}
${lines(metadata, '  ')}spec:
${lines(spec, '  ')}  selector:
    matchLabels: { app: agent }
  template:
    metadata:
      labels: { app: agent }
    spec:
      containers:
        - name: agent
${lines(container, '          ')}`
}
