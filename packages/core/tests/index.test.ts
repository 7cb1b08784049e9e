import { expect, it } from 'vitest'
import * as core from '../src/index.ts'
import * as tester from '../src/rule-tester.ts'

it('exports what it promises, and nothing by accident', () => {
  expect(Object.keys(core).sort()).toMatchInlineSnapshot(`
    [
      "ConfigError",
      "RuleError",
      "applyEdits",
      "codeFrame",
      "createConfigResolver",
      "defineConfig",
      "defineRule",
      "didYouMean",
      "emptyProject",
      "fixText",
      "flatConfigs",
      "formatters",
      "kubernetesFix",
      "kubernetesLint",
      "kubernetesParse",
      "kubernetesVersions",
      "lint",
      "lintRoot",
      "loadFormatter",
      "nearest",
      "needsPreparation",
      "normaliseVersions",
      "parse",
      "powerlessRules",
      "prepareConfig",
      "rejections",
      "resolveConfig",
      "toVFileMessage",
      "unusedDirective",
    ]
  `)
  expect(Object.keys(tester)).toEqual(['RuleTester'])
})
