// Shell scripts of any preset: files of its ConfigMap, and what is given to a shell as one argument.
const shells = /^(\/usr)?(\/bin\/)?(sh|bash)$/

export const shellChecks = [
  {
    program: 'sh',
    how: 'sh -n, bash -n',
    proves: 'The syntax of every script.',
    spoil: [{ script: 'if true; then' }],
    check: (pod, { run }) =>
      every(pod, ({ shell, text }) => run(['-c', `exec ${shell} -n`], { input: text })),
  },
  {
    program: 'shellcheck',
    version: ['--version'],
    how: 'shellcheck',
    proves: 'No known mistake in any script.',
    spoil: [{ script: 'rm $1' }],
    check: (pod, { run }) => every(pod, ({ shell, text }) => run([`--shell=${shell}`, '-'], { input: text })),
  },
]

async function every({ containers, files }, read) {
  const scripts = [...scriptsIn(files), ...[...containers.values()].flatMap(({ object }) => linesOf(object))]
  if (scripts.length === 0) return null
  for (const script of scripts) {
    const { status, output } = await read(script)
    if (status !== 0) return `${script.name}: ${output}`
  }
}

function scriptsIn(files) {
  return Object.entries(files).flatMap(([name, text]) => {
    const shell = /^#!\/bin\/(sh|bash)\n/.exec(text)?.[1]
    return shell ? [{ name, shell, text }] : []
  })
}

function linesOf({ name, command = [], args = [], lifecycle, ...one }) {
  const hooks = [
    lifecycle?.preStop,
    lifecycle?.postStart,
    one.livenessProbe,
    one.readinessProbe,
    one.startupProbe,
  ]
  const commands = [[...command, ...args], ...hooks.map((hook) => hook?.exec?.command ?? [])]
  return commands.flatMap(([shell, flag, text]) => {
    const known = shells.exec(shell ?? '')?.[3]
    return known && flag === '-c' ? [{ name: `a command of ${name}`, shell: known, text }] : []
  })
}
