import { describe, expect, it } from 'vitest'
import { questionsOf } from '../src/answers.ts'
import { parseArguments } from '../src/cli/arguments.ts'
import { describeText, flagText } from '../src/cli/texts.ts'
import { type Preset, presets, scaffold } from '../src/index.ts'
import { splitWords } from '../src/words.ts'

const preset = (name: string): Preset => presets.find((one) => one.name === name)!

/** What the text says of each answer, on one line, by the words that begin it. */
function rowsOf(name: string): string {
  const [, rows = ''] = describeText(preset(name), 'x').split('\nAnswers:\n')
  return rows.replace(/\n {5,}(?=\S)/g, ' ').replace(/ {2,}/g, ' ')
}

describe.each(presets.map((one) => [one.name, one] as const))('the text about %s', (name, one) => {
  const text = describeText(one, 'create-daemonset')

  it('names every answer that a variant gives', () => {
    const given = new Set(Object.values(one.variants ?? {}).flatMap((variant) => Object.keys(variant)))
    const questions = questionsOf(one)
    const missing = [...given].filter((key) => !text.includes(`\n    ${flagText(key, questions[key]!)}`))
    expect(missing).toEqual([])
  })

  it('has an example that works', () => {
    const [, line = ''] = /^Example: create-daemonset (.*)$/m.exec(text) ?? []
    const { preset: found, directory, given, acceptArchived } = parseArguments(splitWords(line), presets)
    expect({ found, directory }).toEqual({ found: name, directory: `my-${name}` })
    expect(scaffold({ ...given, preset: name, acceptArchived }).files).toHaveLength(1)
  })
})

it('says what holds by default, and when', () => {
  expect(rowsOf('node-exporter')).toContain(
    '\n --nodes all|chosen All nodes of its system and architecture, or chosen ones [all]\n',
  )
  expect(rowsOf('fluent-bit')).toMatch(/--resources recommended\|custom .* \[recommended\]\n/)
  expect(rowsOf('fluent-bit')).toMatch(
    /--memory-limit AMOUNT Memory limit \(with --resources custom\) \[\S+\]\n/,
  )
  expect(rowsOf('dcgm-exporter')).toMatch(/--nodes all\|chosen .* \[chosen\]\n/)
  expect(rowsOf('custom')).toMatch(/--\[no-\]service .* \(with --ports PORT\) \[no\]\n/)
  expect(rowsOf('custom')).toMatch(
    /--config LINE Lines of that file \(with --config-file PATH\) \[log_level=info\]\n/,
  )
  expect(rowsOf('custom')).toMatch(/--metrics-port N .* \(unless --monitor none\) /)
  expect(rowsOf('custom')).toMatch(/\n --args WORD Arguments\n/)
})
