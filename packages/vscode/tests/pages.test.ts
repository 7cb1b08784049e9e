import { expect, describe as group, it } from 'vitest'
import { describe } from '../src/pages.ts'

const page = `# image-tag

<!-- header:start -->
Require an \`image\` tag.

- Silences: [image-digest](image-digest.md)
<!-- header:end -->

See [the documentation](https://kubernetes.io/docs).
`

group('describe', () => {
  it('is the first line below the title', () => {
    expect(describe(page)).toBe('Require an image tag.')
    expect(describe('# api-server/x\n\n> Refuses `x`.\n')).toBe('Refuses x.')
    expect(describe('')).toBe('')
  })
})
