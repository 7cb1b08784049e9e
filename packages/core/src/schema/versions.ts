import { versions } from './structs.generated.ts'

/** The Kubernetes versions that manifests can be checked for, oldest first: `'1.29'` … `'1.36'`. */
export const kubernetesVersions: readonly string[] = versions

/**
 * Reads `settings.kubernetesVersion` or `--kubernetes-version`.
 * @param value one version, several separated by commas, or a list; `v1.31` and `1.31.4` mean `1.31`; undefined means
 * the newest known
 * @returns known versions without duplicates, oldest first
 * @throws Error that says what is allowed
 */
export function normaliseVersions(value: string | readonly string[] | undefined): string[] {
  if (value === undefined) return [kubernetesVersions.at(-1)!]
  const given = (Array.isArray(value) ? value : [value]) as readonly unknown[]
  const wanted = new Set(given.flatMap(readVersions))
  if (wanted.size === 0) throw new Error(`No Kubernetes version is given; allowed are ${allowed()}.`)
  return kubernetesVersions.filter((version) => wanted.has(version))
}

function readVersions(value: unknown): string[] {
  // YAML makes 1.3 of `1.30`, so a number cannot be trusted.
  if (typeof value !== 'string') {
    throw new Error(
      `Kubernetes version ${JSON.stringify(value)} is not text: write it in quotes, "${kubernetesVersions.at(-1)}".`,
    )
  }
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const minor = /^v?(\d+\.\d+)(?:\.\d+)?(?:[-+].*)?$/.exec(part)?.[1]
      if (minor && kubernetesVersions.includes(minor)) return minor
      throw new Error(`Kubernetes version '${part}' is not known; allowed are ${allowed()}.`)
    })
}

const allowed = () => `${kubernetesVersions[0]} to ${kubernetesVersions.at(-1)}`
