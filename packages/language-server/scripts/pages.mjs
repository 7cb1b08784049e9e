// The pages of the rules, one file each, so that what needs one reads one, and an editor can open it.
//   writePages(folder)    writes them, and nothing else is left there
// Run as a program it writes to the folder that it is given, or to dist/pages.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const own = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const docs = join(own, '..', '..', 'docs', 'rules')

/** @param {string} folder absolute; `image-tag.md`, `api-server/unknown-field.md` */
export function writePages(folder) {
  const names = existsSync(docs) ? readdirSync(docs, { recursive: true }).filter(isPage) : []
  rmSync(folder, { recursive: true, force: true })
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    const page = readFileSync(join(docs, name), 'utf8').replaceAll('\r\n', '\n')
    writeFileSync(join(folder, name), withLinksWithin(page, dirname(name), names))
  }
}

function isPage(name) {
  return name.endsWith('.md') && basename(name) !== 'README.md'
}

/** Links to what is not packed become text. */
function withLinksWithin(page, folder, names) {
  return page.replace(/\[([^\]]+)\]\((?!https?:)([^)#]*)[^)]*\)/g, (link, text, target) =>
    names.includes(join(folder, target)) ? link : text,
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writePages(resolve(process.argv[2] ?? join(own, 'dist', 'pages')))
}
