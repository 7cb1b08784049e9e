const mark = ' (rendered)'

/** What a text that was rendered from a file or folder goes by. */
export function renderedName(from: string, part = ''): string {
  return `${from}${mark}${part && ` ${part}`}`
}

/** The file or folder that a name stands for: that which a rendered text is made of, else the name itself. */
export function renderedFrom(name: string): string {
  const at = name.indexOf(mark)
  return at < 0 ? name : name.slice(0, at)
}
