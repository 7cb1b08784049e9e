import type { Check } from '../check.ts'
import { restartPolicyAlways } from './restart-policy-always.ts'
import { selectorMatchesTemplate } from './selector-matches-template.ts'

/** The server's validation, one file an area. */
export const checks: readonly Check[] = [selectorMatchesTemplate, restartPolicyAlways]
