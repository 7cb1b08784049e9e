import { describe, expect, it } from 'vitest'
import { flatConfigs } from '../../src/lint/flat-configs.ts'
import { resolveConfig } from '../../src/lint/resolve-config.ts'

describe('flatConfigs', () => {
  it('takes one object, lists, and lists of lists', () => {
    const [a, b, c] = [{ name: 'a' }, { name: 'b' }, { name: 'c' }]
    expect(flatConfigs(a)).toEqual([a])
    expect(flatConfigs([a, [b, [[c]]]])).toEqual([a, b, c])
  })

  it('takes what is there twice', () => {
    const shared = { rules: { 'image-tag': 'off' } }
    expect(flatConfigs([shared, [shared], { extends: [shared] }])).toHaveLength(3)
    // Each level doubles the paths to the last.
    let level: unknown[] = [shared]
    for (let index = 0; index < 30; index++) level = [{ extends: [level, level] }]
    expect(flatConfigs(level)).toHaveLength(1)
  })

  it('takes a plugin whose preset names the plugin', () => {
    const plugin: Record<string, unknown> = { rules: {} }
    plugin.configs = { all: { plugins: { mine: plugin } } }
    expect(flatConfigs({ plugins: { mine: plugin } })).toHaveLength(1)
  })

  it('refuses what has no end', () => {
    const list: unknown[] = []
    list.push([list])
    const object: Record<string, unknown> = {}
    object.extends = [object]
    const settings: Record<string, unknown> = {}
    settings.again = settings
    for (const value of [list, object, { settings }, [{ name: 'x' }, object]]) {
      expect(() => flatConfigs(value)).toThrow(/contains itself/)
      expect(() => resolveConfig(value as never)).toThrow(expect.objectContaining({ name: 'ConfigError' }))
    }
    let deep: unknown = {}
    for (let index = 0; index < 20_000; index++) deep = [deep]
    expect(() => flatConfigs(deep)).toThrow(/more than 100 deep/)
  })
})
