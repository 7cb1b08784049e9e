import { describe, expect, it } from 'vitest'
import { lintText, only, places, plain, setups } from './eslint.ts'
import { daemonSet } from './manifests.ts'

const imageTag = only('image-tag', 'unused-directive')

describe.each(setups)('ESLint $major with $language', (setup) => {
  const lint = (text: string, more = {}) => lintText(text, { ...setup, configs: [imageTag], ...more })

  it('hides what a comment of ESLint turns off', async () => {
    const { messages, suppressedMessages } = await lint(
      daemonSet({ comment: ' # eslint-disable-line daemonlint/image-tag -- for now' }),
    )
    expect(messages).toEqual([])
    expect(suppressedMessages).toMatchObject([
      { ruleId: 'daemonlint/image-tag', suppressions: [{ kind: 'directive', justification: 'for now' }] },
    ])
  })

  it('takes blocks of it, over several documents', async () => {
    const text = [
      '# eslint-disable daemonlint/image-tag',
      'kind: ConfigMap',
      '---',
      daemonSet(),
      '# eslint-enable',
      '---',
      daemonSet(),
    ].join('\n')
    expect(places((await lint(text)).messages)).toEqual(['30:18 daemonlint/image-tag'])
  })

  it('tells of a comment of ESLint that hides nothing, and removes it', async () => {
    const text = daemonSet({ image: 'agent:1', comment: ' # eslint-disable-line daemonlint/image-tag' })
    const configs = [imageTag, { linterOptions: { reportUnusedDisableDirectives: 'error' as const } }]
    expect((await lint(text, { configs })).messages).toMatchObject([{ ruleId: null, line: 12, column: 26 }])
    expect((await lint(text, { configs, fix: true })).output).toMatch(/image: agent:1 +\n$/)
  })

  it('turns rules on in the file', async () => {
    const text = `# eslint daemonlint/memory-limit: "error", daemonlint/image-tag: "off"\n${daemonSet()}`
    expect(places((await lint(text)).messages)).toEqual(['12:17 daemonlint/memory-limit'])
  })

  it('hides what a comment of daemonlint turns off', async () => {
    const comment = ' # daemonlint-disable-line image-tag -- for now'
    expect((await lint(daemonSet({ comment }))).messages).toEqual([])
  })

  it('tells of a comment of daemonlint that hides nothing, and removes it', async () => {
    const text = daemonSet({ image: 'agent:1', comment: ' # daemonlint-disable-line image-tag' })
    expect((await lint(text)).messages).toMatchObject([
      { ruleId: 'daemonlint/unused-directive', line: 12, column: 26 },
    ])
    expect((await lint(text, { fix: true })).output).toBe(daemonSet({ image: 'agent:1' }))
  })

  it('takes annotations', async () => {
    const text = daemonSet().replace(
      'metadata:\n',
      "metadata:\n  annotations: { daemonlint.dev/disable: 'image-tag -- for now' }\n",
    )
    expect((await lint(text)).messages).toEqual([])
  })
})

it('says nothing of directives about rules that are off', async () => {
  const text = daemonSet({ comment: ' # daemonlint-disable-line memory-limit' })
  const { messages } = await lintText(text, { ...plain, configs: [imageTag] })
  expect(places(messages)).toEqual(['12:18 daemonlint/image-tag'])
})

it('lets ESLint alone hide what the API server refuses', async () => {
  const id = 'api-server/restart-policy-always'
  const text = (comment: string) => daemonSet({ pod: `      restartPolicy: Never # ${comment}\n` })
  const lint = async (comment: string) =>
    places((await lintText(text(comment), { configs: [only(id)] })).messages)
  expect(await lint(`daemonlint-disable-line ${id}`)).toEqual([`10:22 daemonlint/${id}`])
  expect(await lint(`eslint-disable-line daemonlint/${id}`)).toEqual([])
})
