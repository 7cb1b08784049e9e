interface Parts {
  /** Lines of the DaemonSet's `metadata`, beside its name. */
  metadata?: string
  /** Lines of its `spec`, beside selector and template. */
  daemon?: string
  /** Lines of the template's `metadata`, beside the labels. */
  template?: string
  /** Lines of the pod's `spec`, before `containers`. */
  spec?: string
  /** Lines of the container, after its name; default: an image with a version. */
  container?: string
}

/**
 * A DaemonSet in block style, nothing in it but what is given and what the API server requires. Without other parts
 * `name: agent` of the container is line 15 and the container's parts begin in line 16, column 11.
 */
export function daemonSet({
  metadata,
  daemon,
  template,
  spec,
  container = 'image: agent:1.2.3',
}: Parts = {}): string {
  return [
    'apiVersion: apps/v1',
    'kind: DaemonSet',
    'metadata:',
    '  name: agent',
    indent(metadata, 2),
    'spec:',
    indent(daemon, 2),
    '  selector:',
    '    matchLabels:',
    '      app: agent',
    '  template:',
    '    metadata:',
    '      labels:',
    '        app: agent',
    indent(template, 6),
    '    spec:',
    indent(spec, 6),
    '      containers:',
    '        - name: agent',
    indent(container, 10),
    '',
  ]
    .filter((line) => line !== undefined)
    .join('\n')
}

function indent(text: string | undefined, width: number): string | undefined {
  return text?.replace(/^(?=.)/gm, ' '.repeat(width))
}
