/** What is needed of a SourceCode, whatever its language. */
export interface KubernetesSource {
  /** Without a byte order mark. */
  text: string
  ast: { type: string; body?: unknown }
  hasBOM?: boolean
  parserServices?: { isYAML?: boolean; isJSON?: boolean } | null
}

/** The type of the root of the language `daemonlint/yaml`; no other plugin's rules look for it. */
export const rootType = 'KubernetesText'

/**
 * The root of a file that may hold manifests: that of a language of YAML or JSON. Undefined for all others, such as
 * JavaScript.
 * @returns the type of the node to visit, and where the language's columns begin
 */
export function rootOf({
  ast,
  parserServices,
}: KubernetesSource): { type: string; firstColumn: number } | undefined {
  const { type } = ast
  if (type === rootType) return { type, firstColumn: 0 }
  // eslint-plugin-yml and eslint-plugin-jsonc, by their languages and by their parsers.
  if (type === 'Program' && (parserServices?.isYAML || parserServices?.isJSON))
    return { type, firstColumn: 0 }
  // @eslint/json; roots of HTML are called the same.
  if (type === 'Document' && ast.body) return { type, firstColumn: 1 }
  return undefined
}
