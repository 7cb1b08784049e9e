/** With programs that only pretend to be helm and kustomize. */
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildKustomization, projectOfTexts, RenderError, renderChart } from '../../src/render/index.ts'
import { runProgram } from '../../src/render/program.ts'

let cwd: string
const path = process.env.PATH

beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'daemonlint-render-')))
  mkdirSync(join(cwd, 'bin'))
  process.env.PATH = join(cwd, 'bin')
})

afterEach(() => {
  process.env.PATH = path
  rmSync(cwd, { recursive: true, force: true })
})

function write(name: string, text: string) {
  mkdirSync(dirname(join(cwd, name)), { recursive: true })
  writeFileSync(join(cwd, name), text)
}

/** A program that runs some JavaScript. */
function program(name: string, code: string) {
  write(`bin/${name}`, `#!${process.execPath}\n${code}\n`)
  chmodSync(join(cwd, 'bin', name), 0o755)
}

const options = { values: [], set: [] }
const prints = (text: string) => `process.stdout.write(${JSON.stringify(text)})`

describe.skipIf(process.platform === 'win32')('helm', () => {
  it('is told what the person says, and nothing through a shell', () => {
    program('helm', 'console.log("---\\n# Source: x/a.yaml\\n" + JSON.stringify(process.argv.slice(2)))')
    const [{ text } = { text: '' }] = renderChart(
      'my chart; rm -rf $HOME',
      {
        values: ['a.yaml', 'b c.yaml'],
        set: ['image.tag=$(id)'],
        release: 'mine',
        namespace: 'logging',
        kubernetesVersion: '1.31',
      },
      cwd,
    )
    expect(JSON.parse(text.split('\n')[2]!)).toEqual(
      ['template', '--values', 'a.yaml', '--values', 'b c.yaml', '--set', 'image.tag=$(id)'].concat([
        '--namespace',
        'logging',
        '--kube-version',
        '1.31',
        '--',
        'mine',
        'my chart; rm -rf $HOME',
      ]),
    )
  })

  it('is read by the templates that it names', () => {
    const output = [
      '---\n# Source: demo/templates/ds.yaml\nkind: A\n',
      '---\n# Source: demo/charts/sub/templates/x.yaml\nkind: B\n',
      '---\n# Source: demo/templates/ds.yaml\nkind: C',
      '\n---\n# Source: demo/../../secret.yaml\nkind: D\n',
    ]
    program('helm', prints(output.join('')))
    write('chart/templates/ds.yaml', 'the template')
    write('secret.yaml', 'not of the chart')
    expect(renderChart('chart', options, cwd)).toEqual([
      {
        name: 'templates/ds.yaml',
        text: `${output[0]}${output[2]}\n`,
        template: { filePath: join(cwd, 'chart/templates/ds.yaml'), text: 'the template' },
      },
      { name: 'charts/sub/templates/x.yaml', text: output[1], template: undefined },
      { name: '../../secret.yaml', text: output[3]!.slice(1), template: undefined },
    ])
  })

  it('may say no, which is told in short', () => {
    program('helm', `console.error('WARNING: old\\nError: no chart\\n  here'); process.exit(1)`)
    expect(() => renderChart('x', options, cwd)).toThrow(new RenderError('helm: no chart here'))
  })

  it('may be missing', () => {
    expect(() => renderChart('x', options, cwd)).toThrow(/^helm is not installed, or not in PATH/)
  })
})

describe.skipIf(process.platform === 'win32')('kustomize', () => {
  it('is kustomize, or else that of kubectl', () => {
    const echo = 'process.stdout.write(process.argv.slice(1).join(" ").replace(/.*bin./, ""))'
    program('kubectl', echo)
    expect(buildKustomization('my overlay', cwd)).toBe('kubectl kustomize -- my overlay')
    program('kustomize', echo)
    expect(buildKustomization('my overlay', cwd)).toBe('kustomize build -- my overlay')
  })

  it('may be missing', () => {
    expect(() => buildKustomization('x', cwd)).toThrow(/^neither kustomize nor kubectl is installed/)
  })
})

describe.skipIf(process.platform === 'win32')('a program', () => {
  it('may not take for ever, nor print without end', () => {
    program('slow', 'setTimeout(() => {}, 60000)')
    expect(() => runProgram('slow', [], cwd, { timeout: 500 })).toThrow('slow took longer than 0.5 s.')
    program('loud', 'process.stdout.write("x".repeat(3 << 20))')
    expect(() => runProgram('loud', [], cwd, { maxBuffer: 2 ** 20 })).toThrow('loud prints more than 1 MiB.')
  })

  it('may not be one', () => {
    write('bin/plain', 'no program')
    expect(() => runProgram('plain', [], cwd)).toThrow(/^plain cannot be run: .*EACCES/)
  })

  it('may fail without a word', () => {
    program('mute', 'process.exit(3)')
    expect(() => runProgram('mute', [], cwd)).toThrow('mute: it ended with 3')
  })
})

it('surrounds a text by those that are rendered with it', () => {
  const service = (name: string) => `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\n`
  const project = projectOfTexts(
    new Map([
      ['/a', service('a')],
      ['/b', service('b')],
    ]),
  )
  const clusters = { basePath: undefined, globs: {} }
  const names = (path: string) =>
    project.resources!(path, { kinds: ['Service'] }, clusters).map(({ manifest }) => manifest.name)
  expect(names('/a')).toEqual(['b'])
  expect(project.mayHold!('/a', 'Service', clusters)).toBe(true)
  expect(project.mayHold!('/a', 'Role', clusters)).toBe(false)
})
