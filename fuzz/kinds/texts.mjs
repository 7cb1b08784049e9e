// Texts: names, keys, labels and paths.
// biome-ignore-all format: tables

const repeat = (text, count) => text.repeat(count)

/** Any text: of interest to every field that holds one. */
export const text = {
  good: ['a', 'node-agent', 'value with spaces', '8080', 'a/b', '/'],
  edge: [
    '', ' ', '.', '..', '-', '-a', 'a-', 'A', 'aB', 'a b', ' a', 'a ', 'a_b', 'a.b', 'a..b', 'a/b/c', '/a',
    'a/', '_', '0', '00', 'true', 'null', '~', 'ü', '日本', '\u{1f600}', 'a\nb', 'a\tb', '\u0000', '\u007f',
    '\u00a0a', 'a:b', 'a=b', 'a,b', 'a%b', '$(X)', '*', '"', "'", '\\', '#', 'a#b', repeat('a', 63),
    repeat('a', 64), repeat('a', 253), repeat('a', 254), repeat('ü', 63), repeat('a', 128),
    repeat('a', 129), repeat('a', 4096),
  ],
}
export const dnsLabel = {
  good: ['a', 'a1', '0', 'agent', 'node-agent', 'a-b-c', repeat('a', 63)],
  edge: [
    '', '-a', 'a-', 'A', 'a.b', 'a_b', repeat('a', 64), '1', '1-1', 'a--b', 'ä', 'a b', 'a\n', 'a/b', '-',
    '.',
  ],
}
export const dnsSubdomain = {
  good: [
    'a', 'a.b', 'node-agent', '1.2.3', `${repeat('a', 63)}.${repeat('b', 63)}`, repeat('a', 253),
    repeat('a', 64),
  ],
  edge: [
    '', '.', 'a.', '.a', 'a..b', 'A.b', 'a_b', 'a-.b', 'a.-b', '-', '--', 'a-', 'ab_-', repeat('a', 254),
    'a/b', 'a%b', '..', `${repeat('a', 57)}-`, repeat('a.', 127),
  ],
}
export const qualifiedName = {
  good: [
    'a', 'a/b', 'example.com/a', 'example.com/A_b.c', 'app', 'App', repeat('a', 63),
    `${repeat('a', 253)}/b`, 'kubernetes.io/hostname', 'beta.kubernetes.io/os', 'beta.kubernetes.io/arch',
    'failure-domain.beta.kubernetes.io/zone', 'node-role.kubernetes.io/master',
    'topology.kubernetes.io/zone', 'metadata.name', 'failure-domain.beta.kubernetes.io/region',
    'beta.kubernetes.io/instance-type',
  ],
  edge: [
    '', '/', 'a/', '/a', 'a/b/c', 'A/b', 'EXAMPLE.com/a', '-a', 'a-', 'a/-b', 'a/b-', '_a', 'a_',
    repeat('a', 64), `${repeat('a', 254)}/b`, `a/${repeat('b', 63)}`, `a/${repeat('b', 64)}`, 'a b',
    'a..b/c', 'ü', 'a:b', 'example.com/ä',
  ],
}
export const labelValue = {
  good: ['', 'a', 'A', 'a.b_c-d', '1', repeat('a', 63), 'true', 'agent', 'linux'],
  edge: ['-a', 'a-', '.a', 'a.', '_', 'a b', 'a/b', repeat('a', 64), 'ü', '-1', '01', 'a\n', '~', '>=1'],
}
export const portName = {
  good: ['http', 'a', '1a', 'a-1', 'metrics', repeat('a', 15), '8080a'],
  edge: [
    '', 'A', 'http-metrics-long', repeat('a', 16), '80', '0', '1-1', '-a', 'a-', 'a--b', 'a_b', '1-',
    'a.b', ' ', '65536', '-1', '8080',
  ],
}
export const envName = {
  good: ['A', 'a.b', 'A_B', '1A', 'NODE NAME', 'a-b', '-', '..', '.', '!~'],
  edge: ['', '=', 'A=B', 'ä', 'a\nb', '\t', '\u007f', ' ', '"', repeat('a', 1024)],
}
export const configKey = {
  good: ['a', 'a.b', '.a', 'a_b-c', 'A', repeat('a', 253), '...a'.slice(1), '-'],
  edge: ['', '.', '..', '..a', 'a/b', 'a b', repeat('a', 254), 'ü', '...', 'a:b', '=a'],
}
export const localPath = {
  good: ['a', 'a/b', './a', '...', 'a..b', '.a', 'a/', '..a/b'.slice(2), ' '],
  edge: [
    '', '/', '/a', '..', '../a', 'a/../b', 'a/..', '..a', '..a/b', 'a/..b', '.', './..', '\\a', '..\\a',
    '...a', './..a', 'a//b', repeat('a/', 200),
  ],
}
export const absolutePath = {
  good: ['/', '/a', '/var/lib/agent', 'a', '/a/', '/a:b', './a', '/..a', '/a..'],
  edge: [
    '', '..', '/..', '/a/..', '/a/../b', '../a', ':', 'a:b', '/a b', 'C:\\a', '\\\\.\\pipe\\a', '/a/..b',
    '/a\\..\\b', ' ',
  ],
}
