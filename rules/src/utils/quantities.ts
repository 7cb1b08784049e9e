const factors: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
}

/** JSON Schema of a quantity in the options of a rule. */
export const quantitySchema = { type: 'string', pattern: '^[0-9]+(\\.[0-9]+)?(m|k|M|G|Ki|Mi|Gi)?$' }

/** A quantity in its parts: `1.5Gi` is 1.5 of `Gi`. */
export interface WrittenQuantity {
  /** As it is written, without the suffix. */
  digits: string
  suffix: string
  /** The amount in bytes, cores and so on, as near as a number comes to it. */
  amount: number
}

/**
 * Reads a quantity as Kubernetes does (apimachinery pkg/api/resource), as far as people write them.
 * @param value of `resources`: text, or a number where YAML sees one
 * @returns undefined for what is no quantity, is below zero, or absent
 */
export function quantityOf(value: unknown): WrittenQuantity | undefined {
  const [, digits, suffix = '', exponent] =
    /^\+?(\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,2}))?$/.exec(
      String(value),
    ) ?? []
  if (digits === undefined) return undefined
  return { digits, suffix, amount: Number(digits) * (exponent ? 10 ** Number(exponent) : factors[suffix]!) }
}

/** An amount of memory for people to read: `128 bytes`. */
export function inBytes({ amount }: WrittenQuantity): string {
  return amount <= 1 ? `${amount < 1 ? 'less than ' : ''}one byte` : `${Math.ceil(amount)} bytes`
}

/** An amount for people to read: `1500m` of CPU, `640Mi` of memory. */
export function inUnits(amount: number, resource: 'cpu' | 'memory'): string {
  const [size, unit] = resource === 'cpu' ? [1e-3, 'm'] : [2 ** 20, 'Mi']
  return `${Math.round(amount / size)}${unit}`
}

/** Doubles the number of a quantity that is written as an integer: `200Mi` → `400Mi`; undefined for any other. */
export function doubled(quantity: unknown): string | undefined {
  const [, digits, unit = ''] = /^(\d{1,15})([A-Za-z]*)$/.exec(String(quantity)) ?? []
  return digits && unit !== 'm' ? `${Number(digits) * 2}${unit}` : undefined
}

/** Twice an amount of CPU: `100m` → `200m`. */
export function doubledCpu(quantity: unknown): string | undefined {
  const [, digits] = /^(\d{1,6})m$/.exec(String(quantity)) ?? []
  return digits ? `${Number(digits) * 2}m` : doubled(quantity)
}
