import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { OwnCopies } from '@daemonlint/node'

const files = {
  daemonlint: 'daemonlint',
  '@daemonlint/core': 'core',
  '@daemonlint/core/define': 'define',
  '@daemonlint/core/rule-tester': 'rule-tester',
  '@daemonlint/core/text': 'text',
  '@daemonlint/rules': 'rules',
  '@daemonlint/node': 'node',
}

/** What the build puts into dist/lib: it serves configurations that import it where nothing is installed. */
export const ownCopies: OwnCopies = Object.fromEntries(
  Object.entries(files).map(([specifier, name]) => [
    specifier,
    pathToFileURL(join(import.meta.dirname, 'lib', `${name}.js`)).href,
  ]),
)
