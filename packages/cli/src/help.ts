import { formatters } from '@daemonlint/core'
import { flagGroups, subcommands } from './flags.ts'

/** The text of --help. */
export function helpText(): string {
  const rows = flagGroups.flatMap(({ title, flags }) => [
    { title, name: '', help: '' },
    ...flags
      .filter(({ help }) => help !== '')
      .map(({ name, short, value, help }) => ({
        title: '',
        name: `${short ? `-${short}, ` : '    '}--${name}${value ? ` ${value}` : ''}`,
        help,
      })),
  ])
  const commands = subcommands.map(({ name, value, help }) => ({
    name: `${name}${value ? ` ${value}` : ''}`,
    help,
  }))
  const width = 38
  const line = (name: string, help: string) =>
    `  ${name.length < width ? name.padEnd(width) : `${name}\n${' '.repeat(width + 2)}`}${help}`
  return [
    'Lints Kubernetes DaemonSets: what the API server would refuse, and what goes wrong on nodes.',
    '',
    'Usage: daemonlint [paths or globs …] [flags]',
    ...commands.map(({ name }) => `       daemonlint ${name}`),
    '',
    'Directories are searched for .yaml, .yml and .json files; without a path, the current one.',
    '',
    'Commands:',
    ...commands.map(({ name, help }) => line(name, help)),
    ...rows.map(({ title, name, help }) => (title ? `\n${title}:` : line(name, help))),
    '',
    'Formats:',
    ...Object.entries(formatters).map(([name, { description }]) => line(name, description)),
    '',
    'Exit codes: 0 no errors; 1 errors, or more warnings than --max-warnings; 2 misuse, a broken',
    'configuration, or nothing to check in what was named.',
    '',
  ].join('\n')
}
