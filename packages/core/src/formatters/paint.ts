/** ANSI colours, or none. */
export interface Paint {
  red(text: string): string
  yellow(text: string): string
  green(text: string): string
  blue(text: string): string
  dim(text: string): string
  bold(text: string): string
  /** Dim text within bold text that ends with it. */
  aside(text: string): string
}

/** @param color false leaves every text as it is */
export function painter(color: boolean): Paint {
  const style = (open: string, close: string) => (text: string) =>
    color ? `\u001b[${open}m${text}\u001b[${close}m` : text
  return {
    red: style('31', '39'),
    yellow: style('33', '39'),
    green: style('32', '39'),
    blue: style('34', '39'),
    dim: style('2', '22'),
    bold: style('1', '22'),
    aside: (text) => (color ? `\u001b[22m\u001b[2m${text}` : text),
  }
}
