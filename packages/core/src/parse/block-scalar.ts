import { isScalar, type Scalar } from 'yaml'

/** True for a scalar written with `|` or `>`. */
export const isBlockScalar = (node: unknown): node is Scalar & { type: 'BLOCK_LITERAL' | 'BLOCK_FOLDED' } =>
  isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED')
