import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Config, lint, type Plugin, resolveConfig } from '@daemonlint/core'
import { describe, expect, it } from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')
const page = readFileSync(join(root, 'docs/directives.md'), 'utf8')
const { default: builtin } = (await import(/* @vite-ignore */ join(root, 'rules/src/index.ts'))) as {
  default: Plugin
}

const examples = [...page.matchAll(/^```yaml (\w+)\n([\s\S]*?)^```\n<!-- (.*) -->/gm)].map((match) => ({
  line: page.slice(0, match.index).split('\n').length,
  part: match[1]!,
  text: match[2]!,
  claim: match[3]!,
}))

const two = ['agent', 'exporter']
  .map((name) => `- name: ${name}\n  image: example.com/${name}:latest\n`)
  .join('')

/** A whole file of what an example shows of one. */
function fileOf(part: string, text: string): string {
  if (part === 'file') return text
  expect(['containers', 'metadata']).toContain(part)
  const indented = (lines: string, by: number) => lines.replace(/^(?=.)/gm, ' '.repeat(by))
  return `apiVersion: apps/v1
kind: DaemonSet
metadata:
${indented(part === 'metadata' ? text : 'name: agent\n', 2)}spec:
  selector:
    matchLabels: { app: agent }
  template:
    metadata:
      labels: { app: agent }
    spec:
      containers:
${indented(part === 'containers' ? text : two, 8)}`
}

function found(text: string, linterOptions: Config['linterOptions'] = {}) {
  const rules = { 'image-tag': 'warn', 'memory-limit': 'warn' } as const
  const { problems, suppressed } = lint(text, {
    config: resolveConfig([{ rules, linterOptions }], { builtin }),
  })
  const show = (list: typeof problems) =>
    list.map(({ ruleId, container }) => (container ? `${ruleId}/${container}` : ruleId)).sort()
  return { reports: show(problems), hides: show(suppressed) }
}

describe('docs/directives.md', () => {
  it('says of every example what it does', () => {
    expect(examples.length).toBeGreaterThan(5)
    expect(examples).toHaveLength((page.match(/^```/gm) ?? []).length / 2)
  })

  it.each(examples)('$part on line $line: $claim', ({ part, text, claim }) => {
    const file = fileOf(part, text)
    const claims = Object.fromEntries(
      claim.split('; ').map((each) => {
        const [verb = '', list = ''] = each.split(': ')
        return [verb, list === 'nothing' ? [] : list.split(', ').sort()]
      }),
    )
    const { allowed, ...usual } = claims
    expect(found(file)).toEqual({ reports: [], hides: [], ...usual })
    if (allowed) expect(found(file, { allowRejected: true }).hides).toEqual(allowed)
    expect(found(file, { noInlineConfig: true }).hides).toEqual([])
  })
})
