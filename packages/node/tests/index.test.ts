import { ConfigError } from '@daemonlint/core'
import { expect, it } from 'vitest'
import * as node from '../src/index.ts'

it('exports what it documents, and no more', () => {
  expect(Object.keys(node).sort()).toEqual([
    'ConfigError',
    'FileError',
    'GitError',
    'buildProject',
    'configFileNames',
    'configKey',
    'createAccessRecord',
    'createAnswerKeys',
    'createConfigLookup',
    'createFileDigests',
    'createListings',
    'createLiveProject',
    'createResultCache',
    'createSources',
    'defaultConfig',
    'defaultExtensions',
    'digestOf',
    'directoriesOf',
    'displayPath',
    'errorCode',
    'findConfigFile',
    'findFiles',
    'goneFrom',
    'importFile',
    'isForeign',
    'isGlob',
    'isManifestName',
    'loadConfigFile',
    'openGitBase',
    'openGitHead',
    'openGitIndex',
    'readAll',
    'readSource',
    'readSuppressions',
    'recordListings',
    'recordQuestions',
    'recordSources',
    'renderedFrom',
    'serveOwnCopies',
    'skippedDirectories',
    'specifierFrom',
    'stampOf',
    'suppressionsFileName',
    'systemReason',
  ])
})

it('has one ConfigError with core', () => {
  expect(node.ConfigError).toBe(ConfigError)
  const error = new ConfigError('It is empty.', { filePath: '/a.yaml', line: 3, column: 5 })
  expect(error.message).toBe('/a.yaml:3:5: It is empty.')
  expect(error).toMatchObject({ name: 'ConfigError', filePath: '/a.yaml', line: 3, column: 5 })
  expect(new ConfigError('Wrong.')).toMatchObject({ message: 'Wrong.', filePath: undefined })
})
