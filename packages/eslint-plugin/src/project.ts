import type { Project } from '@daemonlint/core'
import { buildProject } from '@daemonlint/node'

/** How long what was read of the files around holds, in milliseconds. */
const lifetime = 1000

let shared: { project: Project; cwd: string; madeAt: number } | undefined

/**
 * What surrounds files, read from the disk when a rule asks. ESLint does not say when a run begins or ends, so a project
 * lasts a second: the files of a run share what was read, and an editor, whose process stays, soon sees what was saved.
 * @param cwd absolute
 */
export function projectFor(cwd: string): Project {
  const now = performance.now()
  if (!shared || shared.cwd !== cwd || now - shared.madeAt > lifetime) {
    shared = { project: buildProject([], { cwd }), cwd, madeAt: now }
  }
  return shared.project
}
