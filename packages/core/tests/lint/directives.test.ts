import { describe, expect, it } from 'vitest'
import { applyEdits } from '../../src/fix/index.ts'
import type { Config } from '../../src/lint/config.ts'
import { readDirective } from '../../src/lint/directives.ts'
import type { Problem } from '../../src/problem.ts'
import { cpu, daemonSet, lintToy, marked, memory } from './toy.ts'

const rules = { image: 'warn', memory: 'warn' } as const
const unusedId = 'daemonlint/unused-directive'

function run(text: string, config: Config = {}) {
  const result = lintToy(text, { rules, ...config })
  const fixes = result.problems.filter(({ ruleId }) => ruleId === unusedId).flatMap(({ fix }) => fix ?? [])
  return {
    ...result,
    ids: result.problems.map(({ ruleId }) => ruleId),
    unused: result.problems.filter(({ ruleId }) => ruleId === unusedId).map(({ message }) => message),
    hidden: result.suppressed.map(({ ruleId }) => ruleId),
    output: applyEdits(text, fixes).output,
  }
}

const reasons = (problems: Problem[]) => problems.map(({ suppressions }) => suppressions)

describe('readDirective', () => {
  const read = (value: string) => {
    const start = { line: 1, column: 5, offset: 4 }
    const end = { line: 1, column: 6 + value.length, offset: 5 + value.length }
    return readDirective({ type: 'comment', value, ownLine: true, position: { start, end } })
  }
  it.each([
    [' daemonlint-disable', 'disable', [], ''],
    ['daemonlint-enable a', 'enable', ['a'], ''],
    [' daemonlint-disable-line a, b/c,d -- why, so', 'disable-line', ['a', 'b/c', 'd'], 'why, so'],
    ['  daemonlint-disable-next-line  a --- x', 'disable-next-line', ['a'], 'x'],
    [' daemonlint-disable -- all of it', 'disable', [], 'all of it'],
    [' daemonlint-disable a--b', 'disable', ['a--b'], ''],
    [' daemonlint-disable a,,b,', 'disable', ['a', 'b'], ''],
  ])('%s', (value, type, ids, reason) => {
    const directive = read(value)
    expect(directive).toMatchObject({ type, reason })
    const found = directive && 'rules' in directive ? directive.rules : []
    expect(found.map(({ id }) => id)).toEqual(ids)
    for (const { id, position } of found) {
      expect(`    #${value}`.slice(position.start.offset, position.end.offset)).toBe(id)
      expect(position.start.column).toBe(position.start.offset! + 1)
    }
  })

  it.each([
    ' daemonlint',
    ' see daemonlint-disable',
    ' daemonlint-disabled-by-x',
    ' daemonlint-config x',
    ' x',
  ])('is not %s', (value) => expect(read(value)).toBeUndefined())

  it('notices a misspelt one', () => {
    expect(read(' daemonlint-disable-nextline a')).toMatchObject({ meant: 'daemonlint-disable-next-line' })
  })
})

describe('directives', () => {
  it('disable-line: the line it ends', () => {
    const { ids, suppressed } = run(daemonSet('image: bad # daemonlint-disable-line image -- pinned below'))
    expect(ids).toEqual(['memory'])
    expect(reasons(suppressed)).toEqual([[{ kind: 'directive', justification: 'pinned below' }]])
    expect(run(daemonSet('image: bad # daemonlint-disable-line')).ids).toEqual(['memory'])
  })

  it('disable-next-line: the line after it, over other comments', () => {
    expect(run(daemonSet('# daemonlint-disable-next-line image\nimage: bad')).hidden).toEqual(['image'])
    expect(run(daemonSet('# daemonlint-disable-next-line image\n# why\nimage: bad')).hidden).toEqual([
      'image',
    ])
    expect(run(daemonSet('# daemonlint-disable-next-line image\n\nimage: bad')).hidden).toEqual([])
    const two =
      '# daemonlint-disable-next-line image -- a\n# daemonlint-disable-next-line memory -- b\nimage: bad'
    expect(run(daemonSet(two)).unused).toHaveLength(1)
  })

  it('disable-next-line: in front of an item of a list', () => {
    const text = daemonSet().replace(
      '        - name: agent',
      '        # daemonlint-disable-next-line memory\n        - name: agent',
    )
    const { ids, hidden } = run(text)
    expect([ids, hidden]).toEqual([['image'], ['memory']])
  })

  it('disable and enable: from where they stand', () => {
    const text = `${daemonSet()}---\n${daemonSet()}`
    expect(run(`# daemonlint-disable\n${text}`).hidden).toHaveLength(4)
    const block = text.replace('---\n', '# daemonlint-disable image\n---\n')
    expect(run(block).problems.map(({ ruleId, manifest }) => `${manifest?.document} ${ruleId}`)).toEqual([
      '0 memory',
      '0 image',
      '1 memory',
    ])
    const enabled = `# daemonlint-disable\n${text.replace('---\n', '# daemonlint-enable image\n---\n')}`
    expect(run(enabled).ids).toEqual(['image'])
    const all = `# daemonlint-disable memory, image\n${text.replace('---\n', '# daemonlint-enable\n---\n')}`
    expect(run(all).ids).toEqual(['memory', 'image'])
    expect(run(all).unused).toEqual([])
  })

  it('keep all reasons that fit; the last one counts as used', () => {
    const text = `# daemonlint-disable -- a\n# daemonlint-disable image -- b\n${daemonSet('image: bad # daemonlint-disable-line -- c')}`
    const { suppressed, unused } = run(text)
    const image = suppressed.find(({ ruleId }) => ruleId === 'image')
    expect(image?.suppressions?.map(({ justification }) => justification)).toEqual(['a', 'b', 'c'])
    expect(unused).toEqual(['This directive hides nothing: no rule reports anything here.'])
  })

  it('disable again: the new reason holds from there on', () => {
    const text = [1, 2].map((n) => `# daemonlint-disable image -- ${n}\n${daemonSet()}`).join('---\n')
    const { suppressed, unused } = run(text)
    expect(reasons(suppressed)).toEqual([1, 2].map((n) => [{ kind: 'directive', justification: `${n}` }]))
    expect(unused).toEqual([])
  })

  it('take no longer for a document because there are many', () => {
    const one = daemonSet('image: bad # daemonlint-disable-line image', {
      metadata: 'annotations:\n  daemonlint.dev/disable: memory',
    })
    const time = (documents: number) => {
      const text = Array.from({ length: documents }, () => `# daemonlint-disable cpu\n${one}`).join('---\n')
      const started = performance.now()
      expect(run(text).ids).toEqual([])
      return performance.now() - started
    }
    time(500)
    expect(time(4000)).toBeLessThan(time(1000) * 10)
  }, 60_000)

  it('count for nothing under noInlineConfig', () => {
    const { ids } = run(`# daemonlint-disable\n# daemonlint-disable nothing\n${daemonSet()}`, {
      linterOptions: { noInlineConfig: true },
    })
    expect(ids).toEqual(['memory', 'image'])
  })

  it('are no directives inside a text', () => {
    expect(run(daemonSet('args:\n- |\n  # daemonlint-disable-next-line\n- x\nimage: bad')).ids).toEqual([
      'memory',
      'image',
    ])
  })

  it('cannot hide what the API server refuses', () => {
    const text = daemonSet('imagee: x # daemonlint-disable-line api-server/unknown-field')
    const { problems, unused } = run(text)
    expect(problems.some(({ rejected }) => rejected)).toBe(true)
    expect(unused[0]).toMatch(/refuses the manifest because of `api-server\/unknown-field`/)
    const allowed = run(text, { linterOptions: { allowRejected: true } })
    expect(allowed.hidden).toContain('api-server/unknown-field')
    expect(allowed.unused).toEqual([])
  })
})

describe('unused directives', () => {
  it('are reported, and removed with their line', () => {
    const clean = daemonSet('image: good:1')
    const text = daemonSet('# daemonlint-disable-next-line image -- x\nimage: good:1')
    const { problems, unused, output } = run(text)
    expect(unused).toEqual(['This directive hides nothing: `image` reports nothing here.'])
    const problem = problems.find(({ ruleId }) => ruleId === unusedId)!
    expect(marked(text, problem)).toBe('# daemonlint-disable-next-line image -- x')
    expect(problem.severity).toBe('warn')
    expect(output).toBe(clean)
    expect(run(text.replaceAll('\n', '\r\n')).output).toBe(clean.replaceAll('\n', '\r\n'))
  })

  it('are removed from the end of a line with the space before', () => {
    expect(run(daemonSet('image: good:1  # daemonlint-disable-line')).output).toBe(daemonSet('image: good:1'))
  })

  it('lose only the rules that are not needed', () => {
    const list = (names: string) => daemonSet(`# daemonlint-disable-next-line ${names} -- r\nimage: bad`)
    const first = run(list('memory, image'))
    expect(first.output).toBe(list('image'))
    expect(first.unused).toEqual(['This directive hides nothing: `memory` reports nothing here.'])
    expect(run(list('image, memory')).output).toBe(list('image'))
    const three = run(list('memory, image , memory'))
    expect(three.output).toBe(list('image'))
    expect(three.problems.map((problem) => marked(three.root.text, problem))).toContain('memory')
  })

  it('never become directives for all rules', () => {
    let text = daemonSet('# daemonlint-disable-next-line memory, nothing, image\nimage: good:1')
    for (let pass = 0; pass < 5; pass++) {
      text = run(text).output
      expect(text).not.toMatch(/disable-next-line\s*\n/)
    }
    expect(text).toBe(daemonSet('image: good:1'))
  })

  it('name rules that do not exist', () => {
    const { unused } = run(daemonSet('image: bad # daemonlint-disable-line imag, image'))
    expect(unused).toEqual([
      "There is no rule `imag`, so this directive hides nothing. Did you mean 'image'?",
    ])
    expect(run(daemonSet('image: bad # daemonlint-disable-lin image')).unused).toEqual([
      '`daemonlint-disable-lin` is no directive. Did you mean `daemonlint-disable-line`?',
    ])
  })

  it('say how lists and reasons are written', () => {
    const said = (rest: string) => run(daemonSet(`image: bad # daemonlint-disable-line ${rest}`)).unused
    expect(said('image it is pinned')).toEqual([
      'There is no rule `image it is pinned`, so this directive hides nothing. Put commas between rules, and ` -- ` before a reason.',
    ])
    expect(said('image memory')[0]).toMatch('Put commas between rules')
    for (const all of ['*', 'all'])
      expect(said(all)[0]).toMatch(/hides nothing\. For all rules, name none\.$/)
    const annotation = (value: string) =>
      run(daemonSet(undefined, { metadata: `annotations:\n  daemonlint.dev/disable: ${value}` })).unused[0]
    expect(annotation('"*"')).toMatch(/For all rules, write `all`\.$/)
    expect(annotation('image it is pinned')).toMatch('Put commas between rules')
  })

  it('end what nothing began', () => {
    const { unused } = run(`# daemonlint-enable image\n${daemonSet()}`)
    expect(unused).toEqual(['This directive ends nothing: no `daemonlint-disable` before it fits.'])
  })

  it('are not those whose rule is off', () => {
    expect(run(daemonSet('image: good:1 # daemonlint-disable-line cpu')).unused).toEqual([])
    expect(run(`# daemonlint-disable\n${daemonSet()}`, { rules: {} }).unused).toEqual([])
    expect(run(`# daemonlint-disable\n${daemonSet()}`, { rules: { cpu: 'off' } }).unused).toEqual([])
  })

  it('are not those whose finding gave way to another', () => {
    const text = daemonSet().replace('- name: agent', '- name: agent # daemonlint-disable-line cpu')
    const { ids, unused } = run(text, { rules: { cpu: 'warn', memory: 'warn' } })
    expect([ids, unused]).toEqual([['memory'], []])
  })

  it('are not those in what rules did not see', () => {
    const hidden = daemonSet('# daemonlint-disable-next-line image\nimage: bad\nimagee: x')
    expect(run(hidden).unused).toEqual([])
    expect(
      run(`${hidden}---\n${daemonSet('# daemonlint-disable-next-line image\nimage: good:1')}`).unused,
    ).toHaveLength(1)
    expect(run(`# daemonlint-disable image\n${hidden}`).unused).toEqual([])
    expect(run(`kind: DaemonSet # daemonlint-disable-line image\na: [\n`).unused).toEqual([])
  })

  it('have the severity that linterOptions give them', () => {
    const text = daemonSet('image: good:1 # daemonlint-disable-line')
    const severity = (value: Config['linterOptions']) =>
      run(text, { linterOptions: value }).problems.find(({ ruleId }) => ruleId === unusedId)?.severity
    expect(severity({ reportUnusedDisableDirectives: 'error' })).toBe('error')
    expect(severity({ reportUnusedDisableDirectives: false })).toBeUndefined()
  })
})

describe('the annotation', () => {
  const annotated = (value: string, container?: string) =>
    daemonSet(container, { metadata: `annotations:\n  daemonlint.dev/disable: ${value}` })

  it('speaks of its workload alone', () => {
    const text = `${annotated('image -- as agreed')}---\n${daemonSet()}`
    const { suppressed, ids, unused } = run(text)
    expect(reasons(suppressed)).toEqual([[{ kind: 'annotation', justification: 'as agreed' }]])
    expect(suppressed[0]?.manifest?.document).toBe(0)
    expect(ids).toEqual(['memory', 'memory', 'image'])
    expect(unused).toEqual([])
  })

  it('takes all, and a container', () => {
    expect(run(annotated('all')).ids).toEqual([])
    expect(run(annotated('image/agent, memory/agent')).ids).toEqual([])
    expect(run(annotated('all/agent')).ids).toEqual([])
    const { ids, unused } = run(annotated('image/other'))
    expect(ids).toEqual([unusedId, 'memory', 'image'])
    expect(unused).toEqual(['This directive hides nothing: `image/other` reports nothing here.'])
  })

  it('takes ids of plugins, which hold a slash themselves', () => {
    const result = lintToy(annotated('mine/memory/agent, mine/cpu'), {
      plugins: { mine: { rules: { memory, cpu } } },
      rules: { 'mine/memory': 'warn', 'mine/cpu': 'warn' },
    })
    expect(result.problems).toEqual([])
  })

  it('is removed when it hides nothing, in part or as a whole', () => {
    const clean = run(annotated('memory, image -- r', 'image: good:1'))
    expect(clean.output).toBe(annotated('memory -- r', 'image: good:1'))
    const { output, problems } = run(annotated('image', 'image: good:1'))
    expect(output).not.toContain('daemonlint.dev')
    expect(problems.find(({ ruleId }) => ruleId === unusedId)?.rollsPods).toBeUndefined()
  })

  it('must name rules that exist', () => {
    expect(run(annotated('""')).unused[0]).toMatch('names no rule, so it hides nothing')
    expect(run(annotated('imag')).unused[0]).toMatch("Did you mean 'image'?")
  })

  it('says nothing where it is templated or off', () => {
    expect(run(annotated('"${DISABLED}"')).ids).toEqual(['memory', 'image'])
    expect(run(annotated('all'), { linterOptions: { noInlineConfig: true } }).ids).toEqual([
      'memory',
      'image',
    ])
  })

  it('does not count on the pod template', () => {
    const text = daemonSet().replace(
      '      labels: { app: agent }\n',
      '      labels: { app: agent }\n      annotations:\n        daemonlint.dev/disable: all\n',
    )
    const { problems, hidden } = run(text)
    expect(hidden).toEqual([])
    const problem = problems.find(({ ruleId }) => ruleId === unusedId)!
    expect(problem.message).toMatch('does not count on the pod template')
    expect(marked(text, problem)).toBe('daemonlint.dev/disable')
    expect(problem.rollsPods).toBe(true)
    expect(problem.fix).toBeUndefined()
    const moved = applyEdits(text, [problem.suggestions![0]!.fix]).output
    expect(run(moved).hidden).toEqual(['memory', 'image'])
    expect(run(moved).unused).toEqual([])
  })
})
