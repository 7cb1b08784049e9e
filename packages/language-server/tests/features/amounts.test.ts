import { expect, it } from 'vitest'
import { amountOf } from '../../src/features/amounts.ts'
import { fieldAt } from '../../src/kubernetes/fields.ts'

const pod = ['spec', 'template', 'spec']
const resource = (name: string) => [...pod, 'containers', 0, 'resources', 'limits', name]
const mode = [...pod, 'volumes', 0, 'configMap', 'defaultMode']
const grace = [...pod, 'terminationGracePeriodSeconds']

it.each([
  [resource('cpu'), '100m', '`100m` = 0.1 CPU'],
  [resource('cpu'), '2', '`2` = 2 CPUs'],
  [resource('cpu'), '1500m', '`1500m` = 1.5 CPUs'],
  [resource('memory'), '128Mi', '`128Mi` = 134,217,728 bytes'],
  [resource('memory'), '128M', '`128M` = 128,000,000 bytes (about 122.07 MiB)'],
  [resource('memory'), '1024Ki', '`1024Ki` = 1,048,576 bytes (1 MiB)'],
  [resource('memory'), '100m', '`100m` = 0.1 bytes: less than a whole byte counts as one'],
  [resource('memory'), '1Zi', undefined],
  [resource('memory'), '8Ei', undefined],
  [resource('nvidia.com/gpu'), '1', undefined],
  [resource('nvidia.com/gpu'), '1k', '`1k` = 1,000'],
  [mode, '0644', '`0644` = 420 in decimal: `rw-r--r--`'],
  [mode, '0o755', '`0o755` = 493 in decimal: `rwxr-xr-x`'],
  [mode, '420', '`420` = 0644 in octal: `rw-r--r--`'],
  // Refused, for it is more than 0777.
  [mode, '644', undefined],
  [mode, 'x', undefined],
  [grace, '30', undefined],
  [grace, '5400', '`5400` seconds = 1 hour 30 minutes'],
  [grace, '86400', '`86400` seconds = 1 day'],
])('%j: %s is %s', (path, text, amount) => {
  expect(amountOf(fieldAt('DaemonSet', path)!, path, text, true)).toBe(amount)
})
