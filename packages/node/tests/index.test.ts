import { expect, it } from 'vitest'
import * as node from '../src/index.ts'

it('exports what it documents, and no more', () => {
  expect(Object.keys(node).sort()).toEqual([
    'ConfigError',
    'FileError',
    'buildProject',
    'configFileNames',
    'createConfigLookup',
    'createKustomizeGraph',
    'createListings',
    'defaultConfig',
    'defaultExtensions',
    'displayPath',
    'effectsOf',
    'findConfigFile',
    'findFiles',
    'kustomizationNames',
    'loadConfigFile',
    'parseKustomization',
    'patchedFields',
    'readFile',
    'systemReason',
  ])
})
