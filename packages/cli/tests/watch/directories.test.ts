import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { watchDirectories } from '../../src/watch/directories.ts'

function scratch(): string {
  const path = mkdtempSync(join(tmpdir(), 'daemonlint-watch-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

it('looks at directories once a second that the system does not watch', async () => {
  const path = scratch()
  const heard: string[] = []
  const full = () => {
    throw Object.assign(new Error('System limit for number of file watchers reached'), { code: 'ENOSPC' })
  }
  const directories = watchDirectories((_, name) => heard.push(name), full)
  onTestFinished(() => directories.close())
  directories.set(new Set([path, join(path, 'nowhere')]))
  expect(directories.polled()).toBe(1)
  writeFileSync(join(path, 'a.yaml'), 'a')
  await vi.waitFor(() => expect(heard).toContain('a.yaml'), { timeout: 5000 })
  rmSync(join(path, 'a.yaml'))
  await vi.waitFor(() => expect(heard).toEqual(['a.yaml', 'a.yaml']), { timeout: 5000 })
})

it('watches a directory anew that was removed and made again', async () => {
  const path = scratch()
  const inner = join(path, 'inner')
  mkdirSync(inner)
  const heard: string[] = []
  const directories = watchDirectories((directory, name) => directory === inner && heard.push(name))
  onTestFinished(() => directories.close())
  directories.set(new Set([inner]))
  mkdirSync(join(path, 'other'))
  rmSync(inner, { recursive: true })
  renameSync(join(path, 'other'), inner)
  directories.set(new Set([inner]))
  writeFileSync(join(inner, 'a.yaml'), 'a')
  await vi.waitFor(() => expect(heard).toContain('a.yaml'), { timeout: 5000 })
  directories.set(new Set())
  expect(directories.polled()).toBe(0)
})
