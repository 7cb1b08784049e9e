import type { CompletedFlag, Grammar } from './grammar.ts'
import type { Value } from './values.ts'

/** The script for bash, 3.2 (as on macOS) and later. */
export function bashScript({ flags, commands, lists }: Grammar): string {
  const cases = commands.map(
    ({ name, flags, flagsAfter, arguments: values }) => `    ${name})
      ${assignments(flags, values)}${flagsAfterCase(flagsAfter)}
      ;;`,
  )
  return `# Completions of daemonlint for bash. Made by: daemonlint completions bash

${Object.entries(lists)
  .map(([name, words]) => `_daemonlint_${name}=${quoted(words.map((word) => word.name).join(' '))}`)
  .join('\n')}

# What may be typed after a command, into \`flags\` (each with what its value is) and \`arguments\`.
# $1: the command; $2: its first argument
_daemonlint_grammar() {
  case $1 in
${cases.join('\n')}
    *)
      ${assignments(flags, [])}
      ;;
  esac
}

# Sets \`kind\`: what the value of the flag $1 is, '' where it has none.
_daemonlint_kind() {
  local entry
  kind=
  for entry in "\${flags[@]}"; do
    [[ \${entry%% *} == "$1" && $entry == *' '* ]] && kind=\${entry#* }
  done
}

# Offers what begins with $1 of the words that follow.
_daemonlint_offer() {
  local typed=$1 word
  shift
  for word in "$@"; do
    [[ $word == "$typed"* ]] && COMPREPLY+=("$word")
  done
}

_daemonlint_files() {
  # The shell's own completion of files knows of quotes, spaces and ~; before bash 4 it follows by itself.
  compopt -o default 2>/dev/null
}

# Offers values of the kind $1 that begin with $2.
_daemonlint_value() {
  local list
  case $1 in
    any) ;;
    file) _daemonlint_files ;;
    directory) compopt -o dirnames 2>/dev/null ;;
    ref)
      # A name may hold what means something to the shell.
      for list in HEAD $(git for-each-ref --format='%(refname:short)' 2>/dev/null); do
        [[ $list == "$2"* ]] && printf -v list %q "$list" && COMPREPLY+=("$list")
      done
      ;;
    list:*)
      list=_daemonlint_\${1#list:}
      _daemonlint_offer "$2" \${!list}
      ;;
    then-file:*)
      if [[ $2 == *=* ]]; then _daemonlint_files; else _daemonlint_value "list:\${1#*:}" "$2"; fi
      ;;
    then-severity:*)
      if [[ $2 == *:* ]]; then
        _daemonlint_offer "$2" "\${2%%:*}:off" "\${2%%:*}:info" "\${2%%:*}:warn" "\${2%%:*}:error"
      else
        _daemonlint_value "list:\${1#*:}" "$2"
        COMPREPLY=("\${COMPREPLY[@]/%/:}")
        compopt -o nospace 2>/dev/null
      fi
      ;;
    *) _daemonlint_offer "$2" $1 ;;
  esac
}

_daemonlint() {
  local IFS=$' \\t\\n'
  local words=() count=0 index word joins= cur command= argument= position=0 kind= ended= quoted= flags arguments
  COMPREPLY=()
  compopt +o default 2>/dev/null
  # Bash parts words at \`=\` and \`:\` as well; here they are one again.
  for ((index = 0; index <= COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    if [[ $count -gt 0 && ( -n $joins || $word == [=:]* ) ]]; then
      words[count - 1]+=$word
    else
      words[count++]=$word
    fi
    joins=
    [[ $word == [=:] ]] && joins=1
  done
  cur=\${words[count - 1]}
  # A quote that was begun is not part of the value; within it, words are not parted.
  [[ $cur == [\\"\\']* ]] && quoted=1
  cur=\${cur#[\\"\\']}
  _daemonlint_grammar ''
  for ((index = 1; index < count - 1; index++)); do
    word=\${words[index]}
    if [[ -n $kind ]]; then
      kind=
    elif [[ $word == -- ]]; then
      ended=1
    elif [[ $word == --*=* || -n $ended ]]; then
      [[ $word == --*=* && -z $ended ]] || position=$((position + 1))
    elif [[ $word == -* ]]; then
      _daemonlint_kind "$word"
    else
      if [[ $position -eq 0 && -z $command ]]; then
        case " ${commands.map(({ name }) => name).join(' ')} " in
          *" $word "*) command=$word ;;
          *) position=1 ;;
        esac
      else
        [[ $position -eq 0 ]] && argument=$word
        position=$((position + 1))
      fi
      _daemonlint_grammar "$command" "$argument"
    fi
  done
  if [[ -n $kind ]]; then
    _daemonlint_value "$kind" "$cur"
  elif [[ -z $ended && $cur == --*=* ]]; then
    _daemonlint_kind "\${cur%%=*}"
    word=\${cur%%=*}=
    cur=\${cur#*=}
    [[ -n $kind ]] && _daemonlint_value "$kind" "$cur"
    if [[ $COMP_WORDBREAKS != *=* ]]; then COMPREPLY=("\${COMPREPLY[@]/#/$word}"); fi
  elif [[ -z $ended && $cur == -* ]]; then
    _daemonlint_offer "$cur" "\${flags[@]%% *}"
  elif [[ -n $command ]]; then
    [[ -n \${arguments[position]} ]] && _daemonlint_value "\${arguments[position]}" "$cur"
  else
    [[ $position -eq 0 && -z $ended ]] && _daemonlint_offer "$cur" ${commands.map(({ name }) => name).join(' ')}
    if [[ \${#COMPREPLY[@]} -eq 0 ]]; then
      _daemonlint_files
    else
      while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$cur")
      compopt -o filenames 2>/dev/null
    fi
  fi
  # Only what follows the last of them takes the place of what was typed.
  if [[ -z $quoted && $cur == *:* && $COMP_WORDBREAKS == *:* ]]; then
    word=\${cur%"\${cur##*:}"}
    COMPREPLY=("\${COMPREPLY[@]#"$word"}")
  fi
}

complete -o default -F _daemonlint daemonlint
`
}

function assignments(flags: CompletedFlag[], values: Value[]): string {
  return `flags=(${flags.flatMap(entries).join(' ')})
      arguments=(${values.map((value) => quoted(kindOf(value))).join(' ')})`
}

function flagsAfterCase(flagsAfter: Record<string, CompletedFlag[]>): string {
  const all = Object.entries(flagsAfter)
  if (all.length === 0) return ''
  const cases = all.map(([word, flags]) => `        ${word}) flags+=(${flags.flatMap(entries).join(' ')}) ;;`)
  return `
      case $2 in
${cases.join('\n')}
      esac`
}

/** `--config file`, `-c file`, `--fix`. */
function entries({ names, value }: CompletedFlag): string[] {
  return names.map((name) => quoted(value ? `${name} ${kindOf(value)}` : name))
}

function kindOf(value: Value): string {
  if (value.kind === 'words') return value.words.join(' ')
  if (value.kind !== 'list') return value.kind
  return `${value.follows === '=' ? 'then-file' : value.follows === ':' ? 'then-severity' : 'list'}:${value.list}`
}

/** In single quotes, where there is need of them. */
function quoted(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
