/** What browsers and Node both have, and the ES library's types lack. */
interface Decoder {
  decode(bytes: Uint8Array): string
}

interface Platform {
  TextDecoder: new (encoding: string, options?: { fatal?: boolean; ignoreBOM?: boolean }) => Decoder
  TextEncoder: new () => { encode(text: string): Uint8Array }
  atob(base64: string): string
}

const platform = globalThis as unknown as Platform

export const { TextDecoder, TextEncoder } = platform
export const decodeBase64 = (text: string): string => platform.atob(text)
