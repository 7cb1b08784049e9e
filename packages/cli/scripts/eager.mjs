// The lexer and the parser of `yaml` are generators all the way down: each of some ten tokens a line passes through
// several of them. In the bundle their inner methods are plain ones that gather what they made, and only the outermost
// hand it out. A run over many files takes an eighth less time for it.
import { readFile } from 'node:fs/promises'

const classes = {
  lexer: {
    // Hands out what each step made; `yaml` goes from step to step here.
    outer: [
      [
        '            next = yield* this.parseNext(next);\n',
        '            { next = this.parseNext(next); yield* this.take(); }\n',
      ],
      // Never runs, for want of a `yield*`; as a plain call it would.
      ['            this.pushNewline();\n', ''],
    ],
    kept: ['lex'],
  },
  parser: {
    outer: [
      [
        '    *next(source) {\n',
        '    next(source) { this.advance(source); return this.take(); }\n    *advance(source) {\n',
      ],
      ['    *end() {\n', '    end() { this.finish(); return this.take(); }\n    *finish() {\n'],
    ],
    kept: ['parse'],
  },
}

const take = `
    made = [];
    take() {
        const made = this.made;
        if (made.length > 0) this.made = [];
        return made;
    }
`

export const eager = {
  name: 'eager',
  setup(build) {
    build.onLoad(
      { filter: /[\\/]yaml[\\/]browser[\\/]dist[\\/]parse[\\/](lexer|parser)\.js$/ },
      async ({ path }) => {
        const { outer, kept } = classes[path.endsWith('lexer.js') ? 'lexer' : 'parser']
        return { contents: rewrite(await readFile(path, 'utf8'), outer, kept, path) }
      },
    )
  },
}

function rewrite(source, outer, kept, path) {
  let text = source
  for (const [before, after] of [...outer, [/^class \w+ \{$/m, (line) => line + take]]) {
    if (text.split(before).length !== 2) throw new Error(`${path} is not what scripts/eager.mjs expects`)
    text = text.replace(before, after)
  }
  // One method at a time: from the line that begins it to its closing brace.
  return text.replace(/^ {4}\*(\w+)\(.*\) \{\n[\s\S]*?^ {4}\}$/gm, (method, name) =>
    kept.includes(name)
      ? method
      : method
          .replace('*', '')
          .replaceAll('yield* ', '')
          .replace(/yield ([^;]+);/g, 'this.made.push($1);'),
  )
}
