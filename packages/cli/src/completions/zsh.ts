import type { CompletedFlag, Grammar, Word } from './grammar.ts'
import type { Value } from './values.ts'

/** The script for zsh: a file `_daemonlint` of the `fpath`, or sourced. */
export function zshScript({ flags, commands, lists }: Grammar): string {
  return `#compdef daemonlint
# Completions of daemonlint for zsh. Made by: daemonlint completions zsh

${Object.entries(lists)
  .map(([name, words]) => describe(`_daemonlint_${name}`, name.replace(/s$/, ''), words))
  .join('\n')}
${describe('_daemonlint_commands', 'command', commands)}
# A rule and its severity: image-tag:error
_daemonlint_settings() {
  if compset -P '*:'; then compadd off info warn error; else _daemonlint_rules -S : -q; fi
}

# A format, perhaps with the file it goes to: json=report.json
_daemonlint_format_files() {
  if compset -P '*='; then _files; else _daemonlint_formats; fi
}

_daemonlint_refs() {
  local -a refs
  refs=(HEAD \${(f)"$(git for-each-ref --format='%(refname:short)' 2>/dev/null)"})
  compadd -a refs
}

_daemonlint_manifests() {
  _files -g '*.(yaml|yml|json)(-.)'
}

_daemonlint_start() {
  _alternative 'commands:command:_daemonlint_commands' 'files:file:_daemonlint_manifests'
}

_daemonlint() {
  local curcontext="$curcontext" state line ret=1
  local -A opt_args
  local -a specs
  specs=(
${specs(flags, '    ')}
  )
  # Its flags are its own.
  if [[ $words[2] == generate && CURRENT -gt 2 ]]; then
    state=rest line=(generate)
    shift words
    (( CURRENT-- ))
  else
    _arguments -C -S $specs '1:command or file:_daemonlint_start' '*:: :->rest' && ret=0
  fi
  [[ $state == rest ]] || return ret
  case $line[1] in
${commands
  .map(
    ({ name, arguments: values, flags, flagsAfter }) => `    ${name})
      specs=(
${specs(flags, '        ')}
      )${afterCase(flagsAfter)}
      _arguments -S $specs ${values.map((value, index) => quoted(`${index + 1}: :${action(value)}`)).join(' ')} && ret=0
      ;;`,
  )
  .join('\n')}
    *)
      _arguments -S $specs '*:file:_daemonlint_manifests' && ret=0
      ;;
  esac
  return ret
}

if [[ $funcstack[1] == _daemonlint ]]; then
  _daemonlint "$@"
else
  compdef _daemonlint daemonlint
fi
`
}

/** A function that offers words with what they mean; its arguments are for compadd. */
function describe(name: string, what: string, words: readonly Word[]): string {
  const items = words.map(({ name, help }) => {
    const word = name.replaceAll(':', '\\:')
    return `    ${quoted(help ? `${word}:${help}` : word)}`
  })
  return `${name}() {
  local -a words
  words=(
${items.join('\n')}
  )
  _describe -t ${what}s ${what} words "$@"
}
`
}

function specs(flags: readonly CompletedFlag[], indent: string): string {
  return flags
    .flatMap(({ names, help, value, multiple }) =>
      names.map((name) => {
        const others = multiple ? '*' : names.length > 1 ? `(${names.join(' ')})` : ''
        const sign = value ? (name.startsWith('--') ? '=' : '+') : ''
        const text = help.replace(/[\\[\]:]/g, (character) => `\\${character}`)
        const what = value ? `: :${action(value)}` : ''
        return `${indent}${quoted(`${others}${name}${sign}${text ? `[${text}]` : ''}${what}`)}`
      }),
    )
    .join('\n')
}

function afterCase(flagsAfter: Record<string, CompletedFlag[]>): string {
  const cases = Object.entries(flagsAfter)
    .filter(([, flags]) => flags.length > 0)
    .map(
      ([word, flags]) => `        ${word})
          specs+=(
${specs(flags, '            ')}
          )
          ;;`,
    )
  return cases.length === 0
    ? ''
    : `
      case $words[2] in
${cases.join('\n')}
      esac`
}

function action(value: Value): string {
  switch (value.kind) {
    case 'file':
      return '_files'
    case 'directory':
      return '_files -/'
    case 'ref':
      return '_daemonlint_refs'
    case 'words':
      return `(${value.words.join(' ')})`
    case 'list':
      if (value.follows === ':') return '_daemonlint_settings'
      return value.follows === '=' ? '_daemonlint_format_files' : `_daemonlint_${value.list}`
    default:
      return ' '
  }
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
