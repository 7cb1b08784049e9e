import { expect, it } from 'vitest'
import { checkSettings } from '../../src/check-settings.ts'
import { resolveConfig } from '../../src/lint/resolve-config.ts'

it('checks settings by the schemas of the plugins that read them', () => {
  const builtin = { settings: { depth: { type: 'number' } } }
  const check = (depth: unknown) => () => checkSettings(resolveConfig({ settings: { depth } }, { builtin }))
  expect(check(1)).not.toThrow()
  expect(check('deep')).toThrow('settings: depth must be of type number; found "deep".')
})
