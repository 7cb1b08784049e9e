import { formatters, kubernetesVersions } from '@daemonlint/core'
import { rules } from '@daemonlint/rules'
import { answerFlags, type Flag as GeneratorFlag, ownFlags, presets } from 'create-daemonset/tables'
import { type Flag, flagGroups, subcommands } from '../flags.ts'
import { pageIds } from '../pages.ts'
import { argumentsOf, flagsAmong, type List, type Value, valueFor } from './values.ts'

/** All that may be typed, for the scripts that complete it. */
export interface Grammar {
  /** Of linting. */
  flags: CompletedFlag[]
  commands: CompletedCommand[]
  lists: Record<List, Word[]>
}

export interface CompletedFlag {
  /** As typed: `--config`, `-c`. */
  names: string[]
  help: string
  /** Without one, it is a switch. */
  value?: Value
  multiple: boolean
}

export interface CompletedCommand extends Word {
  arguments: Value[]
  flags: CompletedFlag[]
  /** More flags where the first argument is a certain word. */
  flagsAfter: Record<string, CompletedFlag[]>
}

export interface Word {
  name: string
  help: string
}

/** Puts together the tables that the help is made of. */
export function grammar(): Grammar {
  const flags = flagGroups.flatMap((group) => group.flags.map(completedFlag))
  return {
    flags,
    commands: subcommands.map(({ name, help, value, flags: names = [] }) => ({
      name,
      help,
      arguments: argumentsOf(value),
      flags: [
        ...flagsAmong(value).map((flag) => ({ names: [flag], help: '', multiple: false })),
        ...flags.filter((flag) => [...names, 'help'].some((own) => flag.names.includes(`--${own}`))),
      ],
      flagsAfter: {},
      ...(name === 'generate' && generatorFlags()),
    })),
    lists: {
      formats: Object.keys(formatters).map(bare),
      findings: pageIds().map((name) => ({ name, help: helpOfRule(name) })),
      rules: Object.keys(rules).map((name) => ({ name, help: helpOfRule(name) })),
      presets: presets.map(({ name, summary }) => ({ name, help: plain(summary) })),
      versions: kubernetesVersions.map(bare),
    },
  }
}

/** Its own flags, and those of each preset; what all presets ask alike is among its own. */
function generatorFlags(): Pick<CompletedCommand, 'flags' | 'flagsAfter'> {
  const byPreset = presets.map((preset) => [preset.name, answerFlags(preset)] as const)
  const same = (a: GeneratorFlag) => (b: GeneratorFlag) => a.name === b.name && a.value === b.value
  const [[, first] = ['', []]] = byPreset
  const common = first.filter((flag) => byPreset.every(([, flags]) => flags.some(same(flag))))
  const isCommon = (flag: GeneratorFlag) => common.some(same(flag))
  return {
    flags: [...ownFlags, ...common].map(completedFlag),
    flagsAfter: Object.fromEntries(
      byPreset.map(([name, flags]) => [name, flags.filter((flag) => !isCommon(flag)).map(completedFlag)]),
    ),
  }
}

function completedFlag({ name, short, value, completes, multiple = false, help }: Flag): CompletedFlag {
  return {
    names: [`--${name}`, ...(short ? [`-${short}`] : [])],
    help: plain(help),
    ...(value && { value: valueFor(value, completes) }),
    multiple,
  }
}

const helpOfRule = (id: string) => plain(rules[id]?.meta.docs.description ?? '')

const bare = (name: string): Word => ({ name, help: '' })

/** On one line, without the marks of Markdown. */
const plain = (text: string) => text.replaceAll('`', '').replace(/\s+/g, ' ').trim()
