import { writeManifests } from '../write-yaml.ts'
import { type Form, rolloutStatus } from './form.ts'

/** Everything in one file. */
export const single: Form = ({ answers, manifests }) => {
  const path = `${answers.name}.yaml`
  return {
    files: [{ path, contents: writeManifests(manifests) }],
    next: [`kubectl apply --server-side -f ${path}`, rolloutStatus(answers)],
  }
}
