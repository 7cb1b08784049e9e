import { run } from './run.ts'

declare const CREATE_DAEMONSET_VERSION: string

process.exitCode = 2
// The reader went away (`| head`): there is nobody left to tell.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}
run(process.argv.slice(2), {
  program: programOf(process.env.npm_config_user_agent),
  version: CREATE_DAEMONSET_VERSION,
  cwd: process.cwd(),
  isInteractive: process.stdin.isTTY === true && process.stdout.isTTY === true,
  print: (text) => process.stdout.write(text),
  say: (text) => process.stderr.write(`${text}\n`),
  lint: async (files, cwd) => (await import('../lint.ts')).lintFiles(files, cwd),
}).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    const { name, message, stack } = error as Error
    if (name === 'ScaffoldError') process.stderr.write(`create-daemonset: ${message}\n`)
    else
      process.stderr.write(
        process.env.DAEMONLINT_DEBUG
          ? `${stack}\n`
          : `create-daemonset crashed: ${message}\nDAEMONLINT_DEBUG=1 prints where.\n`,
      )
  },
)

/** How a person would call it again: by npx, or by the package manager that started it. */
function programOf(agent = ''): string {
  const [manager = ''] = agent.split('/')
  return (
    {
      npm: 'npx create-daemonset',
      pnpm: 'pnpm create daemonset',
      yarn: 'yarn create daemonset',
      bun: 'bunx create-daemonset',
    }[manager] ?? 'create-daemonset'
  )
}
