import { describe, expect, it } from 'vitest'
import { type EditorSettings, isServedElsewhere, serverSettings } from '../src/settings.ts'

const usual: EditorSettings = {
  enable: true,
  run: 'onType',
  configFile: '',
  kubernetesVersion: '',
  hover: { enable: 'auto' },
  completion: { enable: 'auto' },
}

describe('serverSettings', () => {
  it('hands over what is set', () => {
    const settings = { ...usual, enable: false, run: 'onSave', configFile: ' lint/daemonlint.config.yaml ' }
    expect(serverSettings(settings, false)).toEqual({
      enable: false,
      run: 'onSave',
      configFile: 'lint/daemonlint.config.yaml',
      kubernetesVersion: undefined,
      hover: { enable: true },
      completion: { enable: true },
    })
  })

  it.each([
    ['1.31', ['1.31']],
    ['1.29, 1.31-1.33', ['1.29', '1.31-1.33']],
    [
      ['1.29', '1.36'],
      ['1.29', '1.36'],
    ],
    [' ', undefined],
  ])('reads the versions %j', (kubernetesVersion, expected) => {
    expect(serverSettings({ ...usual, kubernetesVersion }, false).kubernetesVersion).toEqual(expected)
  })

  it('leaves to another extension what it offers, unless it is asked for', () => {
    const served = serverSettings({ ...usual, completion: { enable: true } }, true)
    expect(served).toMatchObject({ hover: { enable: false }, completion: { enable: true } })
    const off = serverSettings({ ...usual, hover: { enable: false } }, false)
    expect(off).toMatchObject({ hover: { enable: false }, completion: { enable: true } })
  })
})

describe('isServedElsewhere', () => {
  const yaml = 'redhat.vscode-yaml'
  const kubernetes = 'ms-kubernetes-tools.vscode-kubernetes-tools'
  const served = (ids: string[], yamlSchemas?: unknown) =>
    isServedElsewhere({ has: (id) => ids.includes(id), yamlSchemas })

  it('needs the YAML extension, and a schema for Kubernetes', () => {
    expect(served([])).toBe(false)
    expect(served([yaml])).toBe(false)
    expect(served([kubernetes])).toBe(false)
    expect(served([], { kubernetes: '*.yaml' })).toBe(false)
    expect(served([yaml], { 'https://json.schemastore.org/chart.json': 'Chart.yaml' })).toBe(false)
    expect(served([yaml, kubernetes])).toBe(true)
    expect(served([yaml], { kubernetes: '*.yaml' })).toBe(true)
    expect(served([yaml], { 'https://example.com/kubernetes-json-schema/all.json': ['k8s/**'] })).toBe(true)
  })

  it('takes any shape of what people write into settings', () => {
    for (const schemas of [undefined, null, 'kubernetes', 1, []]) expect(served([yaml], schemas)).toBe(false)
  })
})
