import { writeManifest } from '../write-yaml.ts'
import { fileNames } from './file-names.ts'
import { type Form, rolloutStatus } from './form.ts'

/** A file for each resource. */
export const files: Form = ({ answers, manifests }) => {
  const names = fileNames(manifests)
  return {
    files: manifests.map((manifest, index) => ({
      path: `manifests/${names[index]!}`,
      contents: writeManifest(manifest),
    })),
    next: ['kubectl apply --server-side -f manifests', rolloutStatus(answers)],
  }
}
