import { describe, expect, it } from 'vitest'
import { isAddedByController, tolerates, toleratesEverything } from '../../src/utils/tolerations.ts'

const taint = { key: 'example.com/gpu', effect: 'NoSchedule' }

describe('tolerates', () => {
  it.each([
    [{ operator: 'Exists' }, true],
    [{ operator: 'Exists', effect: 'NoExecute' }, false],
    [{ key: 'example.com/gpu', operator: 'Exists' }, true],
    [{ key: 'example.com/gpu' }, true],
    [{ key: 'example.com/gpu', operator: 'Equal', value: '' }, true],
    [{ key: 'example.com/gpu', value: 'a100' }, false],
    [{ key: 'example.com/other', operator: 'Exists' }, false],
    [{ key: 'example.com/gpu', operator: 'Gt', value: '1' }, false],
    [{}, false],
  ])('%j → %s', (toleration, expected) => {
    expect(tolerates(toleration, taint)).toBe(expected)
  })

  it('compares values', () => {
    expect(tolerates({ key: 'a', value: 'x' }, { key: 'a', value: 'x', effect: 'NoExecute' })).toBe(true)
    expect(tolerates({ key: 'a' }, { key: 'a', value: 'x', effect: 'NoExecute' })).toBe(false)
  })
})

it('knows a toleration of everything', () => {
  expect(toleratesEverything({ operator: 'Exists' })).toBe(true)
  expect(toleratesEverything({ operator: 'Exists', effect: 'NoSchedule' })).toBe(false)
  expect(toleratesEverything({ operator: 'Exists', key: 'a' })).toBe(false)
  expect(toleratesEverything({})).toBe(false)
})

describe('what the controller adds', () => {
  const prefix = 'node.kubernetes.io/'
  const pod = { hostNetwork: false }

  it.each([
    ['not-ready', 'NoExecute', true],
    ['not-ready', 'NoSchedule', false],
    ['unreachable', 'NoExecute', true],
    ['unreachable', 'NoSchedule', false],
    ['disk-pressure', 'NoSchedule', true],
    ['memory-pressure', 'NoSchedule', true],
    ['pid-pressure', 'NoSchedule', true],
    ['unschedulable', 'NoSchedule', true],
    ['out-of-service', 'NoExecute', false],
    ['network-unavailable', 'NoSchedule', false],
  ])('%s:%s → %s', (name, effect, expected) => {
    expect(isAddedByController({ key: prefix + name, operator: 'Exists', effect }, pod)).toBe(expected)
  })

  it('counts network-unavailable on the host network', () => {
    const toleration = { key: `${prefix}network-unavailable`, operator: 'Exists', effect: 'NoSchedule' }
    expect(isAddedByController(toleration, { hostNetwork: true })).toBe(true)
  })
})
