import { statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { type LintResult, passOver, type Suppressions, seenResources } from '@daemonlint/core'
import { goneFrom, readSuppressions, suppressionsFileName } from '@daemonlint/node'

/** What a workspace folder passes over, as the command run in it does. */
export interface FolderSuppressions {
  /** The result without what is passed over. */
  apply(result: LintResult, filePath: string | undefined): LintResult
  /** True when the file of suppressions is not what was applied last. */
  isOutdated(): boolean
}

/**
 * @param folder absolute; undefined where there is none
 * @param failed hears what is wrong with the file of suppressions, once for each version of it
 */
export function createFolderSuppressions(
  folder: string | undefined,
  failed: (message: string) => void,
): FolderSuppressions {
  if (folder === undefined) return { apply: (result) => result, isOutdated: () => false }
  const location = join(folder, suppressionsFileName)
  let modified: number | undefined
  let known: Suppressions | undefined

  const modifiedAt = () => statSync(location, { throwIfNoEntry: false })?.mtimeMs

  function current(): Suppressions | undefined {
    const changed = modifiedAt()
    if (changed === modified) return known
    modified = changed
    known = undefined
    try {
      known = readSuppressions(location)
    } catch (error) {
      failed((error as Error).message)
    }
    return known
  }

  return {
    isOutdated: () => modifiedAt() !== modified,
    apply(result, filePath) {
      const suppressions = filePath === undefined ? undefined : current()
      if (!suppressions) return result
      const path = relative(folder, filePath!).split(sep).join('/')
      const file = { path, problems: result.problems, ...seenResources(result) }
      const [outcome] = passOver([file], suppressions, goneFrom(folder))
      const { problems, suppressed } = outcome!
      return { ...result, problems, suppressed: [...result.suppressed, ...suppressed] }
    },
  }
}
