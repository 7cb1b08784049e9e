import { SaxesParser } from 'saxes'

/** An element of a parsed text. */
export interface Element {
  name: string
  attributes: Record<string, string>
  children: Element[]
  text: string
}

/** Parses XML 1.0 by a parser that holds to the standard; throws at whatever it does not allow. */
export function readXml(xml: string): Element {
  const parser = new SaxesParser()
  const top: Element = { name: '', attributes: {}, children: [], text: '' }
  const open = [top]
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, children: [], text: '' }
    open.at(-1)!.children.push(element)
    open.push(element)
  })
  parser.on('text', (text) => {
    open.at(-1)!.text += text
  })
  parser.on('closetag', () => open.pop())
  parser.write(xml).close()
  return top.children[0]!
}

/** All elements of a name, however deep. */
export function all(element: Element, name: string): Element[] {
  const below = element.children.flatMap((child) => all(child, name))
  return element.name === name ? [element, ...below] : below
}
