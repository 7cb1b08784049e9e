import type { Toleration } from 'kubernetes-types/core/v1.js'
import { mistakeInLabelKey, mistakeInLabelValue } from './formats.ts'

const effects = ['NoSchedule', 'NoExecute', 'PreferNoSchedule']

const expected =
  "Expected 'all', 'all:EFFECT', 'KEY', 'KEY:EFFECT' or 'KEY=VALUE:EFFECT', with the effect NoSchedule, NoExecute or PreferNoSchedule"

/** Taints of control-plane nodes. */
export const controlPlaneTaint = 'node-role.kubernetes.io/control-plane'

/** A taint and its effect: `gpu=yes` and `NoSchedule` of `gpu=yes:NoSchedule`. */
function partsOf(text: string): { taint: string; effect: string | undefined } {
  const [, taint = '', effect] = /^(.*?)(?::(\w+))?$/.exec(text) ?? []
  return { taint, effect }
}

/**
 * What is wrong with what `--tolerations` was given.
 * @returns a sentence, or undefined where nothing is
 */
export function mistakeInToleration(text: string): string | undefined {
  const { taint, effect } = partsOf(text)
  if (effect !== undefined && !effects.includes(effect))
    return `'${effect}' is no effect of a taint. ${expected}`
  if (taint === 'all') return undefined
  const [key = '', value = '', ...more] = taint.split('=')
  const mistake = more.length > 0 ? 'has two values' : (mistakeInLabelKey(key) ?? mistakeInLabelValue(value))
  return mistake && `'${text}' is no toleration. ${expected}`
}

/** Reads an item of `--tolerations`, in which there is no mistake. */
export function tolerationOf(text: string): Toleration {
  const { taint, effect } = partsOf(text)
  const withEffect = effect === undefined ? {} : { effect }
  if (taint === 'all') return { operator: 'Exists', ...withEffect }
  const [key = '', value] = taint.split('=')
  return value === undefined
    ? { key, operator: 'Exists', ...withEffect }
    : { key, operator: 'Equal', value, ...withEffect }
}

/** True when a toleration lets pods onto the control plane's nodes. */
export function coversControlPlane({ key, effect }: Toleration): boolean {
  return (key === undefined || key === controlPlaneTaint) && (effect === undefined || effect === 'NoSchedule')
}
