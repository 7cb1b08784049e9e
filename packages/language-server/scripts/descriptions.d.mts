/** By struct and field; a struct's own description is at ''. */
export function descriptions(): Record<string, Record<string, string>>
/** @param file absolute */
export function writeDescriptions(file: string): void
