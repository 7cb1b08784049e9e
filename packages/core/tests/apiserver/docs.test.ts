import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { rejections } from '../../src/apiserver/index.ts'
import { judgeText, show } from './shared.ts'

const pages = fileURLToPath(new URL('../../../../docs/rules/api-server/', import.meta.url))

interface Example {
  kind: 'incorrect' | 'correct'
  text: string
  line: number
}

/** Every ```yaml fence below a paragraph that holds **incorrect** or **correct**. */
function examplesOf(page: string): Example[] {
  const examples: Example[] = []
  let kind: Example['kind'] | undefined
  let open: Example | undefined
  for (const [index, line] of page.split('\n').entries()) {
    if (open) {
      if (line !== '```') {
        open.text += `${line}\n`
        continue
      }
      examples.push(open)
      open = undefined
    }
    if (line.startsWith('#')) kind = undefined
    kind = (/\*\*(incorrect|correct)\*\*/.exec(line)?.[1] as Example['kind']) ?? kind
    if (line === '```yaml' && kind) open = { kind, text: '', line: index + 2 }
  }
  return examples
}

it('has one page for each rejection', () => {
  const files = readdirSync(pages).filter((file) => file.endsWith('.md'))
  expect(files.sort()).toEqual(
    Object.keys(rejections)
      .map((id) => `${id}.md`)
      .sort(),
  )
})

// What has no page fails above, once.
const written = Object.entries(rejections).filter(([id]) => existsSync(`${pages}${id}.md`))

describe.each(written)('docs/rules/api-server/%s.md', (id, meta) => {
  const page = readFileSync(`${pages}${id}.md`, 'utf8')
  const examples = examplesOf(page)

  it('has been written to its end', () => expect(page).not.toMatch(/\bTODO\b/))

  it('begins with its id and its description, and has the sections of every page', () => {
    expect(page.split('\n').slice(0, 3)).toEqual([`# api-server/${id}`, '', `> ${meta.description}.`])
    expect(page.match(/^## .*$/gm)).toEqual(['## Examples', '## How to fix it', '## Sources'])
  })

  it('has an incorrect and a correct example', () => {
    expect(new Set(examples.map(({ kind }) => kind))).toEqual(new Set(['incorrect', 'correct']))
  })

  it.each(examples)('$kind example on line $line', ({ kind, text }) => {
    // A page is UTF-8, so it can only say that its example is not.
    const latin1 = id === 'encoding' && kind === 'incorrect'
    const { problems } = judgeText(latin1 ? Buffer.from(text, 'latin1') : text)
    const own = problems.filter(({ ruleId }) => ruleId === `api-server/${id}`)
    if (kind === 'correct') {
      expect(problems.filter((problem) => problem.rejected || own.includes(problem)).map(show)).toEqual([])
    } else {
      expect(
        own.map(({ rejected }) => !rejected),
        'what is reported',
      ).toContain(meta.accepted ?? false)
      expect(
        problems.filter(({ rejected, ruleId }) => rejected && ruleId !== `api-server/${id}`).map(show),
        'other rejections',
      ).toEqual([])
    }
  })
})
