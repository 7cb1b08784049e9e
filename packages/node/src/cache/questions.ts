import type { Clusters, FileContext, Project, ResourceQuery, ResourceScope } from '@daemonlint/core'
import type { FileProject } from '../project.ts'
import { digestOf, type FileDigests } from './digest.ts'

/**
 * What the linting of a file asked of its project: what kustomizations make of the file, whether files around it may hold
 * a kind, what the resources of some kinds around it are (those that nobody can see included), and what the file was in
 * the version of `--since`.
 */
export type Question =
  | readonly ['context']
  | readonly ['holds', kind: string]
  | readonly ['around', scope: ResourceScope, kinds: readonly string[]]
  | readonly ['previous']

/** Stands before a project and hears what is asked. */
export interface Recorder {
  project: Project
  /** What was asked about a file since this was last called; undefined where another file was asked about as well. */
  take(filePath: string): Question[] | undefined
}

export function recordQuestions(project: FileProject): Recorder {
  let asked = new Map<string, Question>()
  const about = new Set<string>()
  function note(filePath: string, question: Question): void {
    about.add(filePath)
    asked.set(question.join(' '), question)
  }
  const { previousText } = project
  return {
    project: {
      contextOf(filePath: string): FileContext {
        note(filePath, ['context'])
        return project.contextOf(filePath)
      },
      resources(filePath: string, query: ResourceQuery, clusters: Clusters) {
        note(filePath, around(query))
        return project.resources!(filePath, query, clusters)
      },
      mayHide(filePath: string, query: ResourceQuery, clusters: Clusters) {
        note(filePath, around(query))
        return project.mayHide!(filePath, query, clusters)
      },
      mayHold(filePath: string, kind: string, clusters: Clusters) {
        note(filePath, ['holds', kind])
        return project.mayHold!(filePath, kind, clusters)
      },
      ...(previousText && {
        previousText(filePath: string) {
          note(filePath, ['previous'])
          return previousText(filePath)
        },
      }),
    },
    take(filePath) {
      const questions = [...asked.values()]
      const isOther = [...about].some((path) => path !== filePath)
      asked = new Map()
      about.clear()
      return isOther ? undefined : questions
    },
  }
}

function around({ kinds, scope = 'applied' }: ResourceQuery): Question {
  return ['around', scope, kinds]
}

/** What stands for the answers to questions: as long as it is the same, so are the answers. */
export type AnswerKeys = (question: Question, filePath: string, clusters: Clusters) => string

export interface AnswerKeysOptions {
  project: FileProject
  digests: FileDigests
  /** What a path is called in a key. */
  nameOf: (path: string) => string
  /** What stands for a file's former text. */
  previousKey: (path: string) => string
}

export function createAnswerKeys(options: AnswerKeysOptions): AnswerKeys {
  const { project, digests, nameOf, previousKey } = options
  const { basis } = project
  const contexts = new Map<string, string>()
  const sets = new Map<ReadonlySet<string>, Map<string, string>>()

  function keyOfContext(path: string): string {
    let key = contexts.get(path)
    if (key === undefined) {
      const found = basis.ofContext(path)
      key = found ? digestOf(lines([found.role, ...found.files.map(keyOfFile)])) : ''
      contexts.set(path, key)
    }
    return key
  }

  function keyOfFile(path: string): string {
    return `${nameOf(path)} ${digests(path)}`
  }

  function keyOfSet(set: ReadonlySet<string>, kinds: readonly string[]): string {
    const known = sets.get(set) ?? new Map<string, string>()
    sets.set(set, known)
    const asked = kinds.join()
    let key = known.get(asked)
    if (key === undefined) {
      const concerned = [...set].filter((path) => basis.concerns(path, kinds)).sort()
      key =
        concerned.length > 0
          ? digestOf(lines(concerned.map((path) => `${keyOfFile(path)} ${keyOfContext(path)}`)))
          : ''
      known.set(asked, key)
    }
    return key
  }

  return (question, filePath, clusters) => {
    switch (question[0]) {
      case 'context':
        return keyOfContext(filePath)
      case 'holds':
        return project.mayHold!(filePath, question[1], clusters) ? '1' : '0'
      case 'around': {
        const [, scope, kinds] = question
        const keys = basis.setsAround(filePath, scope, clusters).map((set) => keyOfSet(set, kinds))
        return keys.filter(Boolean).join()
      }
      case 'previous':
        return previousKey(filePath)
    }
  }
}

/** Names of files may hold line ends. */
function lines(texts: readonly string[]): string {
  return texts.map((text) => JSON.stringify(text)).join('\n')
}
