import type { Config, Plugin } from '@daemonlint/core'
import { recommended, strict } from './configs.generated.ts'
import { rules, version } from './rules.generated.ts'

/** The presets: `recommended` has few alarms, all worth acting on; `strict` holds it and more. */
export const configs: { recommended: Config; strict: Config } = { recommended, strict }

/** The rules that come with daemonlint. Their ids have no prefix in a configuration. */
export const plugin = { meta: { name: 'daemonlint', version }, rules, configs } satisfies Plugin
