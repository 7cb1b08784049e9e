import type { Project } from '../lint/project.ts'
import { findResources, hidesResources } from '../lint/resources.ts'
import type { ValidCase } from './types.ts'

/** What a rule may know of the place where the code of a case stands. */
export interface CaseSurroundings {
  project?: Project | undefined
  /** Where the code stands; undefined for code that is in no file. */
  filePath?: string | undefined
}

/** What a case says of the files around its code. */
export function surroundingsOf({ filename, project, files, previous }: ValidCase): CaseSurroundings {
  if (project || (!files && previous === undefined)) return { project, filePath: filename }
  const paths = Object.keys(files ?? {}).sort()
  return {
    project: {
      contextOf: () => ({}),
      resources: (_, query) =>
        paths.flatMap((filePath) =>
          findResources(files![filePath]!, query).map((manifest) => ({ manifest, filePath })),
        ),
      mayHide: (_, query) => paths.some((path) => hidesResources(files![path]!, query)),
      previousText: () => previous,
    },
    filePath: filename ?? '/manifests/code.yaml',
  }
}
