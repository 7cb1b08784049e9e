// A folder as somebody has it open, and what the command says of its files: an editor has to show the same.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..')

/** The built command. */
export const command = join(root, 'packages', 'cli', 'dist', 'daemonlint.cjs')

const files = {
  'daemonlint.config.yaml': `extends: daemonlint/recommended
`,
  'agent.yaml': `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
  namespace: agents
spec:
  selector:
    matchLabels: { app: agent }
  updateStrategy:
    type: OnDelete
    rollingUpdate: { maxUnavailable: 1 }
  template:
    metadata:
      labels: { app: agent }
    spec:
      serviceAccount: agent
      containers:
        # Letters of more than a byte and of more than 16 bits stand before what is found.
        - { command: [ "sh", "-c", "echo größe 🚀" ], name: agent, image: "example.com/agent:latest" }
`,
  'rejected.yaml': `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: rejected
spec:
  selector:
    matchLabels: { app: rejected }
  replicas: 3
  template:
    metadata:
      labels: { app: rejected }
    spec:
      containers:
        - name: agent
          image: example.com/agent:1.2.3
`,
  'chart/Chart.yaml': `apiVersion: v2
name: chart
version: 1.0.0
`,
  'chart/values.yaml': `image: example.com/agent:latest
`,
  'chart/templates/daemonset.yaml': `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: {{ .Release.Name }}
spec:
  selector:
    matchLabels: { app: agent }
  template:
    metadata:
      labels: { app: agent }
    spec:
      {{- with .Values.nodeSelector }}
      nodeSelector: {{ toYaml . | nindent 8 }}
      {{- end }}
      containers:
        - name: agent
          image: {{ .Values.image }}
`,
}

/** The protocol's number of each of ESLint's. */
const severities = { 2: 1, 1: 2, 0: 3 }

/** The rule that is turned off while the editor is open; it finds something in `agent.yaml`. */
export const turnedOff = 'image-tag'

/**
 * Writes the folder.
 * @returns its path, what is expected of each of its files, and what removes it
 */
export function makeScene() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'daemonlint-editor-')))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return {
    folder,
    /** @returns {Finding[]} in the order of the text */
    findings: (name) => findingsIn(folder, name),
    /** The text after `--fix`. */
    fixed: (name) => fixedText(folder, name),
    text: (name) => readFileSync(join(folder, name), 'utf8'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/**
 * @typedef {object} Finding
 * @property {string} code
 * @property {string} message
 * @property {number} severity as the protocol counts: 1 is an error, 2 a warning, 3 information
 * @property {number} line from 0
 * @property {number} character from 0, in UTF-16 code units
 * @property {number} byte from 0, in UTF-8
 * @property {number} codePoint from 0, in characters
 */
function findingsIn(folder, name) {
  const { status, stdout, stderr } = run(folder, ['--format', 'json', name])
  if (status === 2) throw new Error(stderr)
  const lines = readFileSync(join(folder, name), 'utf8').split('\n')
  return JSON.parse(stdout)[0].messages.map(({ ruleId, message, severity, line, column }) => {
    const before = lines[line - 1].slice(0, column - 1)
    return {
      code: ruleId,
      message,
      severity: severities[severity],
      line: line - 1,
      character: before.length,
      byte: Buffer.byteLength(before),
      codePoint: [...before].length,
    }
  })
}

function fixedText(folder, name) {
  const copy = mkdtempSync(join(tmpdir(), 'daemonlint-fixed-'))
  try {
    cpSync(folder, copy, { recursive: true })
    run(copy, ['--fix', name])
    return readFileSync(join(copy, name), 'utf8')
  } finally {
    rmSync(copy, { recursive: true })
  }
}

function run(cwd, args) {
  return spawnSync(process.execPath, [command, ...args], { cwd, encoding: 'utf8' })
}
