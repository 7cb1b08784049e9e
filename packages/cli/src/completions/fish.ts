import type { CompletedFlag, Grammar, Word } from './grammar.ts'
import type { Value } from './values.ts'

/** The script for fish. */
export function fishScript({ flags, commands, lists }: Grammar): string {
  const names = commands.map(({ name }) => name).join(' ')
  const allFlags = [
    flags,
    ...commands.flatMap((command) => [command.flags, ...Object.values(command.flagsAfter)]),
  ]
  const valued = new Set(allFlags.flat().flatMap(({ names, value }) => (value ? names : [])))
  const linting = `not __fish_seen_subcommand_from ${names}`
  return `# Completions of daemonlint for fish. Made by: daemonlint completions fish

${Object.entries(lists)
  .map(
    ([name, words]) => `function __daemonlint_${name}
    printf '%s\\n' ${words.map(item).join(' ')}
end
`,
  )
  .join('\n')}
function __daemonlint_settings
    for rule in (__daemonlint_rules)
        set -l parts (string split -m 1 \\t -- $rule)
        for severity in off info warn error
            printf '%s:%s\\t%s\\n' $parts[1] $severity "$parts[2]"
        end
    end
end

function __daemonlint_refs
    echo HEAD
    git for-each-ref --format='%(refname:short)' 2>/dev/null
end

# True where $argv[1] arguments are complete, the command among them.
function __daemonlint_typed
    set -l count 0
    set -l isValue 0
    for word in (commandline -opc)[2..-1]
        if test $isValue = 1
            set isValue 0
        else if contains -- $word ${[...valued].join(' ')}
            set isValue 1
        else if not string match -q -- '-*' $word
            set count (math $count + 1)
        end
    end
    test $count -eq $argv[1]
end

${commands.map(({ name, help }) => complete(`-n ${quoted(linting)} -a ${name}`, help)).join('\n')}
${flags.map((flag) => completeFlag(linting, flag)).join('\n')}
${commands
  .map(({ name, arguments: values, flags, flagsAfter }) => {
    const isIt = `__fish_seen_subcommand_from ${name}`
    return [
      `complete -c daemonlint -n ${quoted(isIt)} -f`,
      ...values.map((value, index) =>
        complete(`-n ${quoted(`${isIt}; and __daemonlint_typed ${index + 1}`)}${offer(value)}`, ''),
      ),
      ...flags.map((flag) => completeFlag(isIt, flag)),
      ...Object.entries(flagsAfter).flatMap(([word, more]) =>
        more.map((flag) => completeFlag(`${isIt}; and __fish_seen_subcommand_from ${word}`, flag)),
      ),
    ].join('\n')
  })
  .join('\n')}
`
}

function completeFlag(condition: string, { names, help, value }: CompletedFlag): string {
  const options = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`))
  return complete(`-n ${quoted(condition)} ${options.join(' ')}${value ? ` -r${offer(value)}` : ''}`, help)
}

function complete(what: string, help: string): string {
  return `complete -c daemonlint ${what}${help ? ` -d ${quoted(help)}` : ''}`
}

function offer(value: Value): string {
  switch (value.kind) {
    case 'file':
      return ' -F'
    case 'directory':
      return ` -f -a '(__fish_complete_directories)'`
    case 'ref':
      return ` -f -a '(__daemonlint_refs)'`
    case 'words':
      return ` -f -a ${quoted(value.words.join(' '))}`
    case 'list':
      // After the \`=\` that may follow a format stands a file, which fish completes by itself.
      return value.follows === ':'
        ? ` -f -a '(__daemonlint_settings)'`
        : ` -f -a '(__daemonlint_${value.list})'`
    default:
      return ' -f'
  }
}

const item = ({ name, help }: Word) => (help ? `${quoted(name)}\\t${quoted(help)}` : quoted(name))

const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", `\\'`)}'`
