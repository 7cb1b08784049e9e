// Differences that are meant, with the reason for each. `matches` sees both verdicts, the text and the difference.

const decodes = (server, pattern) => server.verdict === 'reject' && pattern.test(server.message ?? '')
const onlyOurs = (ours, server, ...ids) =>
  server.verdict === 'accept' &&
  ours.rejections.length > 0 &&
  ours.rejections.every(({ id }) => ids.includes(id))

export const known = [
  {
    name: 'not a DaemonSet',
    reason: 'Text that names no DaemonSet is not judged, where the server takes whatever is sent to be one.',
    matches: ({ ours, server }) =>
      ours.verdict === 'accept' && ours.applicable === false && server.verdict === 'reject',
  },
]
void decodes
void onlyOurs
