import { checkSetting } from './check-options.ts'
import { givenSettings } from './prepare-config.ts'
import type { ResolvedConfig } from './resolved.ts'

/**
 * Checks the settings of a configuration, for hosts that cannot wait and check the options of rules themselves. Loads
 * ajv.
 * @throws ConfigError that names the setting, and what is allowed
 */
export function checkSettings(config: ResolvedConfig): void {
  for (const [name, value, schema] of givenSettings(config)) checkSetting(name, value, schema)
}
