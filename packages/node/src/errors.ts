/** A file or directory that cannot be read, or is not there. Its message names it. */
export class FileError extends Error {
  override readonly name = 'FileError'
  readonly filePath: string
  /** The system's word for it, such as `EACCES`. */
  readonly code: string

  constructor(message: string, filePath: string, code: string) {
    super(message)
    this.filePath = filePath
    this.code = code
  }
}

/** True for a ConfigError of any copy of core: to show as it is, without a stack trace. */
export function isConfigError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ConfigError'
}

/** What an error of `node:fs` means, in words: "permission denied". */
export function systemReason(error: unknown): string {
  const code = errorCode(error)
  return reasons[code] ?? (code || String(error))
}

/** `code` of an error, or ''. */
export function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}

/** What to add to "does not exist", for Node puts this letter where the bytes of a name are no text. */
export function nameHint(path: string): string {
  return path.includes('\ufffd') ? ', or its name is not UTF-8; rename it' : ''
}

/** Ends it with a full stop. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

/** The stack of an error and of what caused it. */
export function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return textOf(error)
  const own = error.stack ?? error.message
  return error.cause === undefined ? own : `${own}\nCaused by: ${stackOf(error.cause)}`
}

/** Of anything that can be thrown. */
export function textOf(error: unknown): string {
  try {
    return error instanceof Error ? String(error.message || error.name) : String(error)
  } catch {
    return 'an object that has no text'
  }
}

const reasons: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'no such file or directory',
  ENOTDIR: 'not a directory',
  EISDIR: 'it is a directory',
  ELOOP: 'its symbolic links go round in a circle',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'the name is too long',
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than the system allows',
  EROFS: 'the file system is read-only',
  EBUSY: 'it is in use',
  ETXTBSY: 'it is in use',
  EIO: 'the device reports an error',
  ENXIO: 'there is no such device, or nobody at its other end',
  ENODEV: 'there is no such device',
  ENOTCONN: 'nobody is at its other end',
  EBADF: 'it is not open',
  EINVAL: 'the system does not allow it',
  ENOTSUP: 'the system does not allow it',
  EEXIST: 'it exists already',
  EXDEV: 'it is on another device',
  ESTALE: 'the file server has lost it',
  ETIMEDOUT: 'the file server does not answer',
  EPIPE: 'nobody reads it',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GiB',
}
