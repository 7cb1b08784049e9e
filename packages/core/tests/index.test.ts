import { expect, it } from 'vitest'
import * as core from '../src/index.ts'
import * as tester from '../src/rule-tester.ts'

it('exports what it promises, and nothing by accident', () => {
  expect(Object.keys(core).sort()).toMatchInlineSnapshot(`
    [
      "ConfigError",
      "RuleError",
      "applyEdits",
      "applySuppressions",
      "checkSuppressions",
      "clustersOf",
      "createConfigResolver",
      "defineConfig",
      "defineRule",
      "didYouMean",
      "filesMatcher",
      "findResources",
      "fixText",
      "flatConfigs",
      "formatInfo",
      "formatters",
      "hidesResources",
      "judge",
      "kubernetesFix",
      "kubernetesLint",
      "kubernetesParse",
      "kubernetesVersions",
      "lint",
      "loadFormatter",
      "mayConcern",
      "mayHideKinds",
      "mergeEdits",
      "nearest",
      "normaliseVersions",
      "parse",
      "passOver",
      "powerlessRules",
      "prepareConfig",
      "recordSuppressions",
      "rejections",
      "resolveConfig",
      "seenResources",
      "toVFileMessage",
      "usedDeprecatedRules",
    ]
  `)
  expect(Object.keys(tester).sort()).toEqual(['RuleTester', 'surroundingsOf'])
})
