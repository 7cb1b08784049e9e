import { expect, it } from 'vitest'
import { structOf, typeAt, versionsWithout } from '../../src/schema/structs.ts'
import { validate } from '../../src/schema/validator.generated.ts'

it('knows types by path', () => {
  const container = ['spec', 'template', 'spec', 'containers', 0]
  expect(typeAt('DaemonSet', container)).toBe('Container')
  expect(typeAt('DaemonSet', [...container, 'resources', 'limits', 'memory'])).toBe('quantity')
  expect(typeAt('DaemonSet', [...container, 'nonsense', 'x'])).toBeUndefined()
  expect(structOf('Nonsense')).toBeUndefined()
})

it('knows since and until when a field exists', () => {
  const stopSignal = structOf('Lifecycle')!.get('stopSignal')!
  expect(versionsWithout(stopSignal, ['1.29', '1.33', '1.36'])).toEqual(['1.29'])
  const source = structOf('PodResourceClaim')!.get('source')!
  expect(versionsWithout(source, ['1.29', '1.30', '1.31'])).toEqual(['1.31'])
})

it('finds every unknown field and every wrong JSON type, and takes null everywhere', () => {
  expect(
    validate({ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: null, spec: { template: null } }),
  ).toBe(true)
  const containers = [{ name: 8, image: 'x', env: [null, { value: true }], nonsense: null }]
  expect(validate({ spec: { template: { spec: { containers, volumes: {} } } }, status: [] })).toBe(false)
  const found = validate.errors!.map(
    (error) => `${error.instancePath} ${error.params?.additionalProperty ?? error.keyword}`,
  )
  expect(found.sort()).toEqual([
    '/spec/template/spec/containers/0 nonsense',
    '/spec/template/spec/containers/0/env/1/value type',
    '/spec/template/spec/containers/0/name type',
    '/spec/template/spec/volumes type',
    '/status type',
  ])
})
