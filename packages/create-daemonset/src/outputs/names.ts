export const outputs = ['single', 'files', 'kustomize', 'helm'] as const

/** One file; one a resource; a Kustomize base with overlays; a Helm chart. */
export type Output = (typeof outputs)[number]
