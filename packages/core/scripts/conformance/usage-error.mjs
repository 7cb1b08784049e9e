/** Something that whoever runs the script can mend: printed without a stack, exit code 2. */
export class UsageError extends Error {}
