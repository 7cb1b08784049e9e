// Differences that are meant, with the reason for each. `matches` sees the text, both verdicts and the difference.

const fieldsOf = ({ causes = [] }) => causes.map(({ field }) => field)
const refusesOnly = (server, pattern) =>
  fieldsOf(server).length > 0 && fieldsOf(server).every((field) => pattern.test(field))
const onlyOurs = (ours, server, ...ids) =>
  server.verdict === 'accept' &&
  ours.rejections.length > 0 &&
  ours.rejections.every(({ id }) => ids.includes(`${id}`.slice('api-server/'.length)))
const placeholder = /\$\{|\{\{|\{%|<%|\$[A-Z_]{2}|@[A-Z_]+@|__[A-Z]|#\{|\(\([A-Za-z]/

export const known = [
  {
    name: 'not a DaemonSet',
    reason: 'Text that names no DaemonSet is not judged; the server takes whatever is sent to be one.',
    matches: ({ text, ours, server }) =>
      ours.verdict === 'accept' &&
      server.verdict === 'reject' &&
      !/^(?:kind|"kind") *: *["']?DaemonSet["']?\s*$/m.test(text),
  },
  {
    name: 'template',
    reason: 'What a placeholder stands for is unknown.',
    matches: ({ text, ours, difference }) =>
      placeholder.test(text) && (ours.verdict === 'accept' || /^missing /.test(difference.key)),
  },
  {
    name: 'kind or apiVersion filled in',
    reason: 'The server fills in a missing kind or apiVersion; kubectl refuses to send it.',
    matches: ({ ours, server, difference }) =>
      onlyOurs(ours, server, 'missing-kind') ||
      (difference.kind === 'stage' && ours.rejections.some(({ id }) => id === 'api-server/missing-kind')),
  },
  {
    name: 'directives',
    reason: 'kubectl takes a %YAML directive for a document of its own; the server reads it.',
    matches: ({ text, ours, server, difference }) =>
      /^\ufeff?%/m.test(text) &&
      (server.verdict === 'accept' || difference.kind === 'stage') &&
      ours.rejections.some(({ id }) => id === 'api-server/yaml-syntax'),
  },
  {
    name: 'text after a separator',
    reason: 'kubectl refuses text on the line of a `---`; the server reads the first document only.',
    matches: ({ ours, server, difference }) =>
      (onlyOurs(ours, server, 'yaml-syntax') || difference.kind === 'stage') &&
      ours.rejections.some(
        ({ id, message }) => id === 'api-server/yaml-syntax' && /^Text after `---/.test(message),
      ),
  },
  {
    name: 'several documents',
    reason: 'The server reads the first document only, which may be empty; kubectl sends each.',
    matches: ({ text, server }) =>
      /^---[ \t]*(?:#.*)?$/m.test(text) &&
      /^\.\.\.|^---/m.test(text) &&
      ['metadata.name', 'spec.template.metadata.labels', 'spec.template.spec.containers'].every((field) =>
        fieldsOf(server).includes(field),
      ),
  },
  {
    name: 'names as parts of a path',
    reason:
      'A request handler refuses names with `/` and `%` after validation, which a generated name can reach.',
    matches: ({ text, ours, server }) =>
      /generateName/.test(text) && onlyOurs(ours, server, 'generate-name', 'name'),
  },
  {
    name: 'text that is ignored',
    reason: 'We warn of text that is not read; the server cannot.',
    matches: ({ difference }) =>
      difference.kind === 'warnings' && / api-server\/ignored-text$/.test(difference.key),
  },
  {
    name: 'conversion',
    reason:
      'A template generation that is no number fails when the server converts it, not when it validates.',
    matches: ({ ours, server, difference }) =>
      difference.kind === 'stage' &&
      /^strconv\.ParseInt: /.test(server.message ?? '') &&
      ours.stage === 'validate',
  },
  {
    name: 'managed fields',
    reason:
      'A request handler replaces managedFields that it cannot decode before they are validated; a command that only validates does not.',
    matches: ({ server, difference }) =>
      /metadata\.managedFields/.test(difference.key) &&
      (difference.kind === 'fields' || refusesOnly(server, /^metadata\.managedFields/)),
  },
  {
    name: 'owners that are stated twice',
    reason:
      'A request handler drops them with a warning before validation; a command that only validates does not.',
    matches: ({ ours, difference }) =>
      /metadata\.ownerReferences/.test(difference.key) &&
      [...ours.warnings, ...ours.rejections].some(({ id }) => /owner-reference/.test(id)),
  },
  {
    name: 'line breaks of YAML 1.1',
    reason: 'U+0085, U+2028 and U+2029 are line breaks for go-yaml, and are not for us.',
    matches: ({ text }) => /[\u0085\u2028\u2029]/.test(text),
  },
  {
    name: 'the end of a document within a manifest',
    reason:
      'The server reads what stands before `...` as a manifest of its own, which names no DaemonSet any more.',
    matches: ({ text, ours }) => /^\.\.\.\s*$/m.test(text) && ours.verdict === 'accept',
  },
]
