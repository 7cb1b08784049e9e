/** What a message quotes of a value: at most 60 characters, on one line; what would not be seen is put in quotes. */
export const excerpt = (value: string): string => {
  const line = value.length > 200 ? value.slice(0, 200) : value
  const bare = line.replace(/\s+/g, ' ')
  if (bare === '' || bare === ' ') return `"${bare}"`
  return bare.length > 60 || line !== value ? `${bare.slice(0, 59)}…` : bare
}
