import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { lint, type Plugin, prepareConfig } from '@daemonlint/core'
import { describe, expect, it } from 'vitest'
import { createConfigLookup } from '../src/config-lookup.ts'
import { temp } from './temp.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')
const page = readFileSync(join(root, 'docs/configuration.md'), 'utf8')
const { default: builtin } = (await import(/* @vite-ignore */ join(root, 'rules/src/index.ts'))) as {
  default: Plugin
}

interface Example {
  line: number
  name: string
  text: string
  /** What the hidden comment below it says that it does. */
  claim: string
}

const blocks: Example[] = [...page.matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```\n(?:<!-- (.*) -->)?/gm)].map(
  (match) => ({
    line: page.slice(0, match.index).split('\n').length,
    name: match[1]!,
    text: match[2]!,
    claim: match[3] ?? '',
  }),
)
const examples = blocks.filter(({ name }) => name.startsWith('daemonlint.config.'))
const others = blocks.filter((block) => !examples.includes(block))

/** The example in a folder of its own, with the files it names and nothing installed. */
function setUp({ name, text }: Example) {
  const files = Object.fromEntries([...others.map((other) => [other.name, other.text]), [name, text]])
  const cwd = temp({
    ...files,
    'own.mjs': 'export const defineConfig = (...c) => c.flat()\nexport const defineRule = (r) => r\n',
  })
  const ownCopies = { daemonlint: pathToFileURL(join(cwd, 'own.mjs')).href }
  return { cwd, lookup: createConfigLookup({ cwd, builtin, ownCopies }) }
}

describe('docs/configuration.md', () => {
  it('says of every example what it does', () => {
    expect(blocks).toHaveLength((page.match(/^```/gm) ?? []).length / 2)
    expect(examples.filter(({ claim }) => claim === '')).toEqual([])
  })

  it.each(examples)('$name on line $line: $claim', async (example) => {
    const { cwd, lookup } = setUp(example)
    const [, verb, rest = ''] = /^(\w+): (.*)$/.exec(example.claim) ?? []
    if (verb === 'suppresses') return suppresses(rest, cwd, lookup)
    expect(verb).toBe('checks')
    for (const claim of rest.split('; ')) {
      const [path = '', rule = '', severity] = claim.split(' ')
      const config = await lookup.forFile(join(cwd, path))
      await prepareConfig(config)
      expect(config.ignored, claim).toBe(rule === 'ignored')
      if (rule !== 'ignored') expect(config.rules[rule]?.severity ?? 'none', claim).toBe(severity)
    }
  })

  async function suppresses(claim: string, cwd: string, lookup: ReturnType<typeof createConfigLookup>) {
    const [rule, name, container] = claim.split(' ')
    const config = await lookup.forFile(join(cwd, 'a.yaml'))
    const found = (text: string) => {
      const { problems, suppressed } = lint(text, { config })
      const isMeant = ({ ruleId }: { ruleId: string }) => ruleId === rule
      return [problems.filter(isMeant).length, suppressed.filter(isMeant).length]
    }
    expect(found(manifest(name!, container!))).toEqual([0, 1])
    expect(found(manifest(name!, 'other'))).toEqual([1, 0])
    expect(found(manifest('other', container!))).toEqual([1, 0])
  }

  it('names the versions of Kubernetes that there are', async () => {
    const { kubernetesVersions } = await import('@daemonlint/core')
    expect(page.replaceAll('\n', ' ')).toContain(
      `from ${kubernetesVersions[0]} to ${kubernetesVersions.at(-1)}`,
    )
  })
})

function manifest(name: string, container: string): string {
  return `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: x } }
  template:
    metadata: { labels: { app: x } }
    spec: { containers: [{ name: ${container}, image: registry.example/x }] }
`
}
