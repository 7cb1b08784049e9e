import { describe, expect, it } from 'vitest'
import { concise } from '../../src/formatters/concise.ts'
import { github } from '../../src/formatters/github.ts'
import { jsonl } from '../../src/formatters/jsonl.ts'
import { bad, clean, failed, hostile, located, options } from './results.ts'

describe('concise', () => {
  it('has a line for each finding', () => {
    expect(concise([bad, clean], options)).toMatchInlineSnapshot(`
      "bad.yaml:5:1: error A DaemonSet needs \`spec.selector\`. [api-server/required]
      bad.yaml:10:18: warning Container \`agent\` uses the tag \`latest\`, so that nodes may run different versions. [image-tag]
      bad.yaml:11:11: info An empty list. [my-plugin/empty]"
    `)
    expect(concise([clean], options)).toBe('')
  })

  it('colours only where it is told to', () => {
    expect(concise([bad], { ...options, color: true })).toContain('\u001b[31merror\u001b[39m')
  })

  it('is one line whatever the names are, which a terminal does not obey', () => {
    const text = concise([hostile], options)
    expect(text.split(/[\n\r]/)).toHaveLength(1)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
    expect(text).not.toMatch(/[\u0000-\u001f]/)
    expect(text).toMatch(/^a,b: %c <d>\.yaml:10:18: warning /)
  })
})

describe('github', () => {
  it('has a command for each finding, most severe first', () => {
    expect(github([{ ...bad, problems: bad.problems.toReversed() }, clean], options)).toMatchInlineSnapshot(`
      "::error file=bad.yaml,line=5,endLine=5,col=1,title=api-server/required::A DaemonSet needs \`spec.selector\`.
      ::warning file=bad.yaml,line=10,endLine=10,col=18,title=image-tag::Container \`agent\` uses the tag \`latest\`, so that nodes may run different versions.
      ::notice file=bad.yaml,line=11,endLine=11,col=11,title=my-plugin/empty::An empty list."
    `)
    expect(github([clean], options)).toBe('')
  })

  it('leaves out the column of a range over several lines', () => {
    const position = { start: { line: 3, column: 5 }, end: { line: 6, column: 2 } }
    expect(github([{ ...bad, problems: [{ ...located, position }] }], options)).toContain(
      'line=3,endLine=6,title=image-tag::',
    )
  })

  it('escapes what would end a property, the command or the line', () => {
    const text = github([hostile], options)
    expect(text.split('\n')).toHaveLength(1)
    expect(text).toMatch(
      /^::warning file=a%2Cb%3A %25c%0A<d>\.yaml,line=10,endLine=10,col=18,title=my-plugin\/a%3Ab%2Cc::Container /,
    )
    expect(text).toContain('::error::x %250A%0A::error::y')
  })

  it('says what could not be checked', () => {
    expect(github([], failed)).toBe('::error title=daemonlint::gone.yaml does not exist.')
  })
})

describe('jsonl', () => {
  it('has an object for each finding, on a line', () => {
    const lines = jsonl([bad, clean, hostile, { ...bad, problems: [located] }], options).split('\n')
    const objects = lines.map((line) => JSON.parse(line))
    expect(objects.map(({ filePath, ruleId, severity }) => [filePath, ruleId, severity])).toEqual([
      ['/work/app/bad.yaml', 'api-server/required', 2],
      ['/work/app/bad.yaml', 'image-tag', 1],
      ['/work/app/bad.yaml', 'my-plugin/empty', 0],
      [hostile.filePath, 'my-plugin/a:b,c', 1],
      ['/work/app/bad.yaml', 'image-tag', 1],
    ])
    expect(objects[4]).toMatchObject({
      resource: { kind: 'DaemonSet', namespace: 'logs', name: 'agent' },
      container: 'agent',
      fix: { text: '1.0' },
      suggestions: [{ desc: 'Pin a version.' }],
    })
    expect(jsonl([clean], options)).toBe('')
  })
})
