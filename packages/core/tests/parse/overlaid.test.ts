import { describe, expect, it } from 'vitest'
import type { OverlaidField } from '../../src/parse/file-context.ts'
import { parse } from '../../src/parse/index.ts'

const text = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  template:
    spec:
      containers:
        - name: agent
          image: registry.example/agent
        - name: helper
          image: registry.example/agent-helper:1
      volumes:
        - name: config
          configMap:
            name: settings
`
const pod = ['spec', 'template', 'spec'] as const

function resource(...overlaid: OverlaidField[]) {
  return parse(text, { context: { overlaid } }).children[0]!
}

describe('overlaid fields', () => {
  it('may depend on the image that is written', () => {
    const node = resource({
      path: [...pod, 'containers', '*', 'image'],
      where: { image: 'registry.example/agent' },
    })
    expect(node.isUnknown(...pod, 'containers', 0, 'image')).toBe(true)
    expect(node.isUnknown(...pod, 'containers', 1, 'image')).toBe(false)
  })

  it('may depend on the value that is written', () => {
    const path = [...pod, 'volumes', '*', 'configMap', 'name']
    const unknown = (value: string) =>
      resource({ path, where: { value } }).isUnknown(...pod, 'volumes', 0, 'configMap', 'name')
    expect([unknown('settings'), unknown('other')]).toEqual([true, false])
  })

  it('find items by their keys', () => {
    const node = resource({ path: [...pod, 'containers', { name: 'helper' }, 'image'] })
    expect(node.isUnknown(...pod, 'containers', 0, 'image')).toBe(false)
    expect(node.isUnknown(...pod, 'containers', 1, 'image')).toBe(true)
  })

  it('leave the items of a list known that the overlay adds to, but not the list', () => {
    const node = resource({ path: [...pod, 'volumes', { name: 'logs' }, 'hostPath', 'path'] })
    expect(node.knows(...pod, 'volumes', 0)).toBe(true)
    expect(node.knows(...pod, 'volumes')).toBe(false)
    expect(node.isUnknown(...pod, 'volumes')).toBe(false)
  })

  it('are not called missing, nor the maps above them', () => {
    const node = resource({ path: ['spec', 'selector', 'matchLabels', 'app'], value: 'agent' })
    expect(node.lacks('spec', 'selector')).toBe(false)
    expect(resource().lacks('spec', 'selector')).toBe(true)
  })
})
