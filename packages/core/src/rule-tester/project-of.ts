import type { Project } from '../lint/project.ts'
import { findResources } from '../lint/resources.ts'
import type { ValidCase } from './types.ts'

/** Where the code of a case stands that has no name of its own. */
export const codePath = '/manifests/code.yaml'

/** What surrounds the code of a case; undefined where it says nothing of it. */
export function projectOf({ project, files, previous }: ValidCase): Project | undefined {
  if (project || (!files && previous === undefined)) return project
  const paths = Object.keys(files ?? {}).sort()
  return {
    contextOf: () => ({}),
    resources: (_, query) =>
      paths.flatMap((filePath) =>
        findResources(files![filePath]!, query).map((manifest) => ({ manifest, filePath })),
      ),
    previousText: () => previous,
  }
}
