/** True when one minor version of Kubernetes (`1.29`) comes before another. */
export function isBefore(version: string, other: string): boolean {
  const [minor, otherMinor] = [version, other].map((text) => Number(text.split('.')[1] ?? 0))
  return minor! < otherMinor!
}
