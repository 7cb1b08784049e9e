import { execFileSync } from 'node:child_process'
import { closeSync, openSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { maxBytes, readAll, readFile, readSource } from '../src/read-file.ts'
import { temp } from './temp.ts'

const isPosix = process.platform !== 'win32'

describe('readFile', () => {
  it('reads bytes', () => {
    const directory = temp({ 'a.yaml': 'é' })
    expect(readFile(join(directory, 'a.yaml'))).toEqual(Buffer.from('é'))
  })

  it('says why it cannot', () => {
    const directory = temp({ 'large.yaml': '' })
    truncateSync(join(directory, 'large.yaml'), maxBytes + 1)
    const message = (name: string) => {
      try {
        readFile(join(directory, name))
      } catch (error) {
        expect(error).toMatchObject({ name: 'FileError', filePath: join(directory, name) })
        return (error as Error).message.replace(directory, 'DIR')
      }
    }
    expect(message('none.yaml')).toBe('DIR/none.yaml cannot be read: no such file or directory.')
    expect(message('b\ufffd.yaml')).toMatch(/its name is not UTF-8; rename it/)
    expect(message('.')).toMatch(/it is a directory/)
    expect(message('large.yaml')).toMatch(/larger than 256 MiB/)
  })

  it.runIf(isPosix)('declines what may never end, and pipes that nobody writes to', () => {
    const directory = temp()
    execFileSync('mkfifo', [join(directory, 'pipe.yaml')])
    expect(() => readFile(join(directory, 'pipe.yaml'))).toThrow(/it is a named pipe.*--stdin/)
    expect(() => readFile('/dev/zero')).toThrow(/it is a device.*--stdin/)
  })
})

describe('readAll', () => {
  it('reads to the end', () => {
    const directory = temp({ 'a.yaml': 'x'.repeat(200_000) })
    const fd = openSync(join(directory, 'a.yaml'), 'r')
    expect(readAll(fd, 'a.yaml')).toHaveLength(200_000)
    closeSync(fd)
  })

  it.runIf(isPosix)('stops where there is no end', () => {
    const fd = openSync('/dev/zero', 'r')
    expect(() => readAll(fd, 'Standard input')).toThrow(
      'Standard input cannot be read: it is larger than 256 MiB.',
    )
    closeSync(fd)
  })
})

describe('readSource', () => {
  const read = (content: string | Uint8Array) => {
    const directory = temp()
    const path = join(directory, 'a.yaml')
    writeFileSync(path, content)
    return readSource(path)
  }

  it('gives the text of what is UTF-8, a byte order mark included', () => {
    expect(read('a: ä€😀\r\n')).toBe('a: ä€😀\r\n')
    expect(read('\ufeffa: 1\n')).toBe('\ufeffa: 1\n')
    expect(read('')).toBe('')
  })

  it.each([
    ['a byte that is none', [0x61, 0xff, 0x62]],
    ['a replacement character, which may be meant', [...Buffer.from('a: \ufffd')]],
    ['UTF-16 with a mark', [0xff, 0xfe, 0x61, 0x00]],
    ['UTF-16 without', [0x61, 0x00, 0x3a, 0x00]],
  ])('gives the bytes of %s', (_, bytes) => {
    expect([...(read(Uint8Array.from(bytes)) as Uint8Array)]).toEqual(bytes)
  })

  it('says what cannot be read', () => {
    expect(() => readSource('/no/such/file.yaml')).toThrow(
      '/no/such/file.yaml cannot be read: no such file or directory.',
    )
    expect(() => readSource(temp())).toThrow('cannot be read: it is a directory.')
  })
})
