import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { scaffold } from '../../src/index.ts'

const podOf = (preset: string, answers: object) =>
  parseAllDocuments(scaffold({ preset, ...answers }).files[0]!.contents)
    .map((document) => document.toJS())
    .find((one) => one.kind === 'DaemonSet').spec.template.spec

describe('--selinux', () => {
  it.each([
    'alloy',
    'datadog',
    'filebeat',
    'fluent-bit',
    'fluentd',
    'otel-collector',
    'suricata',
    'trivy',
    'vector',
    'wazuh',
  ])('lets %s use what belongs to the node, where it is asked for', (preset) => {
    const { securityContext } = podOf(preset, { selinux: true })
    expect(securityContext).toEqual({
      seccompProfile: { type: 'RuntimeDefault' },
      seLinuxOptions: { type: 'spc_t' },
    })
    expect(podOf(preset, {}).securityContext.seLinuxOptions).toBeUndefined()
  })

  it('is of no use where nothing of the node is used', () => {
    expect(() => podOf('alloy', { readFrom: 'api', selinux: true })).toThrow(/--read-from files/)
  })
})
