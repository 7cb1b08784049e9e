/** As Go's strings.ToLower, which makes one letter of `İ`. */
export const lowerCase = (text: string): string => text.replaceAll('\u0130', 'i').toLowerCase()
