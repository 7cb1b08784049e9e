import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { type AccessRecord, createAccessRecord, skippedDirectories } from '@daemonlint/node'
import type { Options } from '../options.ts'
import type { Memory } from '../session.ts'

/** What a run hands to the thread that watches. */
export interface Outcome {
  record: AccessRecord
  /** For the next run. */
  cache: string
  /** Files that --fix wrote. */
  written: string[]
}

/** Lints within a thread, and tells what it looked at, also where it cannot lint. */
export async function lintOnce(
  lint: (memory: Memory) => Promise<number>,
  options: Options,
  cwd: string,
): Promise<number> {
  const record = createAccessRecord()
  const memory: Memory = { cache: String(workerData ?? ''), written: [], record }
  try {
    return await lint(memory)
  } finally {
    for (const path of options.paths) if (/[*?[{]/.test(path)) recordBelow(folderOf(path, cwd), record)
    const outcome: Outcome = { record, cache: memory.cache, written: memory.written }
    parentPort?.postMessage(outcome)
  }
}

/** The part of a glob before the first step that is one. */
function folderOf(glob: string, cwd: string): string {
  const steps = glob.split('/')
  const first = steps.findIndex((step) => /[*?[{]/.test(step))
  return resolve(cwd, steps.slice(0, first).join('/') || (glob.startsWith('/') ? '/' : '.'))
}

/** Globs are expanded without listings. */
function recordBelow(directory: string, { listed }: AccessRecord): void {
  const queue = [directory]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    listed.add(next)
    for (const name of foldersIn(next)) queue.push(resolve(next, name))
  }
}

function foldersIn(directory: string): string[] {
  try {
    const entries = readdirSync(directory, { withFileTypes: true })
    const folders = entries.filter((entry) => entry.isDirectory() && !skippedDirectories.has(entry.name))
    return folders.map(({ name }) => name)
  } catch {
    return []
  }
}
