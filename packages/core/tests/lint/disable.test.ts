import { describe, expect, it } from 'vitest'
import { defineRule } from '../../src/define.ts'
import { applyEdits } from '../../src/fix/index.ts'
import type { Config } from '../../src/lint/config.ts'
import { type Disabling, disableByAnnotation, disableFile, disableLine } from '../../src/lint/disable.ts'
import { lint } from '../../src/lint/lint.ts'
import type { Problem } from '../../src/problem.ts'
import { configOf, daemonSet } from './toy.ts'

/** Reports each `BAD` in a file, wherever it stands. */
const word = defineRule<'bad'>({
  meta: {
    type: 'problem',
    docs: { description: 'Be a rule for tests', category: 'correctness', presets: {} },
    messages: { bad: 'Bad.' },
  },
  create(context) {
    return {
      daemonSet(node) {
        const { text, lines } = node.manifest.yaml
        for (const { index } of text.matchAll(/BAD/g)) {
          context.report({ node, loc: lines.positionOf(index, index + 3), messageId: 'bad' })
        }
      },
    }
  },
})

const rules = { image: 'warn', memory: 'warn', 'own/word': 'warn' } as const
const toyPlugin: Config = { plugins: { own: { rules: { word } } }, rules }
const text = daemonSet()
type Disable = typeof disableLine

/** The text with the first finding of a rule hidden; it must be, and nothing new be found. */
function hide(
  disable: Disable,
  source: string,
  ruleId: string,
  options: { config?: Config; why?: string } = {},
) {
  const { config: given = {}, why = 'because' } = options
  const config = configOf({ ...toyPlugin, ...given })
  const run = (one: string) => lint(one, { config })
  const result = run(source)
  const problem = result.problems.find((one) => one.ruleId === ruleId)!
  const disabling = disable(problem, { result, config, reason: why })
  if (!disabling) return null
  const { output, skipped } = applyEdits(source, [{ edits: disabling.edits }])
  expect(skipped).toEqual([])
  const after = run(output)
  const ids = (problems: readonly Problem[]) => problems.map((one) => one.ruleId)
  const hidden = after.suppressed.length - result.suppressed.length
  expect(hidden).toBeGreaterThan(0)
  expect(result.problems.length - after.problems.length).toBe(hidden)
  expect(ids(result.problems)).toEqual(expect.arrayContaining(ids(after.problems)))
  expect(reasonOf(disabling)).toBe(disabling.reason && why)
  return output
}

const reasonOf = ({ edits, reason }: Disabling) => reason && edits[reason.edit]!.text.slice(...reason.range)

const disableLineOf = (source: string, ruleId = 'image', config?: Config) =>
  hide(disableLine, source, ruleId, config && { config })

describe('disableLine', () => {
  it('writes a directive above the line, indented as it is', () => {
    expect(disableLineOf(text)).toBe(
      text.replace(/^( +)image:/m, '$1# daemonlint-disable-next-line image -- because\n$&'),
    )
  })

  it('leaves room for a reason', () => {
    expect(hide(disableLine, text, 'image', { why: '' })).toContain(
      ' # daemonlint-disable-next-line image -- \n',
    )
  })

  it('keeps the line breaks of the file', () => {
    const output = disableLineOf(text.replaceAll('\n', '\r\n'))!
    expect(output.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(disableLineOf(text.replaceAll('\n', '\r'))).not.toContain('\n')
  })

  it.each([
    [
      'above',
      '$1# daemonlint-disable-next-line memory -- so\n$1# more\n$&',
      'disable-next-line memory, image -- so',
    ],
    ['on the line', '$& # daemonlint-disable-line memory', 'disable-line memory, image\n'],
  ])('adds the rule to a directive %s', (_, written, expected) => {
    // One that hides nothing stays reported; the finding is that of the line, not of the directive.
    const source = text.replace(/^( +)image: bad$/m, written)
    const config: Config = { linterOptions: { reportUnusedDisableDirectives: 'off' } }
    expect(disableLineOf(source, 'image', config)).toContain(expected)
  })

  it('stands above a list item, and in braces', () => {
    expect(disableLineOf(text, 'memory')).toMatch(/^ {8}# daemonlint.*\n {8}- name: agent$/m)
    const flow = text.replace(/- name: agent\n *image: bad/, '- { name: agent,\n    image: bad }')
    expect(disableLineOf(flow)).toContain(
      '- { name: agent,\n    # daemonlint-disable-next-line image -- because\n    image',
    )
  })

  it.each([
    [
      'a block',
      'args:\n  - |\n    one\n    BAD\n    two\n  - x',
      '            # daemonlint-enable own/word\n            - x',
    ],
    [
      'quotes',
      'args:\n  - "one\n    BAD\n    two"\n  - x',
      '            # daemonlint-enable own/word\n            - x',
    ],
    ['a block at the end', 'args:\n  - |+\n    BAD', 'BAD\n'],
  ])('goes around a text of several lines: %s', (_, container, end) => {
    const output = disableLineOf(daemonSet(`image: good:1\n${container}`), 'own/word')
    expect(output).toMatch(/^ {12}# daemonlint-disable own\/word -- because\n {12}- [|"]/m)
    expect(output!.endsWith(`${end}\n`) || output!.endsWith(end)).toBe(true)
  })

  it('goes around what ends with its document', () => {
    const first = daemonSet('image: good:1\nargs:\n  - |\n    BAD')
    const output = disableLineOf(`${first}---\n${daemonSet('image: good:1\n# BAD')}`, 'own/word')
    expect(output).toContain('BAD\n            # daemonlint-enable own/word\n---\n')
  })

  it('stands at the end of a line that begins within a text', () => {
    const output = disableLineOf(daemonSet('image: good:1\nargs:\n  - "one\n    BAD"'), 'own/word')
    expect(output).toContain('BAD" # daemonlint-disable-line own/word -- because\n')
  })

  it('does not mend JSON, nor what cannot be hidden', () => {
    const json = JSON.stringify(yamlValue, null, 2)
    expect(disableLineOf(json)).toBeNull()
    expect(disableLineOf(text, 'image', { linterOptions: { noInlineConfig: true } })).toBeNull()
    const refused = daemonSet('imagee: x')
    expect(disableLineOf(refused, 'api-server/unknown-field')).toBeNull()
    const allowed = { linterOptions: { allowRejected: true } }
    expect(disableLineOf(refused, 'api-server/unknown-field', allowed)).toContain(
      'api-server/unknown-field -- because',
    )
    expect(disableLineOf(`# daemonlint-disable nothing\n${text}`, 'daemonlint/unused-directive')).toBeNull()
  })
})

const yamlValue = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'a' },
  spec: {
    selector: { matchLabels: { app: 'a' } },
    template: { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'a', image: 'bad' }] } },
  },
}

describe('disableFile', () => {
  const directive = '# daemonlint-disable image -- because\n'
  const two = `${text}---\n${text}`
  it.each([
    ['at the top', '', ''],
    ['below the first separator', '---\n', ''],
    ['below a licence', '# Copyright me\n# All rights reserved.\n\n', ''],
    ['below a licence and a separator', '# SPDX-License-Identifier: MIT\n---\n', ''],
    ['below a separator and a licence', '--- # one\n# Copyright me\n', ''],
    ['below what an editor reads', '# yaml-language-server: $schema=x\n\n# vim: ts=2\n', ''],
    ['above what speaks of the first resource', '\n', '# The agent.\n'],
  ])('%s', (_, above, below) => {
    expect(hide(disableFile, above + below + two, 'image')).toBe(above + directive + below + two)
  })

  it('adds the rule to a directive at the top', () => {
    const source = `# daemonlint-disable memory -- tests\n${text}`
    expect(hide(disableFile, source, 'image')).toBe(source.replace('memory', 'memory, image'))
  })

  it('takes away directives for lines that would hide nothing any more', () => {
    const marked = (comment: string) =>
      text.replace('image: bad', `image: bad # daemonlint-disable-line ${comment}`)
    expect(hide(disableFile, `${marked('image -- so')}---\n${text}`, 'image')).toBe(`${directive}${two}`)
    const both = text.replace('image: bad', '# daemonlint-disable-next-line image\n          image: bad')
    expect(hide(disableFile, `${both}---\n${text}`, 'image')).toBe(`${directive}${two}`)
    expect(hide(disableFile, `${marked('')}---\n${text}`, 'image')).toBeNull()
  })

  it('is not offered where it would not reach, or nobody could read it', () => {
    expect(
      hide(disableFile, `# daemonlint-disable image\n${text}# daemonlint-enable\n---\n${text}`, 'image'),
    ).toBeNull()
    expect(hide(disableFile, JSON.stringify(yamlValue), 'image')).toBeNull()
    const annotated = daemonSet('image: bad', { metadata: 'annotations: { daemonlint.dev/disable: image }' })
    expect(hide(disableFile, `${annotated}---\n${text}`, 'image')).toBeNull()
  })
})

describe('disableByAnnotation', () => {
  it('names the container, and the rules that are there', () => {
    const json = JSON.stringify(yamlValue, null, 2)
    const once = hide(disableByAnnotation, json, 'image')!
    expect(JSON.parse(once).metadata.annotations).toEqual({ 'daemonlint.dev/disable': 'image/a -- because' })
    const twice = hide(disableByAnnotation, once, 'memory', { why: undefined })
    expect(twice).toContain('image/a, memory/a -- because')
  })

  it('leaves alone what is not known', () => {
    const odd = daemonSet('image: bad', { metadata: "annotations: { daemonlint.dev/disable: '${RULES}' }" })
    expect(hide(disableByAnnotation, odd, 'image')).toBeNull()
  })
})
