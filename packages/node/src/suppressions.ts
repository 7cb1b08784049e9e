import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError, checkSuppressions, type Suppressions } from '@daemonlint/core'
import { errorCode, systemReason } from './errors.ts'
import { renderedFrom } from './render/rendered-name.ts'

/** What a file of suppressions is called, unless somebody says otherwise. */
export const suppressionsFileName = 'daemonlint-suppressions.json'

/**
 * Reads a file of suppressions.
 * @param filePath absolute
 * @returns undefined where there is none
 * @throws {ConfigError} where it cannot be read, or holds something else
 */
export function readSuppressions(filePath: string): Suppressions | undefined {
  const failed = (reason: string) => new ConfigError(reason, { filePath })
  let text: string
  try {
    text = readFileSync(filePath, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw failed(`The suppressions cannot be read: ${systemReason(error)}.`)
  }
  const advice = 'Mend it, or delete it and run daemonlint --suppress-all.'
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    // Without the piece of the file that some messages quote: it may hold line breaks.
    const reason = (error as Error).message.replace(/, (\.\.\.)?"[\s\S]*$/, '')
    throw failed(`It is no JSON: ${reason}. ${advice}`)
  }
  const checked = checkSuppressions(value)
  if ('fault' in checked) throw failed(`It holds no suppressions: ${checked.fault}. ${advice}`)
  return checked.suppressions
}

/**
 * Tells which files that suppressions name are not there any more. What was rendered is there as long as what it is
 * rendered from is.
 * @param folder of the file of suppressions, absolute
 */
export function goneFrom(folder: string): (name: string) => boolean {
  return (name) => isGone(join(folder, renderedFrom(name))) && isGone(join(folder, name))
}

/** True for what is not there; what cannot be looked at may be. */
function isGone(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) === undefined
  } catch {
    return false
  }
}
