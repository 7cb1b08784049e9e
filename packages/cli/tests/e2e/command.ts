/** Runs the built command as a person does. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { expect, onTestFinished } from 'vitest'

export const root = resolve(import.meta.dirname, '../../../..')
export const command = join(root, 'node_modules/.bin/daemonlint')
if (!existsSync(command)) throw new Error('The command is not built: npm test -- build')

export interface Run {
  status: number | null
  stdout: string
  stderr: string
}

export interface Options {
  cwd?: string
  input?: string | Uint8Array
  env?: NodeJS.ProcessEnv
  /** Bash that starts it, as `"$@"`; default: it is started by itself. */
  shell?: string
}

/** Runs it; whatever it says holds no stack trace. */
export function daemonlint(args: string[], { cwd = root, input = '', env = {}, shell }: Options = {}): Run {
  const { NO_COLOR, FORCE_COLOR, DAEMONLINT_DEBUG, ...rest } = process.env
  const [file, all] = shell ? ['bash', ['-c', shell, 'bash', command, ...args]] : [command, args]
  const { status, stdout, stderr } = spawnSync(file, all, {
    cwd,
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    timeout: 50_000,
    env: { ...rest, ...env },
  })
  expect(`${stdout}${stderr}`).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m)
  expect(stderr).not.toMatch(/Warning:|crashed/)
  return { status, stdout, stderr }
}

export interface Message {
  ruleId: string
  severity: number
  message: string
  line: number
  column: number
  endLine: number
  endColumn: number
  field?: string
  fatal?: boolean
  fix?: { range: [number, number]; text: string }
}

export interface Result {
  filePath: string
  messages: Message[]
  suppressedMessages: (Message & { suppressions: { kind: string; justification: string }[] })[]
  errorCount: number
  warningCount: number
  infoCount: number
  fixableErrorCount: number
  fixableWarningCount: number
  output?: string
}

export interface JsonRun extends Run {
  results: Result[]
  /** Every finding as `rule line:column`. */
  found: string[]
  /** The rules that spoke, each once, sorted. */
  rules: string[]
}

/** Runs it with `--format json`. */
export function lintJson(args: string[], options?: Options): JsonRun {
  const run = daemonlint(['--format', 'json', ...args], options)
  const results: Result[] = run.stdout === '' ? [] : JSON.parse(run.stdout)
  const messages = results.flatMap((result) => result.messages)
  return {
    ...run,
    results,
    found: messages.map(({ ruleId, line, column }) => `${ruleId} ${line}:${column}`),
    rules: [...new Set(messages.map(({ ruleId }) => ruleId))].sort(),
  }
}

/** A temporary folder that holds these files; it goes when the test ends. */
export function folder(files: Record<string, string | Uint8Array> = {}): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'daemonlint-')))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    const file = join(path, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
  return path
}

/** A DaemonSet with nothing against it under `recommended`, but for what is changed. */
export function daemonSet({ name = 'agent', image = 'registry.example.com/agent:1.4.2' } = {}): string {
  return `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: ${name}
  namespace: monitoring
spec:
  updateStrategy:
    type: RollingUpdate
    rollingUpdate:
      maxUnavailable: 10%
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      priorityClassName: system-node-critical
      nodeSelector:
        kubernetes.io/os: linux
      tolerations:
        - key: node-role.kubernetes.io/control-plane
          operator: Exists
          effect: NoSchedule
      containers:
        - name: agent
          image: ${image}
          resources:
            requests:
              cpu: 50m
              memory: 64Mi
            limits:
              memory: 64Mi
          ports:
            - name: metrics
              containerPort: 9100
          readinessProbe:
            httpGet:
              path: /ready
              port: metrics
`
}

export const service = `apiVersion: v1
kind: Service
metadata:
  name: agent
spec:
  ports:
    - port: 80
`
