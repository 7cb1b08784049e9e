import { describe, expect, it } from 'vitest'
import { featuresOf, reaches } from '../../src/apiserver/features.ts'
import { judgeText } from './shared.ts'

const daemonSet = (pod: string, container = '') => `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec:
      ${pod}
      containers: [{ name: agent, image: 'example.com/agent:1.4.2', ${container} }]
`
const rejected = (text: string, versions: string) =>
  judgeText(text, versions)
    .problems.filter((problem) => problem.rejected)
    .map(({ ruleId, field }) => `${ruleId.replace('api-server/', '')} ${field}`)

describe('several versions', () => {
  it('refuses what one of them refuses, whether an old or a new one', () => {
    const sleep = daemonSet('hostIPC: false', 'lifecycle: { preStop: { sleep: { seconds: 5 } } }')
    expect(rejected(sleep, '1.30 - 1.36')).toEqual([])
    expect(rejected(sleep, '1.29 - 1.36')).toEqual([
      'lifecycle-handler spec.template.spec.containers[0].lifecycle.preStop',
    ])
    const network = daemonSet('hostUsers: false\n      hostNetwork: true')
    expect(rejected(network, '1.29 - 1.32')).toEqual([])
    expect(rejected(network, '1.29 - 1.33')).toEqual(['host-users spec.template.spec.hostNetwork'])
  })

  it('names fields as the newest does', () => {
    const alias = daemonSet('hostAliases: [{ ip: 10.0.0.1, hostnames: [A.b] }]')
    expect(rejected(alias, '1.29')).toEqual(['host-alias spec.template.spec.hostAliases.hostnames'])
    expect(rejected(alias, '1.29 - 1.30')).toEqual([
      'host-alias spec.template.spec.hostAliases[0].hostnames[0]',
    ])
  })
})

describe('features', () => {
  it('compares minor versions as numbers', () => {
    expect(featuresOf(['1.30']).everywhere('AppArmorFields')).toBe(true)
    expect(featuresOf(['1.29']).somewhere('AppArmorFields')).toBe(false)
    const both = featuresOf(['1.29', '1.30'])
    expect([both.everywhere('AppArmorFields'), both.somewhere('AppArmorFields')]).toEqual([false, true])
    expect(featuresOf(['1.36']).somewhere('SELinuxMount')).toBe(false)
    expect(featuresOf(['1.30']).everywhere('HostAliasIndexes')).toBe(true)
    expect(reaches(['1.29', '1.33'], '1.33')).toBe(true)
    expect(reaches(['1.29', '1.32'], '1.33')).toBe(false)
  })
})
