import { definePreset } from '../define.ts'
import { oneEndpoint } from '../explained.ts'
import { mistakeInIp, mistakeInLabelKey, mistakeInLabelValue, mistakeInName } from '../formats.ts'
import { goMemoryLimit } from '../kit/env.ts'
import { configMount, hostPath, scratch } from '../kit/mounts.ts'
import { every, http } from '../kit/probes.ts'
import { rootWith } from '../kit/security.ts'
import { number, select, text } from '../questions.ts'
import type { Manifest } from '../types.ts'
import { forSeLinux, seLinuxNote, seLinuxQuestion } from './shared/selinux.ts'

/** The name by which the program looks for the address of the cluster's DNS. */
const upstream = 'kube-dns-upstream'

export default definePreset({
  name: 'node-local-dns',
  title: 'NodeLocal DNSCache',
  category: 'dns',
  summary: 'answers the DNS questions of the pods of its node from a cache',
  homepage: 'https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/',
  images: { agent: { repository: 'registry.k8s.io/dns/k8s-dns-node-cache', tag: '1.26.7' } },
  namespace: 'kube-system',
  controlPlane: true,
  tolerations: ['all:NoSchedule', 'all:NoExecute'],
  rollout: { maxUnavailable: '10%', minReadySeconds: 10 },
  resources: { cpu: '25m', memory: '32Mi', memoryLimit: '128Mi' },
  priorityClass: 'system-node-critical',
  why: {
    rollout:
      'Two on one node would take the same address and port; while one is replaced its node asks the DNS of the cluster, or waits.',
    tolerations: 'Wherever a pod may run, it asks for names.',
    priority: 'Evicted, it would leave the pods of the node without names.',
    resources:
      'Room enough never to be killed for memory: then it could not take its address and rules back, and the node would be without DNS.',
    grace:
      'When it stops it takes its address and rules back: killed too early, it leaves the node without DNS.',
  },
  metrics: true,
  questions: {
    localIp: text({
      message: 'On which address does it answer? (one that nothing else has)',
      help: 'The address of the cache on every node',
      value: 'IP',
      default: '169.254.20.10',
      check: (value) => {
        const mistake = mistakeInIp(value)
        return mistake && `'${value}' ${mistake}`
      },
    }),
    proxyMode: select({
      message: "How does kube-proxy work, so that pods' questions come here?",
      help: 'Mode of kube-proxy: with iptables the cache also answers at the address of the cluster DNS',
      default: 'iptables',
      choices: [
        { value: 'iptables', label: 'iptables', hint: 'nothing else to change' },
        { value: 'ipvs', label: 'IPVS or another', hint: 'the kubelet has to name the address above' },
      ],
    }),
    dnsIp: text({
      message: "Which address has the cluster's DNS? (kubectl -n kube-system get service kube-dns)",
      help: "Cluster IP of the cluster's DNS",
      value: 'IP',
      default: '10.96.0.10',
      check: (value, { localIp }) => {
        const mistake = mistakeInIp(value)
        if (mistake) return `'${value}' ${mistake.replace('169.254.20.10', '10.96.0.10')}`
        return value === localIp
          ? `${value} is the address of the cache itself; give that of the cluster's DNS`
          : undefined
      },
    }),
    dnsLabel: text({
      message: 'By which label are the pods of the cluster DNS known?',
      help: "Label of the pods of the cluster's DNS",
      value: 'KEY=VALUE',
      when: ({ proxyMode }) => proxyMode === 'iptables',
      default: 'k8s-app=kube-dns',
      check: (value) => {
        const [key = '', label, ...more] = value.split('=')
        return label === undefined || more.length > 0 || mistakeInLabelKey(key) || mistakeInLabelValue(label)
          ? `'${value}' is no label. Expected KEY=VALUE, such as k8s-app=kube-dns`
          : undefined
      },
    }),
    clusterDomain: text({
      message: 'What is the domain of the cluster?',
      help: "The cluster's domain",
      value: 'DOMAIN',
      default: 'cluster.local',
      check: (value) => {
        const mistake = mistakeInName(value)
        return mistake && `'${value}' ${mistake}`
      },
    }),
    healthPort: number({
      message: 'On which port of its address does it tell its health?',
      help: 'Port of its health check, on its own address',
      min: 1024,
      max: 65535,
      default: 8080,
    }),
    metricsPort: number({
      message: 'On which port of the node are its metrics?',
      help: 'Port of its metrics',
      min: 1024,
      max: 65535,
      default: 9253,
      check: (value, { healthPort }) =>
        value === healthPort || value === 9353
          ? `Port ${value} is taken by its health check or by the metrics of its setup (9353)`
          : undefined,
    }),
    selinux: seLinuxQuestion,
  },
  variants: {
    ipvs: { proxyMode: 'ipvs' },
    addresses: {
      localIp: '169.254.25.10',
      dnsIp: '172.20.0.10',
      clusterDomain: 'example.internal',
      healthPort: 18080,
      metricsPort: 19253,
    },
    selinux: { selinux: true },
  },
  notes: [
    "It has to live in the namespace of the cluster's DNS, nearly always kube-system: it finds that by a Service beside it.",
    'With kube-proxy in IPVS mode, or another than iptables, start the kubelet of every node with --cluster-dns set to the address of the cache, and restart pods.',
    'Where Cilium or another takes the place of kube-proxy by eBPF, use a LocalRedirectPolicy instead.',
    'Killed at once (SIGKILL, out of memory), it leaves its address and rules behind, and the node without DNS until it is back.',
    'Ports 53, 9253 and 9353 must be free on every node. At 8080 it listens on its own address only; what has that port on all addresses of a node is in its way nevertheless.',
    'Its names stand in its arguments, and its Service is found by its name: change names and namespace with --name and --namespace, not by namePrefix or namespace of Kustomize.',
    seLinuxNote,
    'Network policies that allow DNS by a selector of pods do not match it, for it is on the network of the node: allow its address and that of the cluster DNS.',
  ],
  explained: {
    ...oneEndpoint,
    'kube-linter run-as-non-root, kube-linter drop-net-raw-capability, kube-linter host-network, checkov CKV_K8S_25':
      'It makes an interface and iptables rules of the node, and answers at port 53.',
    'kube-linter liveness-port, kube-linter readiness-port, kube-linter startup-port':
      'The probes ask the address of the cache; declared, the port would count as taken on all addresses of the node.',
    'kube-linter dangling-service':
      "The Service leads to the pods of the cluster's DNS, which are not among these files.",
  },
  build({ answers }) {
    const { localIp, proxyMode, dnsIp, healthPort, metricsPort } = answers
    const isInFront = proxyMode === 'iptables'
    const health = { host: localIp }
    return forSeLinux(answers, {
      containers: [
        {
          name: 'node-cache',
          args: [
            '-localip',
            isInFront ? `${localIp},${dnsIp}` : localIp,
            '-conf',
            '/run/node-cache/Corefile',
            '-pidfile',
            '/run/node-cache/pid',
            '-health-port',
            String(healthPort),
            ...(isInFront ? ['-upstreamsvc', upstream] : []),
          ],
          env: [goMemoryLimit(answers.memoryLimit)],
          ports: [
            { name: 'dns', containerPort: 53, protocol: 'UDP' },
            { name: 'dns-tcp', containerPort: 53, protocol: 'TCP' },
            { name: 'metrics', containerPort: metricsPort },
            { name: 'setup-metrics', containerPort: 9353 },
          ],
          startupProbe: http('/health', healthPort, { ...health, ...every(5, 5, 24) }),
          readinessProbe: http('/health', healthPort, { ...health, ...every(10, 5, 3) }),
          livenessProbe: http('/health', healthPort, { ...health, ...every(15, 5, 4) }),
          securityContext: rootWith('NET_ADMIN', 'NET_BIND_SERVICE', 'NET_RAW'),
          why: {
            'securityContext.capabilities':
              'An interface and rules of the node, the port 53, and the raw socket by which iptables asks the kernel.',
          },
          mounts: [
            configMount(answers.name, '/etc/coredns/Corefile.base', {
              subPath: 'Corefile',
              why: 'Mounted as a file: in a folder it would change while the container runs, on all nodes at once.',
            }),
            scratch('made', '/run/node-cache', {
              inMemory: true,
              sizeLimit: '1Mi',
              why: 'Here it writes the Corefile that it makes of the other.',
            }),
            hostPath('xtables-lock', '/run/xtables.lock', {
              type: 'FileOrCreate',
              writable: true,
              why: 'Whoever changes iptables holds it, kube-proxy too.',
            }),
          ],
        },
      ],
      pod: { hostNetwork: true, dnsPolicy: 'Default', ...(isInFront && { enableServiceLinks: true }) },
      why: {
        hostNetwork: 'Its address is one of the node.',
        dnsPolicy: "The node's resolver, for names outside: the cluster's would be this cache itself.",
        ...(isInFront && {
          enableServiceLinks: `It knows the address of ${upstream} from the variable KUBE_DNS_UPSTREAM_SERVICE_HOST, which the kubelet sets only so.`,
        }),
      },
      config: { Corefile: corefile(answers) },
      metrics: { port: metricsPort, portName: 'metrics', path: '/metrics' },
      extras: isInFront ? [upstreamService(answers)] : [],
      keep: [
        ...(['startupProbe', 'readinessProbe', 'livenessProbe'] as const).map((probe) => ({
          rule: 'probe-host',
          path: `containers[node-cache].${probe}.httpGet.host`,
          reason: 'the address of the cache is on the node, and is what pods ask',
        })),
      ],
      next: isInFront
        ? [`Compare the address of the cluster's DNS: kubectl -n ${answers.namespace} get service kube-dns`]
        : [`Start the kubelets with --cluster-dns=${localIp}`],
    })
  },
})

interface Zones {
  localIp: string
  proxyMode: 'iptables' | 'ipvs'
  dnsIp: string
  clusterDomain: string
  healthPort: number
  metricsPort: number
}

/** With the two placeholders that the program fills in itself: the servers of the cluster and of the node. */
function corefile({ localIp, proxyMode, dnsIp, clusterDomain, healthPort, metricsPort }: Zones): string {
  const isInFront = proxyMode === 'iptables'
  const bind = isInFront ? `${localIp} ${dnsIp}` : localIp
  const cluster = isInFront ? '__PILLAR__CLUSTER__DNS__' : dnsIp
  const zone = (names: string[], lines: string[]) =>
    `${names.map((name) => `${name}:53`).join(' ')} {\n${lines.map((line) => `    ${line}\n`).join('')}}\n`
  const forwardByTcp = [`forward . ${cluster} {`, '    force_tcp', '}']
  return [
    `# Names of the cluster; they are asked by TCP, which loses no packets and leaves no entries behind.\n`,
    zone(
      [clusterDomain],
      [
        'errors',
        'cache {',
        '    success 9984 30',
        '    denial 9984 5',
        '}',
        'reload',
        'loop',
        `bind ${bind}`,
        ...forwardByTcp,
        `prometheus :${metricsPort}`,
        `health ${localIp}:${healthPort}`,
      ],
    ),
    zone(
      ['in-addr.arpa', 'ip6.arpa'],
      ['errors', 'cache 30', 'reload', 'loop', `bind ${bind}`, ...forwardByTcp, `prometheus :${metricsPort}`],
    ),
    `# All other names: from the servers of the node's resolv.conf, which the program puts in.\n`,
    zone(
      ['.'],
      [
        'errors',
        'cache 30',
        'reload',
        'loop',
        `bind ${bind}`,
        'forward . __PILLAR__UPSTREAM__SERVERS__',
        `prometheus :${metricsPort}`,
      ],
    ),
  ].join('')
}

function upstreamService({ namespace, dnsLabel }: { namespace: string; dnsLabel: string }): Manifest {
  const [key = '', value = ''] = dnsLabel.split('=')
  return {
    object: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: upstream, namespace },
      spec: {
        selector: { [key]: value },
        ports: [
          { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
          { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
        ],
      },
    },
    header: "The cluster's DNS by a second address: the cache answers at the first in its stead.",
  }
}
