import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { unified } from 'unified'
import { inspectNoColor } from 'unist-util-inspect'
import { visit } from 'unist-util-visit'
import { VFile } from 'vfile'
import { reporter } from 'vfile-reporter'
import { describe, expect, it } from 'vitest'
import type { AnyRule } from '../src/lint/rule.ts'
import { kubernetesFix, kubernetesLint, kubernetesParse } from '../src/unified.ts'
import { daemonSet, toys } from './lint/toy.ts'

const rules = { image: 'warn', memory: 'error' } as const
const config = { plugins: { daemonlint: toys }, rules }
const linter = () => unified().use(kubernetesParse).use(kubernetesLint, config).use(kubernetesFix)

describe('the unified processor', () => {
  it('lints and fixes', () => {
    const file = linter().processSync(new VFile({ path: 'a.yaml', value: daemonSet() }))
    expect(String(file)).toBe(daemonSet('image: good:1'))
    expect(file.messages.map(({ ruleId, name }) => [ruleId, name])).toEqual([
      ['memory', 'a.yaml:13:17-13:22'],
    ])
    expect(file.data.daemonlint?.counts.workloads).toBe(1)
  })

  it('is reported by vfile-reporter', () => {
    const file = new VFile({ path: 'a.yaml', value: daemonSet() })
    const processor = unified().use(kubernetesParse).use(kubernetesLint, config)
    processor.runSync(processor.parse(file), file)
    expect(reporter(file, { color: false })).toBe(
      [
        'a.yaml',
        '13:17-13:22 error   No memory limit.                              memory daemonlint',
        '14:18-14:21 warning Container `agent` has `bad`; wanted `good:1`. image  daemonlint',
        '',
        '2 messages (✖ 1 error, ⚠ 1 warning)',
      ].join('\n'),
    )
  })

  describe('the tree', () => {
    const text = `${daemonSet('image: good:1 # x')}      volumes: [{ name: data, emptyDir: {} }]\n`
    const tree = unified().use(kubernetesParse).parse(text)

    it('can be visited', () => {
      const seen: string[] = []
      visit(tree, (node, index, parent) => {
        const { start, end } = node.position!
        seen.push(`${node.type} ${index ?? '-'} in ${parent?.type ?? '-'} ${start.line}-${end.line}`)
      })
      expect(seen).toEqual([
        'root - in - 1-16',
        'daemonSet 0 in root 1-15',
        'podTemplate 0 in daemonSet 9-15',
        'container 0 in podTemplate 13-14',
        'volume 1 in podTemplate 15-15',
      ])
      const images: unknown[] = []
      visit(tree, 'container', (node) => void images.push(node.value.image, node.at('image')?.start.line))
      expect(images).toEqual(['good:1', 14])
    })

    it('can be inspected: without circles and without what is heavy', () => {
      const lines = inspectNoColor(tree).split('\n')
      expect(lines.filter((line) => / \(\d+:\d+-/.test(line))).toEqual([
        'root[1] (1:1-16:1, 0-289)',
        '│ └─0 comment " x" (14:25-14:28, 239-242)',
        '└─0 daemonSet<agent>[1] (1:1-15:46, 0-288)',
        '    └─0 podTemplate[2] (9:5-15:46, 126-288)',
        '        ├─0 container (13:11-14:24, 203-238)',
        '        └─1 volume (15:17-15:45, 259-287)',
      ])
      expect(lines.length).toBeLessThan(100)
    })

    it('has points that agree with the text', () => {
      const lines = text.split('\n')
      visit(tree, (node) => {
        for (const { line, column, offset } of [node.position!.start, node.position!.end]) {
          expect(lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0) + column - 1).toBe(offset)
        }
      })
    })
  })

  it('keeps what it does not change, to the byte', () => {
    const value = Buffer.from(`\uFEFF${daemonSet('image: good:1').replaceAll('\n', '\r\n')}`)
    expect(linter().processSync(new VFile({ value })).value).toEqual(value)
    const marked = new VFile({ value: Buffer.from(`\uFEFF${daemonSet()}`) })
    expect(linter().processSync(marked).value).toBe(`\uFEFF${daemonSet('image: good:1')}`)
    const wrong = Buffer.concat([Buffer.from(daemonSet()), Buffer.from([0x23, 0xff, 0x0a])])
    expect(linter().processSync(new VFile({ value: wrong })).value).toEqual(wrong)
  })

  it('keeps messages of others', () => {
    const processor = unified()
      .use(kubernetesParse)
      .use(() => (_tree, file) => void file.message('mine', { source: 'other' }))
      .use(kubernetesLint, config)
      .use(kubernetesFix)
    const { messages } = processor.processSync(daemonSet())
    expect(messages.map(({ source }) => source)).toEqual(['other', 'daemonlint'])
  })

  it('takes project, role and built-in rules from its data', () => {
    const lintWith = (data: object) => {
      const processor = unified()
        .data('daemonlint', data)
        .use(kubernetesParse)
        .use(kubernetesLint)
        .use(kubernetesFix)
      return processor.processSync(new VFile({ cwd: '/w', path: 'd/a.yaml', value: daemonSet() })).messages
    }
    expect(lintWith({})).toHaveLength(0)
    expect(lintWith({ builtin: toys }).map(({ ruleId }) => ruleId)).toEqual(['memory'])
    expect(lintWith({ builtin: toys, role: 'patch' })).toHaveLength(0)
    const asked = new Set<string>()
    const contextOf = (path: string) => {
      asked.add(path)
      return { role: 'patch' as const }
    }
    expect(lintWith({ builtin: toys, project: { contextOf } })).toHaveLength(0)
    expect([...asked]).toEqual(['/w/d/a.yaml'])
  })

  it('matches files from the working directory', () => {
    const files = [{ ignores: ['old/'] }, { ...config, files: ['d/*.yaml'] }]
    const processor = unified().use(kubernetesParse).use(kubernetesLint, files).use(kubernetesFix)
    const count = (path: string) =>
      processor.processSync(new VFile({ cwd: '/w', path, value: daemonSet() })).messages.length
    expect(
      ['d/a.yaml', './d/a.yaml', '/w/d/a.yaml', 'e/a.yaml', '/x/d/a.yaml', 'old/d/a.yaml'].map(count),
    ).toEqual([1, 1, 1, 0, 0, 0])
  })

  it('checks the options of rules first', async () => {
    const processor = (wanted: string) =>
      unified()
        .use(kubernetesParse)
        .use(kubernetesLint, { ...config, rules: { image: ['warn', { wanted }] } })
        .use(kubernetesFix)
    expect(String(await processor('best:1').process(daemonSet()))).toBe(daemonSet('image: best:1'))
    await expect(processor('worst').process(daemonSet())).rejects.toMatchObject({ name: 'ConfigError' })
  })

  it('checks options once for all files that a configuration serves', async () => {
    let compiled = 0
    const option = {
      get type() {
        compiled++
        return 'object'
      },
    }
    const image = { ...toys.rules!.image!, meta: { ...toys.rules!.image!.meta, schema: [option] } }
    const plugins = { daemonlint: { rules: { image } } }
    const processor = unified()
      .use(kubernetesParse)
      .use(kubernetesLint, { plugins, rules: { image: ['warn', { wanted: 'best:1' }] } })
      .use(kubernetesFix)
    await processor.process(daemonSet())
    const afterOne = compiled
    await processor.process(daemonSet())
    expect([afterOne > 0, compiled]).toEqual([true, afterOne])
  })

  it('fixes from what linting found, without linting the text again', () => {
    const seen: string[] = []
    const image: AnyRule = {
      ...toys.rules!.image!,
      create(context) {
        seen.push(context.root.text)
        return toys.rules!.image!.create(context)
      },
    }
    const processor = unified()
      .use(kubernetesParse)
      .use(kubernetesLint, { plugins: { daemonlint: { rules: { image } } }, rules: { image: 'warn' } })
      .use(kubernetesFix)
    const output = String(processor.processSync(daemonSet()))
    expect(output).toBe(daemonSet('image: good:1'))
    expect(seen).toEqual([daemonSet(), output])
    seen.length = 0
    processor.processSync(output)
    expect(seen).toEqual([output])
  })

  it('refuses a wrong configuration when it is frozen', () => {
    expect(() =>
      unified()
        .use(kubernetesLint, { rulez: {} } as object)
        .freeze(),
    ).toThrow("unknown key 'rulez'")
  })

  it('works without the linter, too', () => {
    expect(String(unified().use(kubernetesParse).use(kubernetesFix).processSync(daemonSet()))).toBe(
      daemonSet(),
    )
  })
})

describe('docs/unified.md', () => {
  const page = readFileSync(fileURLToPath(new URL('../../../docs/unified.md', import.meta.url)), 'utf8')
  const fence = (language: string) => new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(page)?.[1] ?? ''

  it('prints what it says', async () => {
    const source = fence('js').replace(/^import .*\n/gm, '')
    const printed: string[] = []
    const run = new Function(
      ...[
        'unified',
        'reporter',
        'VFile',
        'kubernetesParse',
        'kubernetesLint',
        'kubernetesFix',
        'defineRule',
        'print',
      ],
      `return (async () => { ${source.replaceAll('console.log', 'print')} })()`,
    )
    const { defineRule } = await import('../src/define.ts')
    await run(
      unified,
      reporter,
      VFile,
      kubernetesParse,
      kubernetesLint,
      kubernetesFix,
      defineRule,
      (text: unknown) => printed.push(String(text)),
    )
    expect(`${printed.join('\n').trimEnd()}\n`).toBe(fence('text'))
  })
})
