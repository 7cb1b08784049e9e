import { type ConfigLookup, createConfigLookup, type Listings } from '@daemonlint/node'
import builtin from '@daemonlint/rules'
import { whileLoading } from './guard.ts'
import type { Options } from './options.ts'
import { overridesOf } from './overrides.ts'
import { ownCopies } from './own-copies.ts'

/** The configurations that the arguments choose. */
export function createLookup(options: Options, cwd: string, listings?: Listings): ConfigLookup {
  return createConfigLookup({
    cwd,
    configPath: options.config,
    lookup: options.configLookup,
    builtin,
    overrides: overridesOf(options),
    ownCopies,
    whileLoading,
    ...(listings && { listings }),
  })
}
