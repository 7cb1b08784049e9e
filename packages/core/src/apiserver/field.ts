import type { Path } from '../parse/tree.ts'

/**
 * The way to a field from the DaemonSet's root, as apimachinery's field.Path: cheap to extend, and printed only when
 * something is found.
 */
export class Field {
  private readonly parent: Field | undefined
  private readonly step: string | number
  private readonly keyed: boolean
  private readonly named: Field | undefined

  constructor(parent: Field | undefined, step: string | number, keyed = false, named?: Field) {
    this.parent = parent
    this.step = step
    this.keyed = keyed
    this.named = named
  }

  /** A field of a struct, or a field of its field: `child('spec', 'template')`. */
  child(...names: string[]): Field {
    let field: Field = this
    for (const name of names) field = new Field(field, name)
    return field
  }

  /** An item of a list; printed `[0]`. */
  index(index: number): Field {
    return new Field(this, index)
  }

  /** All items of a list, and that none is added: something that a finding rests on, never where it is. */
  each(): Field {
    return new Field(this, '*')
  }

  /** An entry of a map; printed `[cpu]`. */
  key(key: string): Field {
    return new Field(this, key, true)
  }

  /**
   * The same place under the name that the API server has for it, where that is another: it leaves out `metadata` of a
   * template's labels. What is below is named after it, too.
   */
  as(name: Field): Field {
    return new Field(this.parent, this.step, this.keyed, name)
  }

  /** From the DaemonSet's root, for positions and fixes. */
  get path(): Path {
    const path: (string | number)[] = []
    for (let field: Field = this; field.parent; field = field.parent) path.push(field.step)
    return path.reverse()
  }

  /** As the API server prints it: `spec.template.spec.containers[0].resources.limits[cpu]`. */
  toString(): string {
    if (this.named) return this.named.toString()
    if (!this.parent) return ''
    const before = this.parent.toString()
    if (this.keyed || typeof this.step === 'number') return `${before}[${this.step}]`
    return before === '' ? this.step : `${before}.${this.step}`
  }
}

/** The DaemonSet itself. */
export const rootField = new Field(undefined, '')
