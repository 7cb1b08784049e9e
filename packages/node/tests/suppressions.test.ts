import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { goneFrom, readSuppressions } from '../src/index.ts'
import { temp } from './temp.ts'

it('takes what was rendered for gone with what it was rendered from', () => {
  const cwd = temp({ 'chart/Chart.yaml': '', 'a.yaml': '', 'b (rendered) c.yaml': '' })
  const isGone = goneFrom(cwd)
  const names = ['a.yaml', 'chart (rendered) templates/ds.yaml', 'b (rendered) c.yaml', 'no.yaml']
  expect(names.filter(isGone)).toEqual(['no.yaml'])
  rmSync(join(cwd, 'chart'), { recursive: true })
  expect(isGone('chart (rendered) templates/ds.yaml')).toBe(true)
})

it('reads what is there, and tells nothing from something else', () => {
  const cwd = temp({ 'own.json': '\ufeff{}', 'other.json': '[]', 'broken.json': '{', 'folder/': '' })
  expect(readSuppressions(join(cwd, 'none.json'))).toBeUndefined()
  expect(readSuppressions(join(cwd, 'own.json'))).toEqual({})
  for (const name of ['other.json', 'broken.json', 'folder'])
    expect(() => readSuppressions(join(cwd, name))).toThrow(join(cwd, name))
})
