/** Runs the built command as a person does. */
import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { expect } from 'vitest'

export const root = resolve(import.meta.dirname, '../../../..')
export const command = join(root, 'node_modules/.bin/create-daemonset')
if (!existsSync(command)) throw new Error('The command is not built: npm test -- build')

export interface Run {
  status: number | null
  stdout: string
  stderr: string
}

/** Runs it in a folder, without a terminal; whatever it says holds no stack trace. */
export function create(
  args: string[],
  cwd: string,
  options: { env?: NodeJS.ProcessEnv; program?: string; before?: string[] } = {},
): Run {
  const { NO_COLOR, FORCE_COLOR, DAEMONLINT_DEBUG, npm_config_user_agent, npm_command, ...rest } = process.env
  const { status, stdout, stderr } = spawnSync(
    options.program ?? command,
    [...(options.before ?? []), ...args],
    {
      cwd,
      input: '',
      encoding: 'utf8',
      timeout: 50_000,
      env: { ...rest, ...options.env },
    },
  )
  expect(`${stdout}${stderr}`).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m)
  expect(stderr).not.toMatch(/Warning:|crashed/)
  return { status, stdout, stderr }
}

/** Every file below a folder, by its path from there. */
export function filesIn(folder: string): string[] {
  if (!lstatSync(folder, { throwIfNoEntry: false })) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .sort()
}
