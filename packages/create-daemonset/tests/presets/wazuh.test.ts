import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { scaffold } from '../../src/index.ts'

// biome-ignore lint/suspicious/noExplicitAny: objects as they were written
type Any = any

function objects(answers: Record<string, unknown> = {}): Any[] {
  const [file] = scaffold({ preset: 'wazuh', ...answers }).files
  return parseAllDocuments(file!.contents).map((document) => document.toJS())
}

const find = (all: Any[], kind: string) => all.find((one) => one.kind === kind)
const podOf = (all: Any[]) => find(all, 'DaemonSet').spec.template.spec
const confOf = (all: Any[]): string => find(all, 'ConfigMap').data['ossec.conf']

describe('wazuh', () => {
  it('registers where it is told to, in the group and under the name of the node', () => {
    const conf = confOf(objects({ manager: 'wazuh.example.com', group: 'nodes,linux', managerPort: 31514 }))
    expect(conf).toContain('<address>wazuh.example.com</address>')
    expect(conf).toContain('<port>31514</port>')
    expect(conf).toContain('<manager_address>wazuh.example.com</manager_address>')
    expect(conf).toContain('<groups>nodes,linux</groups>')
    expect(conf).toContain('<agent_name>NODE_NAME</agent_name>')
    expect(() => objects({ manager: 'https://wazuh.example.com' })).toThrow(/is no address of a server/)
    expect(() => objects({ group: 'a<b' })).toThrow(/is no group/)
  })

  it('reads the password from a file, never from the environment', () => {
    const all = objects()
    expect(find(all, 'Secret').stringData).toEqual({ 'authd.pass': 'REPLACE_ME' })
    expect(JSON.stringify(podOf(all))).not.toContain('secretKeyRef')
    expect(confOf(all)).toContain('<authorization_pass_path>/secrets/enrollment/authd.pass<')
    const without = objects({ enrollmentPassword: false })
    expect(find(without, 'Secret')).toBeUndefined()
    expect(confOf(without)).not.toContain('authorization_pass_path')
  })

  it('checks the manager by a CA, if there is one', () => {
    expect(confOf(objects({ enrollmentCa: true }))).toContain('<server_ca_path>/secrets/ca/ca.crt<')
  })

  it('watches files of the node, not of the container', () => {
    const conf = confOf(objects())
    const folders = [...conf.matchAll(/<directories[^>]*>([^<]+)</g)].map(([, folder]) => folder)
    expect(folders.length).toBeGreaterThan(3)
    expect(folders.every((folder) => folder!.startsWith('/host/'))).toBe(true)
    const without = objects({ hostFim: false })
    expect(confOf(without)).not.toContain('<directories')
    expect(podOf(without).volumes.map((one: Any) => one.hostPath?.path)).not.toContain('/etc')
  })

  it('mounts the logs of the node only to read them', () => {
    expect(podOf(objects({ logFiles: [] })).volumes.map((one: Any) => one.hostPath?.path)).not.toContain(
      '/var/log',
    )
    expect(() => objects({ logFiles: ['/etc/shadow'] })).toThrow(/is not below \/var\/log/)
  })

  it('keeps its key on the node and takes its programs from the image', () => {
    const mounts = podOf(objects()).containers[0].volumeMounts
    expect(mounts.filter((one: Any) => one.name === 'state').map((one: Any) => one.mountPath)).toEqual([
      '/var/ossec/etc',
      '/var/ossec/queue',
    ])
  })
})
