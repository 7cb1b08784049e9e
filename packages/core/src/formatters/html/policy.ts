/**
 * What the page may do: nothing but its own style and script, known by their hashes, so that no text of a manifest can
 * ever run. `tests/formatters/html.test.ts` says what they must be when one of the two changes.
 */
export const styleHash = 'sha256-EyR8JmBJGHaYfQnJRO1SgltxNd7H2he+9HPgeFJHcBo='
export const scriptHash = 'sha256-qiEKuohURi3/zLFQsoTLZgdKhQhRe/wDbYtu4U5ttC4='

export const policy = [
  "default-src 'none'",
  `style-src '${styleHash}'`,
  `script-src '${scriptHash}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')
