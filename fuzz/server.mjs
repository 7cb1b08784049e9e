// The server's side: a command that reads file names and prints a line of JSON for each.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/**
 * @param command run by a shell, once a batch
 * @returns {{ judge(texts: string[]): Promise<Verdict[]>, close(): void }} verdicts in the order of the texts:
 *   `{ verdict: 'accept' | 'reject', stage?, message?, causes?: { reason, message, field }[], warnings?: string[] }`
 */
export function openServer(command) {
  const folder = mkdtempSync(join(tmpdir(), 'daemonlint-fuzz-'))
  let batches = 0
  return {
    async judge(texts) {
      if (texts.length === 0) return []
      const batch = join(folder, String(batches++))
      mkdirSync(batch)
      const names = texts.map((text, index) => {
        const name = join(batch, `${index}.yaml`)
        writeFileSync(name, text)
        return name
      })
      try {
        return await ask(command, names)
      } finally {
        rmSync(batch, { recursive: true, force: true })
      }
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** The command did not do what README.md says of it. */
export class ServerError extends Error {}

async function ask(command, names) {
  const child = spawn(command, { shell: true, stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  // A command that ends early says so by its status.
  child.stdin.on('error', () => {})
  child.stdin.end(`${names.join('\n')}\n`)
  const byName = new Map()
  for await (const line of createInterface({ input: child.stdout })) {
    const verdict = JSON.parse(line)
    byName.set(verdict.file, verdict)
  }
  const status = await ended
  if (status !== 0 || byName.size !== names.length)
    throw new ServerError(`${command}: ${byName.size} verdicts on ${names.length} files, exit ${status}`)
  return names.map((name) => byName.get(name))
}
