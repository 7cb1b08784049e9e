// npm runs this when this folder is to be a package, for example of a pre-commit hook: the bundle is not in git.
import './lib/check-node.mjs'
import { rmSync } from 'node:fs'
import { join, sep } from 'node:path'
import { build, installFor, isInstalled, root, StepFailed, say } from './lib/workspace.mjs'

/** pnpm installs a workspace to work in, and what is packed there is packed by itself. */
const isPnpm = process.env.npm_config_user_agent?.startsWith('pnpm/')
/** A clone that npm made to pack it. npm often leaves it behind, so what only the build needs goes at once: 240 MB. */
const isOfNpm = root.includes(`${sep}_cacache${sep}tmp${sep}`)

if (!isPnpm) {
  try {
    if (!isInstalled()) installFor('daemonlint')
    build()
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error
    say(`${error.log.trimEnd()}\n\n${error.message}`)
    process.exit(2)
  }
  if (isOfNpm) rmSync(join(root, 'node_modules'), { recursive: true })
}
