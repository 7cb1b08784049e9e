import type { CommonAnswers } from '../common-questions.ts'
import type { ScaffoldedFile } from '../scaffold.ts'
import type { Agent, Manifest, PresetData } from '../types.ts'

/** What a form is made of. */
export interface FormInput {
  preset: PresetData
  answers: CommonAnswers
  manifests: Manifest[]
  agent: Agent
}

/** A form in which a daemon is written. */
export type Form = (input: FormInput) => { files: ScaffoldedFile[]; next: string[] }

/** The command that waits until it runs on all nodes; of `OnDelete` kubectl refuses to say that, so it only shows them. */
export function rolloutStatus({ name, namespace, updateType }: CommonAnswers): string {
  return updateType === 'OnDelete'
    ? `kubectl -n ${namespace} get daemonset ${name}`
    : `kubectl -n ${namespace} rollout status daemonset/${name}`
}
