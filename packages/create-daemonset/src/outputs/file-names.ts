import type { Manifest } from '../types.ts'

/**
 * A file name for each object, after its kind, and its name where there are several of a kind.
 * @param numbered whether names begin with a number, so that `kubectl apply -f` takes them in their order
 */
export function fileNames(manifests: readonly Manifest[], numbered = true): string[] {
  const kinds = manifests.map(({ object }) => object.kind)
  return manifests.map(({ object: { kind, metadata } }, index) => {
    const isOnly = kinds.filter((one) => one === kind).length === 1
    const name = `${kind.toLowerCase()}${isOnly ? '' : `-${metadata.name}`}.yaml`
    return numbered ? `${String(index + 1).padStart(2, '0')}-${name}` : name
  })
}
