import { type ContainerNode, parse } from '@daemonlint/core'
import { expect, it } from 'vitest'
import { isMovingTag, isPause, isVersion, knownRepositoryOf, parseImage } from '../../src/utils/image.ts'
import { daemonSet } from '../manifests.ts'

it.each([
  ['agent', { name: 'agent' }],
  ['agent:1', { name: 'agent', tag: '1' }],
  ['registry:5000/agent', { name: 'registry:5000/agent' }],
  ['registry:5000/agent:1', { name: 'registry:5000/agent', tag: '1' }],
  ['agent@sha256:ab', { name: 'agent', digest: 'sha256:ab' }],
  ['registry:5000/a/b:1@sha256:ab', { name: 'registry:5000/a/b', tag: '1', digest: 'sha256:ab' }],
  ['agent:', { name: 'agent', tag: '' }],
])('parses %s', (reference, image) => {
  expect(parseImage(reference)).toEqual(image)
})

const containerOf = (image: string) =>
  parse(daemonSet({ container: image && `image: ${image}` })).children[0]!.children[0]!
    .children[0] as ContainerNode

it.each([
  ['registry.k8s.io/pause:3.10', true],
  ['gcr.io/google-containers/pause-amd64:3.1', true],
  ['example.com/unpause:1', false],
  ['example.com/pause/agent:1', false],
  ['${REGISTRY}/pause:3.10', true],
  ['${IMAGE}', false],
  ['', false],
])('%s only pauses: %s', (reference, expected) => {
  expect(isPause(containerOf(reference))).toBe(expected)
})

it.each([
  ['quay.io/Cilium/cilium:v1', 'quay.io/cilium/cilium'],
  ['${REGISTRY}/cilium/cilium:${TAG}', 'cilium/cilium'],
  ['"{{ .Values.registry }}/cilium/cilium:{{ .Values.tag }}"', 'cilium/cilium'],
  ['example.com/__ORG__/agent_x:1', 'agent_x'],
  ['$REGISTRY/agent', 'agent'],
  ['${IMAGE}:1', ''],
  ['example.com/${NAME}:1', ''],
  ['"{{ .Values.image.repository }}:{{ .Values.image.tag }}"', ''],
  ['', ''],
])('of %s it knows the repository %s', (image, known) => {
  expect(knownRepositoryOf(containerOf(image))).toBe(known)
})

it.each([
  ['latest', true],
  ['1.2-latest', true],
  ['canary-windows', true],
  ['main', true],
  ['main-3f2c1ab', false],
  ['stable', false],
  ['1.2', false],
])('the tag %s moves: %s', (tag, expected) => {
  expect(isMovingTag(tag)).toBe(expected)
  expect(isMovingTag(tag, ['stable', '1.*'])).toBe(expected || tag !== 'main-3f2c1ab')
})

it.each([
  ['agent:1.2.3', true],
  ['agent:v1.2.3-debian', true],
  ['agent:release-1.2.3', true],
  ['agent:1.2', false],
  ['agent@sha256:ab', true],
  ['agent:1.2.3-latest', false],
  ['agent:1.4.0-SNAPSHOT', false],
  ['agent:v1.4.0-nightly.2', false],
  ['agent:1.4.0-alpine-dev', false],
  ['agent:1.4.0-snapshotter', true],
  ['agent:1.4.0-SNAPSHOT@sha256:ab', true],
  ['agent:v1', false],
  ['agent:20250101', false],
  ['agent:stable', false],
  ['agent', false],
])('%s is a version: %s', (image, expected) => {
  expect(isVersion(parseImage(image))).toBe(expected)
})
