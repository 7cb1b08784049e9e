/** The second number of a version of Kubernetes: 29 of `1.29`. */
export function minorOf(version: string): number {
  return Number(version.split('.')[1] ?? 0)
}

/** True when one minor version of Kubernetes (`1.29`) comes before another. */
export function isBefore(version: string, other: string): boolean {
  return minorOf(version) < minorOf(other)
}
