import type { Config, Plugin, PresetName } from '@daemonlint/core'
import { presetRules } from './configs.generated.ts'
import { presets } from './presets.ts'
import { rules, version } from './rules.generated.ts'
import { settings } from './settings.ts'

/** The major version of the presets: what `recommended@1` names. */
const major = 1

type Named = PresetName | `${PresetName}@${typeof major}`

/**
 * The presets: `recommended` has few alarms, all worth acting on; `strict` holds it and more. Each is there by its name
 * alone, and with the major version that it is of.
 */
export const configs = Object.fromEntries(
  (Object.keys(presets) as PresetName[]).flatMap((name) =>
    [name, `${name}@${major}`].map((known) => [known, configOf(name, known)]),
  ),
) as Record<Named, Config>

function configOf(name: PresetName, known: string): Config {
  const { base } = presets[name]
  return { name: `daemonlint/${known}`, rules: { ...(base && presetRules[base]), ...presetRules[name] } }
}

/** The rules that come with daemonlint. Their ids have no prefix in a configuration. */
export const plugin = { meta: { name: 'daemonlint', version }, rules, configs, settings } satisfies Plugin
