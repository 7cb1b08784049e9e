// Values to YAML in block style, plainly: one field a line, so that a shrunken document is easy to read.

/** A scalar that is written as it stands: `0644`, `yes`, `!!binary aGk=`. */
export class Raw {
  constructor(text) {
    this.text = text
  }
}

/** What YAML 1.1 reads as no string, however it is written. */
const reserved = /^(?:y|yes|n|no|on|off|true|false|null|~|\.inf|\.nan|nan|inf)$/i
const plain = /^[A-Za-z/_][-A-Za-z0-9_./]*$/

export function renderString(text) {
  if (plain.test(text) && !reserved.test(text)) return text
  // JSON's strings are YAML's, but for what YAML does not count as printable.
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function renderScalar(value) {
  if (value instanceof Raw) return value.text
  if (typeof value === 'string') return renderString(value)
  return value === null || value === undefined ? 'null' : String(value)
}

/** @returns {string} a YAML document */
export function render(value) {
  const lines = []
  const write = (node, indent, lead) => {
    const entries = entriesOf(node)
    if (!entries) {
      lines.push(`${lead} ${renderScalar(node)}`)
    } else if (entries.length === 0) {
      lines.push(`${lead} ${Array.isArray(node) ? '[]' : '{}'}`)
    } else {
      if (lead.endsWith('-') && !Array.isArray(node)) {
        // The first key stands beside the dash.
        const [[key, first], ...rest] = entries
        write(first, `${indent}  `, `${lead} ${renderString(key)}:`)
        for (const [name, each] of rest) write(each, `${indent}  `, `${indent}${renderString(name)}:`)
        return
      }
      if (lead !== '') lines.push(lead)
      for (const [key, each] of entries) {
        const head = Array.isArray(node) ? '-' : `${renderString(key)}:`
        write(each, `${indent}  `, indent + head)
      }
    }
  }
  const entries = entriesOf(value)
  if (!entries || entries.length === 0) return `${entries ? '{}' : renderScalar(value)}\n`
  write(value, '', '')
  return `${lines.join('\n')}\n`
}

function entriesOf(node) {
  if (node === null || typeof node !== 'object' || node instanceof Raw) return undefined
  return Object.entries(node)
}
