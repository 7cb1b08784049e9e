// npm start            installs, builds and lints the examples: a tour, which ends well whatever it finds
// npm start -- PATH…   lints those paths and exits as the command does
import './lib/check-node.mjs'
import { spawnSync } from 'node:child_process'
import { build, command, install, root, StepFailed, say } from './lib/workspace.mjs'

const args = process.argv.slice(2)
const tour = args.length === 0

try {
  install()
  build()
} catch (error) {
  if (!(error instanceof StepFailed)) throw error
  say(`${error.log.trimEnd()}\n\n${error.message}`)
  process.exit(2)
}

if (tour) say('Linting the files in examples/, most of them bad on purpose:')
const child = spawnSync(process.execPath, [command, ...(tour ? ['examples/*.yaml'] : args)], {
  cwd: tour ? root : standing(),
  stdio: 'inherit',
})
const status = child.status ?? 2
if (tour && status < 2) {
  say('That was a tour. examples/good and examples/bad hold whole agents, well made and as often found.')
  say('Lint your own manifests with: npm start -- PATH')
  process.exitCode = 0
} else {
  process.exitCode = status
}

/** Where the user stood: npm changes to the package's folder before it runs a script. */
function standing() {
  const { npm_lifecycle_event: event, INIT_CWD: folder } = process.env
  return event === 'start' && folder ? folder : process.cwd()
}
