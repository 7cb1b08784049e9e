import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { policy } from '../../src/formatters/html/policy.ts'
import { script } from '../../src/formatters/html/script.ts'
import { style } from '../../src/formatters/html/style.ts'
import { html } from '../../src/formatters/html.ts'
import { bad, clean, failed, hostile, located, none, options, source } from './results.ts'
import { all, type Element, readXml } from './xml-reader.ts'

const sha256 = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`

/** The body of a page, read as XML: its tags are balanced, and the few that HTML does not close are closed here. */
function body(page: string): Element {
  const [, inner] = /<body>([\s\S]*)<script>/.exec(page)!
  const closed = inner!
    .replace(/<input([^>]*?)( checked)?>/g, '<input$1/>')
    .replaceAll(' hidden>', ' hidden="">')
    .replaceAll('<details open>', '<details open="">')
    .replaceAll('&#39;', "'")
  return readXml(`<body>${closed}</body>`)
}

const textOf = (element: Element): string => element.text + element.children.map(textOf).join('')
const byClass = (element: Element, name: string): Element[] => [
  ...(element.attributes.class?.split(' ').includes(name) ? [element] : []),
  ...element.children.flatMap((child) => byClass(child, name)),
]

describe('html', () => {
  it('allows itself nothing but its own style and script', () => {
    expect(policy).toContain(`style-src '${sha256(style)}'`)
    expect(policy).toContain(`script-src '${sha256(script)}'`)
    const page = html([bad], options)
    expect(page).toContain(`<style>${style}</style>`)
    expect(page).toContain(`<script>${script}</script>`)
    expect(page.match(/<script|<style|<link|\bsrc=|@import|url\(/g)).toEqual(['<style', '<script'])
    expect(page).not.toMatch(/ on\w+=| style=/)
    expect(script).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write|eval\(/)
  })

  it('has everything about a finding', () => {
    const page = body(html([{ ...bad, problems: [located] }], { ...options, version: '1.2.3' }))
    const [finding] = byClass(page, 'finding')
    expect(finding!.attributes).toEqual({
      class: 'finding warn',
      id: 'f1-1',
      'data-severity': 'warn',
      'data-rule': 'image-tag',
    })
    expect(textOf(byClass(finding!, 'meta')[0]!)).toBe(
      'image-tagline 10, column 18DaemonSet logs/agentcontainer agentspec.template.spec.containers[0].image',
    )
    const [frame, fix, choice] = all(finding!, 'pre')
    expect(all(frame!, 'i').map(textOf)).toEqual(['8', '9', '10', '11'])
    expect(all(frame!, 'mark').map(textOf)).toEqual(['example-image:latest'])
    expect(all(fix!, 'span').map(({ attributes, text }) => [attributes.class, text])).toEqual([
      ['removed', '-           image: example-image:latest'],
      ['added', '+           image: example-image:1.0'],
    ])
    expect(textOf(all(finding!, 'summary')[0]!)).toBe('A suggestion; it restarts the pods on every node')
    expect(choice).toBeDefined()
    expect(textOf(all(page, 'h1')[0]!)).toBe('daemonlint 1.2.3')
  })

  it('sums up by rule and by file, and links to what explains a rule', () => {
    const rules = (id: string) => ({ description: `About ${id}`, url: 'https://example.com/rules' })
    const page = body(
      html([bad, { ...bad, displayPath: 'other.yaml', problems: [located] }], { ...options, rules }),
    )
    const links = all(byClass(page, 'overview')[0]!, 'a').map(({ text, attributes }) => [
      text,
      attributes.href,
    ])
    expect(links).toEqual([
      ['api-server/required', '#f1-1'],
      ['image-tag', '#f1-2'],
      ['my-plugin/empty', '#f1-3'],
      ['bad.yaml', '#f1'],
      ['other.yaml', '#f2'],
    ])
    const ids = byClass(page, 'finding').map(({ attributes }) => attributes.id)
    expect(ids).toEqual(['f1-1', 'f1-2', 'f1-3', 'f2-1'])
    const counts = all(byClass(page, 'counts')[0]!, 'li').map(({ text, children }) => [
      textOf(children[0]!),
      text,
    ])
    expect(counts).toEqual([
      ['1', 'error'],
      ['2', 'warnings'],
      ['1', 'info'],
    ])
    const urls = byClass(page, 'finding').map((finding) => all(finding, 'a')[0]?.attributes.href)
    expect(urls).toEqual([
      ...Array(2).fill('https://example.com/rules'),
      'https://example.com/empty',
      'https://example.com/rules',
    ])
    expect(textOf(byClass(page, 'suppressed')[0]!)).toContain('Suppressed: a test cluster')
  })

  it('shows a range over lines, and cuts what is very long', () => {
    const long = `${source}${'x'.repeat(100_000)}\n`
    const problem = {
      ...located,
      fix: undefined,
      suggestions: [],
      position: { start: { line: 9, column: 9 }, end: { line: 12, column: 50_000 } },
      message: 'y'.repeat(100_000),
    }
    const page = html([{ ...bad, source: long, problems: [problem], suppressed: [] }], options)
    expect(all(body(page), 'mark').map((mark) => textOf(mark).slice(0, 20))).toEqual([
      '- name: agent',
      'image: example-image',
      'ports: []',
      'x'.repeat(20),
    ])
    expect(page.length - html([clean], options).length).toBeLessThan(8000)
  })

  it('lets no name out of its place', () => {
    const page = html([hostile], failed)
    expect(page.match(/<\/script>|<img/g)).toEqual(['</script>'])
    const text = textOf(byClass(body(page), 'finding')[0]!)
    expect(text).toContain('</script><img src=x>')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
    expect(page).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/)
    expect(page).not.toContain('href="javascript:')
  })

  it('says that nothing was found, or why nothing was checked', () => {
    expect(textOf(byClass(body(html([clean], options)), 'nothing')[0]!)).toContain('Nothing found')
    expect(textOf(byClass(body(html([], none)), 'nothing')[0]!)).toContain('Nothing was checked')
    const page = body(
      html([], { ...none, summary: { ...none.summary, failures: ['gone.yaml does not exist.'] } }),
    )
    expect(textOf(byClass(page, 'failures')[0]!)).toContain('gone.yaml does not exist.')
    expect(byClass(page, 'nothing')).toEqual([])
    expect(byClass(page, 'filter')).toEqual([])
  })
})
