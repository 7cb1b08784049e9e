/** What a person asked for cannot be made; the message says what, why and what to do. */
export class ScaffoldError extends Error {
  override name = 'ScaffoldError'
}
