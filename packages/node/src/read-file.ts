import { readFileSync } from 'node:fs'
import { errorCode, FileError, systemReason } from './errors.ts'

/**
 * The bytes of a file; what they are encoded in is for the parser to say.
 * @throws {FileError} naming the file
 */
export function readFile(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new FileError(`${path} cannot be read: ${systemReason(error)}.`, path, errorCode(error))
  }
}
