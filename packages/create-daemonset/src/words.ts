/** A text as a shell takes it for one word. */
export function shellWord(text: string): string {
  return /^[\w./:,=%@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** Splits at white space, but not within quotes of either kind. A quote that nothing closes is a sign like others. */
export function splitWords(text: string): string[] {
  const words = text.match(/(?:'[^']*'|"[^"]*"|\S)+/g) ?? []
  return words.map((word) => word.replace(/'([^']*)'|"([^"]*)"/g, (_, one, other) => one ?? other))
}

/** A text of which `splitWords` makes the same words. */
export function joinWords(words: readonly string[]): string {
  return words.map(quoted).join(' ')
}

function quoted(word: string): string {
  if (word !== '' && word !== 'none' && !/[\s'"]/.test(word)) return word
  if (!word.includes("'")) return `'${word}'`
  return word.includes('"') ? `'${word.replaceAll("'", `'"'"'`)}'` : `"${word}"`
}
