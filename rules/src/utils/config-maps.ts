/** True for the key of an annotation that changes with the configuration, as charts and deploy scripts write them. */
export function isChecksumKey(key: string): boolean {
  return /checksum|hash|sha1|sha256|md5|digest|config-?(version|revision)|restart/i.test(key)
}

/**
 * True for a name that changes with the content: it ends in a hash as Kustomize makes them (ten characters, of which
 * `hash.go` in kubernetes-sigs/kustomize leaves out vowels and look-alikes).
 */
export function hasHashedName(name: string): boolean {
  return /-[2456789bcdfghkmt]{10}$/.test(name)
}
