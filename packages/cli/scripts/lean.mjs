// Parts of vfile-reporter that would cost a tenth of the time of a short run, and what takes their place. The report
// is the same: it is told whether to colour, aligns nothing but ASCII, and gets its findings in order.
import { readFile } from 'node:fs/promises'

const replacements = {
  // Loads node:tty and node:net to find out what it is told anyway.
  'supports-color': 'export default { stderr: { hasBasic: false } }',
  // Segments every cell by Intl and a table of emoji; only positions and severities are aligned.
  'string-width': `
    const ansi = /\\u001b\\[[0-9;]*m/g
    export default (text) => text.replace(ansi, '').length`,
}

/** The first use of `localeCompare` loads collation tables; its order would also differ from machine to machine. */
const collation = "String(a[field] || '').localeCompare(String(b[field] || ''))"
const codeUnits = "((x, y) => (x < y ? -1 : x > y ? 1 : 0))(String(a[field] || ''), String(b[field] || ''))"

export const lean = {
  name: 'lean',
  setup(build) {
    build.onResolve({ filter: /^(supports-color|string-width)$/ }, ({ path }) => ({
      path,
      namespace: 'lean',
    }))
    build.onLoad({ filter: /./, namespace: 'lean' }, ({ path }) => ({ contents: replacements[path] }))
    build.onLoad({ filter: /[\\/]vfile-sort[\\/]lib[\\/]index\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      if (!source.includes(collation)) throw new Error(`${path} is not what scripts/lean.mjs expects`)
      return { contents: source.replace(collation, codeUnits) }
    })
  },
}
