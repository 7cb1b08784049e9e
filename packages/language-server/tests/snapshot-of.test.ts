import { expect, test } from 'vitest'
import { snapshotOf } from './snapshot-of.ts'

const text = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  selector:
    matchLabels: { app: agent }
  template:
    metadata:
      labels: { app: agent }
    spec:
      containers:
        - name: agent
          image: agent
`

test('a snapshot holds what linting came to', () => {
  const { result, config } = snapshotOf(text, { kubernetesVersions: '1.30' })
  expect(result.problems.map(({ ruleId }) => ruleId)).toContain('image-tag')
  expect(config.kubernetesVersions).toEqual(['1.30'])
})
