import { expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { scaffold } from '../src/index.ts'

it('bounds what each container takes of the disk', () => {
  const [registrar] = containersOf({ preset: 'csi-node' }).slice(1)
  expect(registrar).toEqual(['64Mi', '256Mi'])
})

it('adds room for scratch folders on the disk, and for none in memory', () => {
  const [driver] = containersOf({ preset: 'csi-node' })
  expect(driver).toEqual(['64Mi', '320Mi'])
})

it('gives more where the image can be written to', () => {
  expect(containersOf({ preset: 'custom', image: 'example.com/a:1.0.0', readOnlyRoot: false })).toEqual([
    ['64Mi', '1Gi'],
  ])
})

it('leaves what a preset states', () => {
  expect(containersOf({ preset: 'suricata', rules: 'update' }).at(-1)).toEqual(['64Mi', '640Mi'])
})

it('sets none on Windows, where the layer of the container would count', () => {
  expect(containersOf({ preset: 'custom', image: 'example.com/a:1.0.0', os: 'windows' })).toEqual([
    [undefined, undefined],
  ])
})

function containersOf(answers: { preset: string; [answer: string]: unknown }) {
  const [file] = scaffold({ ...answers, output: 'single' }).files
  const { spec } = parseAllDocuments(file!.contents, { version: '1.1' })
    .map((document) => document.toJS())
    .find(({ kind }) => kind === 'DaemonSet').spec.template
  return spec.containers.map(({ resources }: { resources: Record<string, Record<string, string>> }) => [
    resources.requests?.['ephemeral-storage'],
    resources.limits?.['ephemeral-storage'],
  ])
}
