/**
 * True for `host:port` as Go's net.SplitHostPort takes it: both may be empty, and a host with colons stands in
 * brackets.
 */
export function hasHostAndPort(text: string): boolean {
  if (text.startsWith('[')) return /^\[[^[\]]*\]:[^:[\]]*$/.test(text)
  return /^[^:[\]]*:[^:[\]]*$/.test(text)
}
