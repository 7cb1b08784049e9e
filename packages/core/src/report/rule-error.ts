/** A rule failed. The command says so and exits with 2; it is never the manifest's fault. */
export class RuleError extends Error {
  override readonly name = 'RuleError'
  readonly ruleId: string
  readonly filePath: string | undefined
  /** 1-based line of the part of the resource that it was looking at. */
  readonly line: number

  /**
   * @param ruleId the rule that failed
   * @param where the file, if there is one, and the line of the node that was visited
   * @param cause what it threw
   */
  constructor(ruleId: string, where: { filePath?: string | undefined; line: number }, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const place = where.filePath === undefined ? `line ${where.line}` : `${where.filePath}:${where.line}`
    super(`Rule '${ruleId}' failed at ${place}: ${reason}`, { cause })
    this.ruleId = ruleId
    this.filePath = where.filePath
    this.line = where.line
  }
}
