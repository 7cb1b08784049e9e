/** The values of a message's placeholders. */
export type MessageData = Record<string, string | number>

const placeholder = /\{\{\s*([\w.-]+)\s*\}\}/g

/**
 * Puts values into a message's `{{placeholders}}`. What a value itself holds is left alone, so that a message may
 * quote a template.
 * @param missing called with the name of a placeholder without a value, which then stays as it is written
 */
export function interpolate(
  message: string,
  data: MessageData | undefined,
  missing: (name: string) => void,
): string {
  return message.replace(placeholder, (text, name: string) => {
    const value = data && Object.hasOwn(data, name) ? data[name] : undefined
    if (value !== undefined) return String(value)
    missing(name)
    return text
  })
}
