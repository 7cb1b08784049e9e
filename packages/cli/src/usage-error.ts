/** A mistake of the person who called: its message is all they need to see. Exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}
