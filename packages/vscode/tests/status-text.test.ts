import { expect, test } from 'vitest'
import { statusText } from '../src/status-text.ts'

const fine = { state: 'linted', configuration: null, problem: null, kubernetesVersions: ['1.31'] } as const

test('tells the configuration, and for which versions it judges', () => {
  expect(statusText({ ...fine, kubernetesVersions: ['1.31'] }, undefined)).toEqual({
    text: 'daemonlint/recommended',
    detail: 'Kubernetes 1.31',
    isWarning: false,
  })
  const several = statusText(
    { ...fine, kubernetesVersions: ['1.29', '1.30', '1.31'] },
    'a/daemonlint.config.js',
  )
  expect(several).toMatchObject({ text: 'a/daemonlint.config.js', detail: 'Kubernetes 1.29 to 1.31' })
})

test('tells why nothing is shown, and what is wrong', () => {
  const of = { ...fine, kubernetesVersions: ['1.31'] }
  expect(statusText({ ...of, state: 'ignored', kubernetesVersions: [] }, 'c')).toMatchObject({
    detail: 'this file is ignored',
    isWarning: false,
  })
  expect(statusText({ ...of, problem: 'No such rule.' }, 'c')).toMatchObject({
    detail: 'No such rule. · Kubernetes 1.31',
    isWarning: true,
  })
})
