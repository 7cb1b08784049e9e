import { join, relative } from 'node:path'
import { expect, it } from 'vitest'
import { chartsAmong } from '../../src/render/index.ts'
import { temp } from '../temp.ts'

const files = {
  'agent/Chart.yaml': 'name: agent\n',
  'agent/values.yaml': '',
  'agent/templates/ds.yaml': '',
  'agent/charts/sub/Chart.yaml': 'name: sub\n',
  'agent/charts/sub/templates/ds.yaml': '',
  'common/Chart.yaml': 'name: common\ntype: library\n',
  'plain/ds.yaml': '',
}

/** The charts of some of the files. */
function among(...names: string[]): string[] {
  const cwd = temp(files)
  return chartsAmong(names.map((name) => join(cwd, name))).map((folder) => relative(cwd, folder))
}

it.each([
  ['its own file', 'agent/Chart.yaml'],
  ['its values', 'agent/values.yaml'],
  ['a template', 'agent/templates/ds.yaml'],
  ['a template of a chart within it', 'agent/charts/sub/templates/ds.yaml'],
])('finds a chart by %s', (_, name) => {
  expect(among(name)).toEqual(['agent'])
})

it('finds each once, and no library', () => {
  const found = among('agent/values.yaml', 'agent/templates/ds.yaml', 'common/Chart.yaml', 'plain/ds.yaml')
  expect(found).toEqual(['agent'])
})
