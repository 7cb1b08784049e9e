import { ConfigError } from '@daemonlint/core'

/** What a configuration would run, in a folder that the person does not trust. `untrusted` tells it from a mistake. */
export function untrusted(what: string, filePath: string): ConfigError {
  const error = new ConfigError(`${what}, and this folder is not trusted, so that none of it is run.`, {
    filePath,
  })
  return Object.assign(error, { untrusted: true })
}

/** The first plugin that configurations name by a string, those that they extend included. */
export function namedPlugin(configs: unknown): string | undefined {
  if (Array.isArray(configs)) {
    for (const one of configs) {
      const found = namedPlugin(one)
      if (found !== undefined) return found
    }
    return undefined
  }
  if (typeof configs !== 'object' || configs === null) return undefined
  const { plugins, extends: bases } = configs as { plugins?: unknown; extends?: unknown }
  const named = Object.values(Object(plugins)).find((plugin) => typeof plugin === 'string')
  return (named as string | undefined) ?? namedPlugin(bases)
}
