/** Tells where a command asks, and in which of its words that is said. */
export interface AskedHost {
  host: string
  index: number
}

/** Options by which curl connects elsewhere than its URL says. */
const redirecting = /(^|\s)(--(unix-socket|abstract-unix-socket|connect-to|resolve|proxy)|-x)([\s=]|$)/
/** What makes the command succeed whatever answers. */
const forgiving = /\|\|\s{0,9}(true|:|exit 0)/

const separator = /^[;&|()]+$/
const fetcher = /(^|\/)(curl|wget)$/
const connecter = /(^|\/)(nc|ncat|netcat|telnet)$/
const url = /^https?:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]+)/
const hostName = /^([a-z][\w.-]*|\d+(\.\d+){3})$/i

/**
 * The first host beyond the pod and its node that a command asks: the URL of a `curl` or `wget`, or host and port of an
 * `nc` or `telnet`, in a script or directly. Errs on the side of undefined: what a shell would still change is unknown.
 * @param words a command as it stands in a probe: `['sh', '-c', 'curl -f http://backend/health']`
 */
export function hostAskedBy(words: readonly string[]): AskedHost | undefined {
  const line = words.join(' ')
  if (redirecting.test(line) || forgiving.test(line)) return undefined
  const tokens = words.flatMap((word, index) => tokensOf(word).map((text) => ({ text, index })))
  let program: 'fetches' | 'connects' | undefined
  for (const [at, { text, index }] of tokens.entries()) {
    if (separator.test(text)) program = undefined
    else if (fetcher.test(text)) program = 'fetches'
    else if (connecter.test(text)) program = 'connects'
    const host = program === 'fetches' ? url.exec(text)?.[1] : undefined
    const named = program === 'connects' && hostName.test(text) && /^\d+$/.test(tokens[at + 1]?.text ?? '')
    const asked = named ? text : host
    if (asked !== undefined && !isOwnHost(asked)) return { host: asked, index }
  }
  return undefined
}

/** The words and separators of a script, without quotes; a word that is none is one token. */
function tokensOf(word: string): string[] {
  return word
    .split(/\s+|([;&|()]+)/)
    .filter((token) => token !== undefined && token !== '')
    .map((token) => token.replace(/^["']|["']$/g, ''))
}

/**
 * True for the pod itself and its node: loopback and link-local addresses, and for what a shell or the kubelet fills in
 * (`$(POD_IP)`), of which nobody knows that it is not.
 */
export function isOwnHost(host: string): boolean {
  if (/[$`<{%]/.test(host)) return true
  return /^(localhost|127\.[\d.]+|0\.0\.0\.0|169\.254\.[\d.]+|\[?(::1|::|fe80:[\da-f:]*)\]?)$/i.test(host)
}
