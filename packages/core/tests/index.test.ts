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
      "createLines",
      "defineConfig",
      "defineRule",
      "didYouMean",
      "emptyProject",
      "fixText",
      "formatters",
      "hasPlaceholder",
      "kubernetesFix",
      "kubernetesLint",
      "kubernetesParse",
      "kubernetesVersions",
      "lint",
      "lintRoot",
      "loadFormatter",
      "locate",
      "nearest",
      "needsPreparation",
      "nodeAt",
      "normaliseVersions",
      "parse",
      "prepareConfig",
      "printPath",
      "printable",
      "rangeOf",
      "rejections",
      "resolveConfig",
      "resolvePlain",
      "scanDocument",
      "scanDocuments",
      "splitDocuments",
      "splitLines",
      "toVFileMessage",
      "unusedDirective",
      "valueAt",
      "yamlOf",
    ]
  `)
  expect(Object.keys(tester)).toEqual(['RuleTester'])
})
