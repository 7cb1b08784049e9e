import { RuleTester } from '@daemonlint/core/rule-tester'
import { describe, it } from 'vitest'

RuleTester.describe = describe
RuleTester.it = it

/** Runs a rule's cases as vitest's tests. */
export const ruleTester = new RuleTester()
