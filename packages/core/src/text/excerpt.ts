/** What a message quotes of a value: at most 60 characters, on one line; what would not be seen is put in quotes. */
export const excerpt = (value: string): string => {
  const line = value.length > 200 ? cut(value, 200) : value
  const bare = line.replace(/\s+/g, ' ')
  if (bare === '' || bare === ' ') return `"${bare}"`
  return bare.length > 60 || line !== value ? `${cut(bare, 59)}…` : bare
}

/** The beginning of a text; a character of two halves stays whole, or is left out. */
const cut = (text: string, length: number): string => text.slice(0, length).replace(/[\ud800-\udbff]$/, '')
