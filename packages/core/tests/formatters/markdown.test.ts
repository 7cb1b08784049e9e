import { describe, expect, it } from 'vitest'
import { markdown } from '../../src/formatters/markdown.ts'
import { bad, clean, failed, hostile, none, options } from './results.ts'

describe('markdown', () => {
  it('has a table for each file, worst first', () => {
    expect(markdown([bad, clean], options)).toMatchInlineSnapshot(`
      "### ❌ daemonlint: 1 error, 1 warning, 1 info

      **<code>bad.yaml</code>**

      | | line | finding | rule |
      |-|-:|-|-|
      | ❌ | 5 | A DaemonSet needs <code>spec.selector</code>. | <code>api-server/required</code> |
      | ⚠️ | 10 | Container <code>agent</code> uses the tag <code>latest</code>, so that nodes may run different versions. | <code>image-tag</code> |
      | ℹ️ | 11 | An empty list. | [<code>my-plugin/empty</code>](https://example.com/empty) |

      2 files read, 3 workloads checked (1 of them as a patch), 1 template passed over, 1 finding suppressed.  
      1 finding can be fixed with --fix."
    `)
  })

  it('says that nothing was found, or not all was checked', () => {
    expect(markdown([clean], options)).toMatch(/^### ✅ daemonlint: nothing found\n\n2 files read/)
    expect(markdown([], { ...failed, summary: { ...none.summary, failures: ['a `b` is gone.'] } })).toMatch(
      /^### ❗ daemonlint: not all was checked\n\n- ❗ a <code>b<\/code> is gone\./,
    )
  })

  it('tells what is hidden or not there from what is fine', () => {
    const hidden = { ...options, summary: { ...options.summary, hidden: 2 } }
    expect(markdown([clean], hidden)).toMatch(/^### ✅ daemonlint: no errors, 2 other findings not shown\n/)
    expect(markdown([], none)).toBe('### daemonlint: nothing to check\n\n0 files read, 0 workloads checked.')
  })

  it('keeps every name within its cell', () => {
    const rows = markdown([hostile], options).split('\n')
    const row = rows.filter((line) => line.startsWith('| ⚠️'))
    expect(row).toHaveLength(1)
    expect(row[0]!.match(/\|/g)).toHaveLength(5)
    expect(row[0]).not.toMatch(/[`@*[\]\\]|<(?!\/?code>)|javascript:/)
    expect(rows.filter((line) => line.startsWith('**'))).toEqual([
      '**<code>a,b: &#37;c &#60;d&#62;.yaml</code>**',
    ])
  })

  it('fits into a comment, and says what it leaves out', () => {
    const many = Array.from({ length: 40 }, (_, index) => ({
      ...bad,
      displayPath: `${index}.yaml`,
      problems: Array.from({ length: 50 }, () => bad.problems).flat(),
    }))
    const text = markdown(many, options)
    expect(text.length).toBeLessThan(60_100)
    const shown = text.match(/^\| \S+ \| \d/gmu)!.length
    expect(shown).toBeGreaterThan(300)
    expect(text).toContain(`…and ${6000 - shown} more findings, left out for length.`)
  })

  it('takes a message of a megabyte', () => {
    const problems = [{ ...bad.problems[0]!, message: 'x'.repeat(2 ** 20) }]
    expect(markdown([{ ...bad, problems }], options).length).toBeLessThan(2000)
  })
})
