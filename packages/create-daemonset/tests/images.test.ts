import { describe, expect, it } from 'vitest'
import { atRegistry, mistakeInImage } from '../src/images.ts'
import { presets } from '../src/index.ts'

const preset = (name: string) => presets.find((one) => one.name === name)!

describe('mistakeInImage', () => {
  it.each([
    'a/b:1.2.3',
    'a/b:v1.2.3-alpine',
    'a/b:2026-01-05',
    'a/b:20260105',
    'a/b:1234-abcdef',
    `a/b@sha256:${'a'.repeat(64)}`,
    'r.example.com:5000/b:9f8e7d6',
  ])('takes %s', (image) => {
    expect(mistakeInImage(image, preset('fluent-bit'))).toBeUndefined()
  })

  it.each([
    'a/b',
    'a/b:latest',
    'a/b:stable',
    'a/b:7',
    'a/b:v20',
    'a/b:8.0',
    'a/b:1.2-alpine',
    'a/b:main',
    'a/b:nightly',
  ])('refuses %s', (image) => {
    expect(mistakeInImage(image, preset('fluent-bit'))).toMatch(/has no tag|moves/)
  })

  it('leaves it to people how they number versions of their own', () => {
    expect(mistakeInImage('registry.example.com/agent:3.9', preset('custom'))).toBeUndefined()
    expect(mistakeInImage('registry.example.com/agent:3', preset('custom'))).toMatch(/moves/)
  })
})

describe('atRegistry', () => {
  it.each([
    ['docker.io/a/b:1', 'mirror.example.com/hub', 'mirror.example.com/hub/a/b:1'],
    ['a/b:1', 'mirror.example.com', 'mirror.example.com/a/b:1'],
    ['mirror.example.com/hub/a/b:1', 'mirror.example.com/hub/', 'mirror.example.com/hub/a/b:1'],
    ['localhost/b:1', 'm:5000', 'm:5000/b:1'],
    ['docker.io/a/b:1', '', 'docker.io/a/b:1'],
  ])('takes %s from %s', (image, registry, expected) => {
    expect(atRegistry(image, registry)).toBe(expected)
  })
})
