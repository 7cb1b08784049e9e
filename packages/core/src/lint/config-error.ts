/** A configuration is wrong. Its message says what, where and what to do; nobody needs a stack trace for it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}
