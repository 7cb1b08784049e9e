import { expect, it } from 'vitest'
import { pageBody, plainPage } from '../../src/text/page.ts'

const page = `# image-tag

<!-- header:start -->
Require an \`image\` tag.

- Silences: [image-digest](image-digest.md)
<!-- header:end -->

See [the documentation](https://kubernetes.io/docs).
`

it('keeps links that lead somewhere, and no marks', () => {
  expect(plainPage(page)).toBe(
    '# image-tag\n\nRequire an `image` tag.\n\n- Silences: image-digest\n\nSee [the documentation](https://kubernetes.io/docs).',
  )
})

it('leaves out what stands above the text', () => {
  expect(pageBody(page)).toBe('See [the documentation](https://kubernetes.io/docs).')
})
