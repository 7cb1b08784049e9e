import type { Project, ResolvedConfig } from '@daemonlint/core'
import { buildProject } from '@daemonlint/node'

/** How long what was read of the files around holds, in milliseconds. */
const lifetime = 1000

const made = new WeakMap<ResolvedConfig, { project: Project; at: number }>()

/**
 * What surrounds files, read from the disk when a rule asks. ESLint does not say when a run begins or ends, so a project
 * lasts a second: the files of a run share what was read, and an editor, whose process stays, soon sees what was saved.
 * @param config whose settings tell what belongs together; the same object for files of the same settings
 * @param cwd absolute
 */
export function projectFor(config: ResolvedConfig, cwd: string): Project {
  const now = performance.now()
  let known = made.get(config)
  if (!known || now - known.at > lifetime) {
    known = { project: buildProject([], { cwd }), at: now }
    made.set(config, known)
  }
  return known.project
}
