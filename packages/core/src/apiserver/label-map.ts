/** Labels, annotations or a node selector as they are decoded; null stands for an empty value. */
export type LabelMap = { readonly [key: string]: string | null }
