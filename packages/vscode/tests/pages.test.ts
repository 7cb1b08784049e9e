import { expect, it } from 'vitest'
import { describe } from '../src/pages.ts'

it('describes a page by the first line below the title', () => {
  const page = '# image-tag\n\n<!-- header:start -->\nRequire an `image` tag.\n<!-- header:end -->\n\nMore.\n'
  expect(describe(page)).toBe('Require an image tag.')
  expect(describe('# api-server/x\n\n> Refuses `x`.\n')).toBe('Refuses x.')
  expect(describe('')).toBe('')
})
