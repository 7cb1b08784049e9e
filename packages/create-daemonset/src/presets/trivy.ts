import { definePreset } from '../define.ts'
import { firstOf, mistakeInPath, sentence } from '../formats.ts'
import { fieldEnv, goMemoryLimit } from '../kit/env.ts'
import { configMount, hostPath, scratch } from '../kit/mounts.ts'
import { rootWith } from '../kit/security.ts'
import { confirm, list, number } from '../questions.ts'
import { loopMount, loopProbes, loopScript } from './scan/loop.ts'
import { forSeLinux, seLinuxNote, seLinuxQuestion } from './shared/selinux.ts'

const config = '/config'
const cache = '/cache'
const severities = ['UNKNOWN', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']
const malicious = 'it was published by an attacker and steals credentials (CVE-2026-33634)'

export default definePreset({
  name: 'trivy',
  title: 'Trivy',
  category: 'security',
  summary: 'looks once a day for known weaknesses in the packages of its node',
  homepage: 'https://trivy.dev',
  images: {
    agent: {
      repository: 'ghcr.io/aquasecurity/trivy',
      tag: '0.72.0',
      refused: Object.fromEntries(['0.69.4', '0.69.5', '0.69.6'].map((tag) => [`*${tag}*`, malicious])),
    },
  },
  namespace: 'trivy',
  controlPlane: true,
  rollout: { maxUnavailable: '25%', minReadySeconds: 0 },
  resources: { cpu: '100m', memory: '256Mi', memoryLimit: '1Gi' },
  priorityClass: 'own',
  why: {
    rollout: 'A scan that is missed comes with the next pod.',
    resources: 'It works for some minutes a day; the list of weaknesses takes the memory.',
    priority: 'It fits this node only, and other pods could fill that; but nothing breaks without it.',
    grace: 'A scan that is cut off is done again by the next pod.',
    controlPlane: 'The nodes of the control plane have packages too.',
  },
  podNetwork: true,
  questions: {
    severity: list({
      message: 'Weaknesses of which severity? (LOW, MEDIUM, HIGH, CRITICAL, UNKNOWN; with commas between)',
      help: 'Severities that are reported',
      value: 'SEVERITY',
      default: ['HIGH', 'CRITICAL'],
      check: (values) => {
        if (values.length === 0) return 'Name at least one severity, such as CRITICAL'
        const unknown = values.find((value) => !severities.includes(value))
        return unknown === undefined
          ? undefined
          : `'${unknown}' is no severity. Expected ${severities.join(', ')}`
      },
    }),
    fixable: confirm({
      message: 'Only those for which there is a newer package?',
      help: 'Only weaknesses for which there is a newer package',
      default: true,
    }),
    libraries: confirm({
      message:
        'Libraries of programs too (Go, Java, Python …), not packages of the system alone? It takes longer',
      help: 'Also look at libraries of programs: Go, Java, Python and others',
      default: false,
    }),
    hours: number({
      message: 'How many hours are between two scans?',
      help: 'Hours between two scans',
      unit: 'hours',
      min: 1,
      max: 720,
      default: 24,
    }),
    dbRepository: list({
      message: 'From where is the list of weaknesses taken? (a mirror of yours, or several in their order)',
      help: 'Where the list of weaknesses is downloaded from, in the order they are tried',
      value: 'REPOSITORY',
      default: ['mirror.gcr.io/aquasec/trivy-db:2', 'ghcr.io/aquasecurity/trivy-db:2'],
      check: (values) => {
        if (values.length === 0)
          return 'Name at least one repository, such as mirror.gcr.io/aquasec/trivy-db:2'
        return wrongRepository(values)
      },
    }),
    javaDbRepository: list({
      message: 'And the list of Java libraries?',
      help: 'Where the list of Java libraries is downloaded from',
      value: 'REPOSITORY',
      when: ({ libraries }) => libraries === true,
      default: ['mirror.gcr.io/aquasec/trivy-java-db:1', 'ghcr.io/aquasecurity/trivy-java-db:1'],
      check: wrongRepository,
    }),
    skipFolders: list({
      message:
        'Which folders of the node are left out? (images and data of containers, and what changes all the time)',
      help: 'Folders of the node that are left out',
      value: 'FOLDER',
      default: [
        '/run',
        '/tmp',
        '/mnt',
        '/media',
        '/var/cache',
        '/var/log',
        '/var/tmp',
        '/var/lib/containerd',
        '/var/lib/containers',
        '/var/lib/docker',
        '/var/lib/kubelet',
        '/var/lib/rancher',
      ],
      check: (values) => firstOf(values, (value) => sentence(value, mistakeInPath(value))),
    }),
    selinux: seLinuxQuestion,
  },
  variants: {
    all: { severity: severities, fixable: false },
    libraries: { libraries: true },
    mirror: { dbRepository: ['registry.example.com/security/trivy-db:2'], hours: 6 },
    selinux: { selinux: true },
  },
  notes: [
    'For images of containers and for the whole cluster there is the Trivy Operator. This looks at nodes alone, at what was installed there.',
    'Versions 0.69.4 to 0.69.6 were published by an attacker in March 2026 (CVE-2026-33634) and are refused. Best name the image by its digest: --image ghcr.io/aquasecurity/trivy:0.72.0@sha256:…',
    'Each node downloads a list of some 60 MB a day at most, at a random moment within five minutes. With many nodes give it a mirror (--db-repository): public registries refuse those who ask too often.',
    'Each weakness is one line of JSON in the log of the pod.',
    'The pod is ready while scans can be done. What they find does not change that.',
    'Distributions that Trivy does not know (Talos, COS, Flatcar) have no packages that it could read; take --libraries there.',
    seLinuxNote,
    'Its list stays in /var/cache/trivy on the node when the DaemonSet is removed.',
  ],
  explained: {
    'kube-linter run-as-non-root, kube-linter sensitive-host-mounts':
      'Packages lie all over the node, and some are for root alone. The mount is read-only, and it has no capability.',
  },
  build({ answers }) {
    const { name, severity, fixable, libraries, hours, dbRepository, javaDbRepository, skipFolders } = answers
    const options = [
      '--scanners vuln',
      `--pkg-types ${libraries ? 'os,library' : 'os'}`,
      `--severity ${severity.join(',')}`,
      ...(fixable ? ['--ignore-unfixed'] : []),
      `--cache-dir ${cache}`,
      `--db-repository ${dbRepository.join(',')}`,
      ...(libraries ? [`--java-db-repository ${javaDbRepository.join(',')}`, '--offline-scan'] : []),
      ...skipFolders.map((folder) => `--skip-dirs /host${folder}`),
      `--format template --template @${config}/line.tpl`,
      '--timeout 30m --parallel 1',
      '--no-progress --skip-version-check --disable-telemetry',
    ]
    return forSeLinux(answers, {
      containers: [
        {
          name: 'trivy',
          command: ['sh', `${config}/scan.sh`],
          env: [
            fieldEnv('NODE_NAME', 'spec.nodeName'),
            goMemoryLimit(answers.memoryLimit),
            { name: 'HOME', value: '/tmp' },
          ],
          ...loopProbes(30),
          securityContext: rootWith(),
          why: {
            securityContext:
              'Reads what belongs to root on the node and writes its list; no capability is needed for that.',
            readinessProbe: 'Whether the last scan could be done.',
            livenessProbe: 'Whether the loop goes on.',
          },
          mounts: [
            configMount(name, config),
            loopMount(),
            scratch('tmp', '/tmp', { sizeLimit: '1Gi' }),
            hostPath('cache', '/var/cache/trivy', {
              type: 'DirectoryOrCreate',
              at: cache,
              writable: true,
              why: 'The list of weaknesses, which a new pod need not download again.',
            }),
            hostPath('root', '/', {
              type: 'Directory',
              at: '/host',
              propagation: 'HostToContainer',
              why: 'Its packages are found all over the node. Unmounted here when the node unmounts it.',
            }),
          ],
        },
      ],
      config: {
        'scan.sh': loopScript({
          scan: `trivy rootfs ${options.join(' \\\n  ')} \\\n  /host`,
          hours,
          spread: 300,
        }),
        'line.tpl': template,
      },
      egress: [{ port: 443 }],
      next: [
        `Read what was found: kubectl -n ${answers.namespace} logs daemonset/${name} | grep '"weakness"'`,
      ],
    })
  },
})

/** A line of JSON for each weakness. */
const template = `{{- range . }}
{{- $target := .Target }}
{{- range .Vulnerabilities }}
{{- dict "node" (env "NODE_NAME") "target" $target "weakness" .VulnerabilityID "severity" .Severity "package" .PkgName "path" .PkgPath "installed" .InstalledVersion "fixed" .FixedVersion "title" .Title | toJson }}
{{ end }}
{{- end -}}
`

function wrongRepository(values: string[]): string | undefined {
  const wrong = values.find((value) => !/^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)+(:[\w.-]+)?$/.test(value))
  return wrong === undefined
    ? undefined
    : `'${wrong}' is no repository, such as registry.example.com/security/trivy-db:2`
}
