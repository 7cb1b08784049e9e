import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { beforeAll, describe, expect, it } from 'vitest'
import * as yaml from 'yaml'

const script = join(import.meta.dirname, '../../scripts/eager.mjs')
const { eager } = (await import(/* @vite-ignore */ script)) as { eager: Plugin }

const examples = join(import.meta.dirname, '../../../../examples')
const files = readdirSync(examples).filter((name) => name.endsWith('.yaml'))

/** What a person may write, and what no parser takes. */
const texts = [
  '',
  'a: 1',
  '\ufeff# comment\n%YAML 1.1 # why\n---\na: b\n...\nafter: end\n--- text\n',
  '{ a: [1, "two", {b: c}], ? d : e, f }\n',
  'a: {b: 1\nc: 2\n',
  "a: \"x\\\n  y\"\nb: 'it''s'\nc: \"open\n",
  'script: |-2\n    one\n\n   two\nfolded: >+\n  a\n\n\nnext: !!str 1\n',
  'a: &x 1\nb: *x\n<<: *x\n? [complex, key]\n: - v\n  -\n',
  '- a\n-\tb\n\t- c\n - d\n]\n',
  'a: b: c\r\n  d\r\ne: @x\n"k" : %y\n',
]

type Yaml = Pick<typeof yaml, 'Lexer' | 'Parser'>

describe('the lexer and the parser of the bundle', () => {
  let bundled: Yaml

  beforeAll(async () => {
    const folder = dirname(createRequire(import.meta.url).resolve('yaml/package.json'))
    const { outputFiles } = await build({
      entryPoints: [join(folder, 'browser', 'dist', 'index.js')],
      bundle: true,
      format: 'esm',
      write: false,
      plugins: [eager],
    })
    bundled = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0]!.text)}`)
  })

  const lexemes = ({ Lexer }: Yaml, text: string) => [...new Lexer().lex(text)]
  const tokens = ({ Parser }: Yaml, text: string) => [...new Parser().parse(text)]

  it.each([...texts, ...files])('make what those of yaml make: %j', (name) => {
    const text = files.includes(name) ? readFileSync(join(examples, name), 'utf8') : name
    expect(lexemes(bundled, text)).toEqual(lexemes(yaml, text))
    expect(tokens(bundled, text)).toEqual(tokens(yaml, text))
  })

  it('are plain methods inside', () => {
    const { parseDocument } = bundled.Lexer.prototype as unknown as { parseDocument: () => unknown }
    expect(parseDocument.constructor).toBe(Function)
  })
})
