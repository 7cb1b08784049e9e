import { describe, expect, it } from 'vitest'
import { checkstyle } from '../../src/formatters/checkstyle.ts'
import { bad, clean, hostile, options } from './results.ts'
import { all, readXml } from './xml-reader.ts'

describe('checkstyle', () => {
  it.skip('is held to a published schema: no package of npm carries one of Checkstyle', () => {})

  it('has a file for each file, and an error for each finding', () => {
    const root = readXml(checkstyle([bad, clean], options))
    expect([root.name, root.attributes]).toEqual(['checkstyle', { version: '4.3' }])
    expect(root.children.map(({ name, attributes }) => [name, attributes.name])).toEqual([
      ['file', 'bad.yaml'],
      ['file', 'clean.yaml'],
    ])
    expect(root.children[0]!.children.map(({ attributes }) => attributes)).toEqual([
      {
        line: '5',
        column: '1',
        severity: 'error',
        message: 'A DaemonSet needs `spec.selector`.',
        source: 'daemonlint.api-server/required',
      },
      expect.objectContaining({ severity: 'warning', source: 'daemonlint.image-tag' }),
      expect.objectContaining({ severity: 'info', source: 'daemonlint.my-plugin/empty' }),
    ])
  })

  it('is XML whatever the names are, and where there is nothing', () => {
    const root = readXml(checkstyle([hostile], options))
    expect(all(root, 'error')).toHaveLength(1)
    expect(all(root, 'error')[0]!.attributes.message).toContain(
      '<img src=x>`|&"\' ::error::x %0A\n::error::y\r\ufffd',
    )
    expect(readXml(checkstyle([], options)).children).toEqual([])
  })
})
