import { expect, it } from 'vitest'
import { daemonlint, daemonSet, folder } from './command.ts'

it('lints many files, and nothing that was done to be fast is heard of', () => {
  const names = Array.from({ length: 150 }, (_, index) => `${index}.yaml`)
  const cwd = folder(Object.fromEntries(names.map((name) => [name, daemonSet()])))
  const { status, stdout, stderr } = daemonlint(['.'], { cwd })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toContain('150 files read, 150 workloads checked')
})
