import { prepareConfig, type ResolvedConfig } from '@daemonlint/core'
import type { ConfigLookup } from '@daemonlint/node'

/**
 * Checks the options of rules.
 * @param folder the folder of a file that the configuration holds for
 * @throws an error named ConfigError that says in which file they stand
 */
export async function prepare(config: ResolvedConfig, lookup: ConfigLookup, folder: string): Promise<void> {
  try {
    await prepareConfig(config)
  } catch (error) {
    const { filePath } = await lookup.forDirectory(folder)
    if (error instanceof Error && filePath) error.message = `${filePath}: ${error.message}`
    throw error
  }
}
