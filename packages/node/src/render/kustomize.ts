import { RenderError, runProgram } from './program.ts'

/**
 * Builds a kustomization by `kustomize build`, or by the kustomize of kubectl where the program is missing.
 * @param directory relative to `cwd` as people give it
 * @param cwd absolute
 * @throws {RenderError} without either, and where it does not build
 */
export function buildKustomization(directory: string, cwd: string): string {
  const output =
    runProgram('kustomize', ['build', '--', directory], cwd) ??
    runProgram('kubectl', ['kustomize', '--', directory], cwd)
  if (output === undefined)
    throw new RenderError(
      'neither kustomize nor kubectl is installed, or in PATH: https://kubectl.docs.kubernetes.io/installation/kustomize',
    )
  return output
}
