/** Where a configuration is wrong, as far as that can be told. */
export interface ErrorPlace {
  /** Absolute path of the file that is wrong. */
  filePath?: string
  /** 1-based. */
  line?: number
  /** 1-based. */
  column?: number
}

/**
 * A configuration that cannot be used. Its message says where, what is wrong and what to do; hosts print it alone, for
 * nobody needs a stack trace for it. Recognise it by `name`, for there may be several copies of this class.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly filePath: string | undefined
  readonly line: number | undefined
  readonly column: number | undefined

  /**
   * @param what what is wrong and what to do
   * @param place stands before it in the message: `/path/file:3:5: …`
   */
  constructor(what: string, place: ErrorPlace = {}) {
    super(placed(what, place))
    this.filePath = place.filePath
    this.line = place.line
    this.column = place.column
  }
}

function placed(what: string, { filePath, line, column }: ErrorPlace): string {
  if (filePath === undefined) return what
  const point = line === undefined ? '' : column === undefined ? `:${line}` : `:${line}:${column}`
  return `${filePath}${point}: ${what}`
}
