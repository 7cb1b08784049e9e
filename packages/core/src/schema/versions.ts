import { versions } from './structs.generated.ts'

/** The Kubernetes versions that manifests can be checked for, oldest first: `'1.29'` … `'1.36'`. */
export const kubernetesVersions: readonly string[] = versions

/**
 * Reads `settings.kubernetesVersion` or `--kubernetes-version`.
 * @param value one version, a range such as `1.29-1.33`, several separated by commas, or a list; `v1.31` and `1.31.4`
 * mean `1.31`; undefined means the newest known
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
  if (typeof value !== 'string') throw new Error(notText(value))
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .flatMap(readRange)
}

/** `1.29-1.33` is every version from the one to the other. */
function readRange(text: string): string[] {
  const [, first, last] = /^(v?\d[\d.]*)\s*-\s*(v?\d[\d.]*)$/.exec(text) ?? []
  if (first === undefined || last === undefined) return [readVersion(text)]
  const [from, to] = [first, last].map((end) => kubernetesVersions.indexOf(readVersion(end))) as [
    number,
    number,
  ]
  if (from > to) throw new Error(`Kubernetes versions '${text}' run backwards: write '${last}-${first}'.`)
  return kubernetesVersions.slice(from, to + 1)
}

function readVersion(text: string): string {
  const minor = /^v?(\d+\.\d+)(?:\.\d+)?(?:-[A-Za-z].*|\+.*)?$/.exec(text)?.[1]
  if (minor && kubernetesVersions.includes(minor)) return minor
  throw new Error(`Kubernetes version '${text}' is not known; allowed are ${allowed()}.`)
}

/** YAML makes 1.3 of `1.30`, so a number cannot be trusted. */
function notText(value: unknown): string {
  const found = JSON.stringify(value)
  if (typeof value !== 'number')
    return `Kubernetes version ${found} is not text; allowed are ${allowed()}, in quotes.`
  const lost = `${found}0`
  return kubernetesVersions.includes(lost)
    ? `Kubernetes version ${lost} is the number ${found} unless it is text: write it in quotes, '${lost}'.`
    : `Kubernetes version ${found} is a number, not text: write it in quotes, '${found}'.`
}

const allowed = () => `${kubernetesVersions[0]} to ${kubernetesVersions.at(-1)}`
