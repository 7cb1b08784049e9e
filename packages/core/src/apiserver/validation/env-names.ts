import type { Validation } from '../check.ts'

const strict = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/
const relaxed = /^[ -<>-~]+$/

/**
 * What is wrong with the name of an environment variable that is not empty, to follow "`x` cannot be the name: ".
 * Source: k8s.io/apimachinery pkg/util/validation, IsEnvVarName, and IsRelaxedEnvVarName since 1.32.
 */
export function envNameFault(validation: Validation, name: string): string | undefined {
  const fault = relaxedEnvNameFault(name)
  if (fault || validation.everywhere('RelaxedEnvironmentVariableValidation')) return fault
  if (!strict.test(name))
    return 'before Kubernetes 1.32 only letters, digits, `_`, `-` and `.` are allowed, with no digit first'
  return name === '.' || name.startsWith('..')
    ? 'before Kubernetes 1.32 it may not be `.` or begin with `..`'
    : undefined
}

/** As above, where every version takes what is lenient. */
export function relaxedEnvNameFault(name: string): string | undefined {
  if (relaxed.test(name)) return undefined
  return name.includes('=') ? 'it has a `=`' : 'only printable ASCII characters are allowed'
}
