// Messages and field paths without their values, so that a thousand mutants with one cause count as one.

const kept = /^(?:cpu|memory|storage|ephemeral-storage)$|kubernetes\.io\//

/** `spec.x[3].labels[app]` as `spec.x[*].labels[…]`. */
export function maskField(field = '') {
  return field
    .replace(/\[(\d+)\]/g, '[*]')
    .replace(/\[(?!\*\])([^[\]]*(?:\[[^[\]]*\][^[\]]*)*)\]/g, (_, key) =>
      kept.test(key) ? `[${key.replace(/\/[^/]*$/, '/…')}]` : '[…]',
    )
}

export function maskMessage(message = '') {
  return message
    .replace(
      /^(Unsupported value|Invalid value|Duplicate value|Not found|Too long|Forbidden|Required value): (?:"(?:\\.|[^"\\])*"|\{.*?\}|\[[^\]]*\]|-?[\d.]+|null|true|false)(?=:|$)/,
      '$1: _',
    )
    .replace(/(supported values: ).*/, (list) => list)
    .replace(/"(?:\\.|[^"\\])*"/g, (quoted, at, whole) =>
      whole.slice(0, at).includes('supported values: ') ? quoted : '"_"',
    )
    .replace(/`(?:\\.|[^`\\])*`/g, (quoted) => (/^`[A-Za-z. ]+`$/.test(quoted) ? quoted : '`_`'))
    .replace(/\bline \d+/g, 'line N')
    .replace(/(?<![\w.])-?\d+(?:\.\d+)?(?:m|[kMGTPE]i?|Ki)?(?![\w%])/g, 'N')
    .replace(/\[(\d+|N)\]/g, '[*]')
    .slice(0, 260)
}

/** What a decoder says, shorter: its fields' names do not matter. */
export function maskDecoding(message = '') {
  return maskMessage(message)
    .replace(/`[^`]*`/g, '`_`')
    .replace(/Go struct field \S+ of type/g, 'Go struct field _ of type')
    .replace(/key "_" already set in map(?:, .*)?/g, 'key "_" already set in map…')
    .replace(/unknown field "_"(?:, .*)?/g, 'unknown field "_"…')
    .replace(/error found in #N byte of .*/s, '…')
    .slice(0, 200)
}
