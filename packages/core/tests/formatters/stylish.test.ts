import { describe, expect, it } from 'vitest'
import { formatters, loadFormatter } from '../../src/formatters/registry.ts'
import { stylish } from '../../src/formatters/stylish.ts'
import { bad, clean, imageTag, options, position, remark, source } from './results.ts'

describe('stylish', () => {
  it('shows findings, their lines and a summary', () => {
    expect(stylish([bad, clean], options)).toMatchInlineSnapshot(`
      "bad.yaml
      5:1   error   A DaemonSet needs \`spec.selector\`.  api-server/required
          5 | spec:
            | ^^^^
          6:3 its labels stand here
          6 |   template:
            |   ^^^^^^^^
      10:18 warning Container \`agent\` uses the tag \`latest\`, so that nodes may run different versions.  image-tag
          10 |           image: example-image:latest
             |                  ^^^^^^^^^^^^^^^^^^^^
      11:11 info    An empty list.  my-plugin/empty
          11 |           ports: []
             |           ^^^^^
          https://example.com/empty

      ✖ 1 error, ⚠ 1 warning, ℹ 1 info
      2 files read, 3 workloads checked (1 of them as a patch), 1 template passed over, 1 finding suppressed.
      1 finding can be fixed with --fix."
    `)
  })

  it('tells of suggestions, which it does not show', () => {
    const told = (offersChoice: boolean) =>
      stylish([bad], { ...options, summary: { ...options.summary, offersChoice } })
        .split('\n')
        .at(-1)
    expect(told(false)).toBe('1 finding can be fixed with --fix.')
    expect(told(true)).toBe(
      'Some findings have suggestions: --format json lists them, and daemonlint explain RULE says more.',
    )
  })

  it('claims nothing where nothing was checked', () => {
    const summary = { files: 1, workloads: 0, templates: 0, patches: 0, fixable: 0, rolled: [] }
    expect(stylish([clean], { ...options, summary })).toBe('1 file read, 0 workloads checked.')
  })

  it.each([
    [1, '1 workload cannot be decoded, so the rules have not looked at it yet.'],
    [2, '2 workloads cannot be decoded, so the rules have not looked at them yet.'],
  ])('says that rules could not look at %d', (undecoded, expected) => {
    const summary = { ...options.summary, undecoded }
    expect(
      stylish([bad], { ...options, summary })
        .split('\n')
        .at(-2),
    ).toBe(expected)
  })

  it('says that nothing was found', () => {
    expect(
      stylish([clean], { ...options, summary: { ...options.summary, fixable: 0, templates: 0, patches: 0 } }),
    ).toMatchInlineSnapshot(`
      "✔ Nothing found.
      2 files read, 3 workloads checked."
    `)
  })

  it('shows remarks alone', () => {
    expect(stylish([{ ...bad, problems: [remark], suppressed: [] }], options)).toMatchInlineSnapshot(`
      "bad.yaml
      11:11 info An empty list.  my-plugin/empty
          11 |           ports: []
             |           ^^^^^
          https://example.com/empty

      ℹ 1 info
      2 files read, 3 workloads checked (1 of them as a patch), 1 template passed over.
      1 finding can be fixed with --fix."
    `)
  })

  it('shows any number of findings of a file, under one heading and in line', () => {
    const problems = Array.from({ length: 42_000 }, (_, index) => ({
      ...imageTag,
      message: 'tag',
      ruleId: 'r',
      position: position(index + 1, 1, index + 1, 2),
    }))
    const many = { ...bad, problems, source: 'x\n'.repeat(problems.length) }
    const results = [clean, many, { ...bad, displayPath: 'c.yaml' }]
    const lines = stylish(results, { ...options, color: true }).split('\n')
    expect(lines.filter((line) => line.includes('bad.yaml'))).toHaveLength(1)
    expect(lines.filter((line) => line.includes('c.yaml'))).toHaveLength(1)
    expect(lines.filter((line) => line === '')).toHaveLength(2)
    expect(lines.some((line) => line.includes('\0'))).toBe(false)
    const reports = lines.filter((line) => line.includes('tag\u001b[22m\u001b[2m  r\u001b'))
    expect(reports).toHaveLength(problems.length)
    expect(new Set(reports.map((line) => line.indexOf('tag'))).size).toBe(1)
  }, 60_000)

  it('says what fixes do to the nodes', () => {
    const rolled = [
      { kind: 'DaemonSet', namespace: 'ops', name: 'agent' },
      { kind: 'DaemonSet', namespace: '', name: 'other' },
    ]
    const summary = { ...options.summary, fixable: 0, rolled }
    expect(
      stylish([{ ...clean, output: 'kind: DaemonSet\n' }], { ...options, summary }),
    ).toMatchInlineSnapshot(`
      "clean.yaml: written

      ✔ Nothing found.
      2 files read, 3 workloads checked (1 of them as a patch), 1 template passed over.
      Fixes were made in 1 file.
      ↻ Pod templates changed: applying this restarts the pods of
        DaemonSet ops/agent
        DaemonSet other"
    `)
  })

  it('does not claim to have written on a dry run', () => {
    const summary = { ...options.summary, fixable: 0, dryRun: true }
    const text = stylish([{ ...bad, output: source }], { ...options, summary })
    expect(text).not.toContain('written\n')
    expect(text).toContain('Fixes would change 1 file; nothing was written.')
  })

  it('uses colours only when told to', () => {
    const colored = stylish([bad], { ...options, color: true })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with it
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(stylish([bad], options))
    expect(colored).toContain('\u001b[31m')
    expect(colored).toContain('\u001b[34minfo\u001b[39m')
    expect(stylish([bad], options)).not.toContain('\u001b')
  })

  it('does without the text', () => {
    const text = stylish([{ ...bad, problems: [imageTag], source: undefined }], options)
    expect(text.split('\n')[1]).toBe(
      '10:18 warning Container `agent` uses the tag `latest`, so that nodes may run different versions.  image-tag',
    )
    expect(text).not.toContain('^')
  })

  it('does not let a message write on the terminal', () => {
    const text = stylish([{ ...bad, problems: [{ ...imageTag, message: 'a\u001b[2Jb\nc' }] }], options)
    expect(text).toContain('a�[2Jb c  image-tag')
  })
})

describe('loadFormatter', () => {
  it('loads each of them', async () => {
    for (const name of Object.keys(formatters)) expect(await loadFormatter(name)).toBeTypeOf('function')
  })
  it('names those there are', async () => {
    await expect(loadFormatter('toString')).rejects.toThrow(
      /^There is no format 'toString'\. The formats are: stylish, concise, json, /,
    )
    await expect(loadFormatter('sariff')).rejects.toThrow(
      "There is no format 'sariff'. Did you mean 'sarif'?",
    )
  })
})
