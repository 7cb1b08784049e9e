// npm runs this when this folder is to be a package, for example of a pre-commit hook: the bundle is not in git.
import './lib/check-node.mjs'
import { build, installFor, isInstalled, StepFailed, say } from './lib/workspace.mjs'

/** pnpm installs a workspace to work in, and what is packed there is packed by itself. */
const isPnpm = process.env.npm_config_user_agent?.startsWith('pnpm/')

if (!isPnpm) {
  try {
    if (!isInstalled()) installFor('daemonlint')
    build()
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error
    say(`${error.log.trimEnd()}\n\n${error.message}`)
    process.exit(2)
  }
}
