import { expect, it } from 'vitest'
import { folderUri, toUri } from '../../src/formatters/uri.ts'

it.each([
  ['k8s/a b.yaml', 'k8s/a%20b.yaml'],
  ['50%/#1?.yaml', '50%25/%231%3F.yaml'],
  ['a:b.yaml', 'a%3Ab.yaml'],
  ['ü/\ud800.yaml', '%C3%BC/%EF%BF%BD.yaml'],
  ['/work/a.yaml', 'file:///work/a.yaml'],
  ['C:\\work\\a b.yaml', 'file:///C:/work/a%20b.yaml'],
  ['//server/share/a.yaml', 'file://server/share/a.yaml'],
  ['<stdin>', '%3Cstdin%3E'],
])('%j is %s', (path, uri) => {
  expect(toUri(path)).toBe(uri)
  expect(() => new URL(uri, 'file:///base/')).not.toThrow()
})

it('ends a folder with one slash', () => {
  expect(folderUri('/work/app')).toBe('file:///work/app/')
  expect(folderUri('/')).toBe('file:///')
})
