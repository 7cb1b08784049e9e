import { mistakeIn, presets, questionsOf, scaffold, withDefaults } from 'create-daemonset/editor'
import { describe, expect, it } from 'vitest'
import { answerOf, answersLeft, openQuestions, unanswered } from '../../src/scaffold/answering.ts'

const preset = (name: string) => presets.find((one) => one.name === name)!
const fluentBit = preset('fluent-bit')
const open = (given: Record<string, unknown>, key: string) =>
  openQuestions(fluentBit, given).find((one) => one.key === key)

describe('openQuestions', () => {
  it('are those that come up, seldom ones last, with their answers as they are read', () => {
    const questions = openQuestions(fluentBit, {})
    expect(open({}, 'name')).toMatchObject({ value: 'fluent-bit', shown: 'fluent-bit' })
    const seldom = questions.map(({ question }) => question.seldom === true)
    expect(seldom).toEqual([...seldom].sort())
    expect(new Set(seldom).size).toBe(2)
  })

  it('change with an answer', () => {
    const before = openQuestions(fluentBit, { sink: 'stdout' }).map(({ key }) => key)
    const after = openQuestions(fluentBit, { sink: 'elasticsearch' }).map(({ key }) => key)
    expect(before).not.toContain('sinkUrl')
    expect(after).toContain('sinkUrl')
  })
})

describe('unanswered', () => {
  it('is what has no default that would do; answering it leads to manifests, for every preset', () => {
    let asked = 0
    for (const one of presets) {
      let given: Record<string, unknown> = {}
      for (let count = 0; count < 20; count++) {
        const next = unanswered(one, given)
        if (!next) break
        asked++
        const { key, question } = next
        const tries = [
          'example/agent:1.0.0',
          'https://example.com',
          'a',
          '1',
          'example.com/gpu',
          '/data',
          'eth0',
          '10.0.0.1',
        ]
        const text = tries.find((text) => 'value' in answerOf(next, text, one, given))
        expect(text, `${one.name}: ${key} (${question.message})`).toBeDefined()
        const answer = answerOf(next, text!, one, given) as { value: unknown }
        given = answersLeft(one, { ...given, [key]: answer.value })
      }
      const made = scaffold({ ...given, preset: one.name, acceptArchived: one.caution !== undefined })
      expect(made.files.length, one.name).toBeGreaterThan(0)
    }
    expect(asked).toBeGreaterThan(0)
  })
})

describe('answerOf', () => {
  it('is a value of the kind that is asked for, or says what is wrong', () => {
    const name = open({}, 'name')!
    expect(answerOf(name, 'logs', fluentBit, {})).toEqual({ value: 'logs' })
    expect(answerOf(name, 'Not A Name', fluentBit, {})).toHaveProperty('mistake')
    const number = openQuestions(fluentBit, {}).find(({ question }) => question.kind === 'number')!
    expect(answerOf(number, number.shown, fluentBit, {})).toEqual({ value: number.value })
    expect(answerOf(number, 'many', fluentBit, {})).toHaveProperty('mistake')
  })

  it('takes what is shown, whatever the preset and the question', () => {
    for (const one of presets) {
      const all = withDefaults(questionsOf(one), {})
      for (const question of openQuestions(one, {})) {
        if (question.question.kind === 'confirm' || question.question.kind === 'select') continue
        if (mistakeIn(question.question, question.value, all)) continue
        expect(answerOf(question, question.shown, one, {}), `${one.name}: ${question.key}`).toEqual({
          value: question.value,
        })
      }
    }
  })
})

describe('answersLeft', () => {
  it('drops what another answer made pointless', () => {
    const given = { sink: 'stdout', sinkUrl: 'https://es.example.com:9200' }
    expect(answersLeft(fluentBit, given)).toEqual({ sink: 'stdout' })
  })
})
