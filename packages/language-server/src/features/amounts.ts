/** What a value amounts to, in words: quantities, file modes, times. */
import type { Path } from '@daemonlint/core'
import { isQuantity, parseQuantity, resolvePlain } from '@daemonlint/core/editor'
import type { FieldPlace } from '../kubernetes/fields.ts'

/**
 * @param path from the resource's root
 * @param text the value as it is written, without quotes
 * @param plain it has no quotes
 * @returns Markdown; undefined where the value speaks for itself
 */
export function amountOf(place: FieldPlace, path: Path, text: string, plain: boolean): string | undefined {
  if (place.type === 'quantity') return quantityText(text, unitOf(place, path))
  if (place.type === 'int32' && /^(?:defaultM|m)ode$/.test(place.name) && plain) return modeText(text)
  if (place.type.startsWith('int') && place.name.endsWith('Seconds')) return timeText(text)
  return undefined
}

type Unit = 'cpu' | 'bytes' | 'count'

function unitOf({ name, below }: FieldPlace, path: Path): Unit {
  const resource = below.length > 0 ? String(path.at(-1)) : ''
  if (resource === 'cpu') return 'cpu'
  const isBytes = /^(?:memory|ephemeral-storage|storage|hugepages-.*)$/.test(resource)
  return isBytes || name === 'sizeLimit' ? 'bytes' : 'count'
}

const binary = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB']

function quantityText(text: string, unit: Unit): string | undefined {
  if (!isQuantity(text)) return undefined
  const { unscaled, scale } = parseQuantity(text)
  // Exact for all that a node can have.
  const number = Number(unscaled) * 10 ** scale
  if (!Number.isFinite(number) || Math.abs(number) > Number.MAX_SAFE_INTEGER) return undefined
  if (unit === 'count') return /[a-zA-Z]/.test(text) ? `\`${text}\` = ${grouped(number)}` : undefined
  if (unit === 'cpu') {
    return `\`${text}\` = ${grouped(number)} ${number > 1 ? 'CPUs' : 'CPU'}`
  }
  const bytes = `\`${text}\` = ${grouped(number)} ${number === 1 ? 'byte' : 'bytes'}`
  if (!Number.isInteger(number)) return `${bytes}: less than a whole byte counts as one`
  let power = 0
  let rest = number
  while (rest >= 1024 && power < binary.length - 1) {
    rest /= 1024
    power++
  }
  const isSame = Number.isInteger(rest) && text.endsWith(binary[power]!.slice(0, -1))
  return power === 0 || isSame
    ? bytes
    : `${bytes} (${Number.isInteger(rest) ? '' : 'about '}${grouped(rest, 2)} ${binary[power]})`
}

/** A file mode is a number, and YAML reads one that begins with 0 as octal. */
function modeText(text: string): string | undefined {
  const { value } = resolvePlain(text)
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 0o777) return undefined
  const octal = `0${value.toString(8).padStart(3, '0')}`
  const first = /^0o?[0-7]/.test(text)
    ? `\`${text}\` = ${value} in decimal`
    : `\`${text}\` = ${octal} in octal`
  return `${first}: \`${lettersOf(value)}\``
}

/** `rw-r--r--` */
const lettersOf = (mode: number): string =>
  [6, 3, 0]
    .flatMap((shift) =>
      ['r', 'w', 'x'].map((letter, index) => ((mode >> shift) & (4 >> index) ? letter : '-')),
    )
    .join('')

const units: readonly (readonly [string, number])[] = [
  ['day', 86400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
]

/** `5400` = 1 hour 30 minutes; nothing for what is less than two minutes. */
function timeText(text: string): string | undefined {
  if (!/^\d{1,12}$/.test(text)) return undefined
  let rest = Number(text)
  if (rest < 120) return undefined
  const parts = units.flatMap(([name, seconds]) => {
    const count = Math.floor(rest / seconds)
    rest -= count * seconds
    return count === 0 ? [] : [`${grouped(count)} ${name}${count === 1 ? '' : 's'}`]
  })
  return `\`${text}\` seconds = ${parts.join(' ')}`
}

const grouped = (number: number, digits = 9): string =>
  number.toLocaleString('en-US', { maximumFractionDigits: digits })
