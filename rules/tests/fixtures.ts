import { type Path, parse } from '@daemonlint/core'

/** A manifest that states every field the rules ask for. */
export const statesEverything = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
  namespace: monitoring
  labels:
    app: agent
spec:
  updateStrategy:
    type: RollingUpdate
    rollingUpdate:
      maxUnavailable: 100%
  minReadySeconds: 0
  selector:
    matchLabels:
      app: agent
      version: 1.0.0
  template:
    metadata:
      labels:
        app: agent
        version: 1.0.0
      annotations:
        checksum/config: abc
    spec:
      priorityClassName: system-node-critical
      serviceAccountName: agent
      automountServiceAccountToken: true
      hostNetwork: true
      hostPID: true
      dnsPolicy: ClusterFirst
      terminationGracePeriodSeconds: 0
      nodeSelector:
        kubernetes.io/os: linux
      tolerations:
        - key: node-role.kubernetes.io/control-plane
          operator: Exists
          effect: NoSchedule
      containers:
        - name: agent
          image: registry:5000/agent
          securityContext:
            privileged: true
            allowPrivilegeEscalation: true
            readOnlyRootFilesystem: false
            runAsNonRoot: false
          resources:
            requests:
              cpu: 100m
              memory: 64Mi
              ephemeral-storage: 1Gi
            limits:
              memory: 64Mi
              ephemeral-storage: 1Gi
          readinessProbe:
            httpGet:
              path: /
              port: 80
          livenessProbe:
            httpGet:
              path: /
              port: 80
          envFrom:
            - configMapRef:
                name: agent
          volumeMounts:
            - name: docker
              mountPath: /var/run/docker.sock
              readOnly: false
            - name: logs
              mountPath: /var/log
              readOnly: false
      volumes:
        - name: docker
          hostPath:
            path: /var/run/docker.sock
            type: Socket
        - name: logs
          hostPath:
            path: /var/log
            type: Directory
`

/**
 * The text once for each scalar value in it, that one a placeholder. Such a text can be no worse than the text itself:
 * one thing less is known of it.
 */
export function templatedEach(text: string): { path: string; text: string }[] {
  return parse(text, { wants: () => true }).children.flatMap((manifest) =>
    scalarsOf(manifest.value).flatMap((path) => {
      const place = manifest.at(...path)
      const source = manifest.source(...path)
      if (place?.start.offset === undefined || place.end.offset === undefined || !source) return []
      // a block scalar ends with its line
      const end = /\n$/.test(source) ? '\n' : ''
      const templated = `${text.slice(0, place.start.offset)}"\${X}"${end}${text.slice(place.end.offset)}`
      return [{ path: manifest.field(...path), text: templated }]
    }),
  )
}

function scalarsOf(value: unknown): Path[] {
  if (value === null || typeof value !== 'object') return [[]]
  return Object.entries(value).flatMap(([key, item]) => {
    const step = Array.isArray(value) ? Number(key) : key
    return scalarsOf(item).map((path) => [step, ...path])
  })
}

/** The manifest once for each of its fields, that field null. Block style only. */
export function nulled(text: string): string[] {
  const lines = text.split('\n')
  return lines.flatMap((line, index) => {
    const [, before, key] = /^(\s*(?:- )?)([\w./-]+):/.exec(line) ?? []
    if (before === undefined || key === undefined) return []
    const rest = lines.slice(index + 1)
    const end = rest.findIndex((other) => other.search(/\S/) <= before.length)
    return [
      [...lines.slice(0, index), `${before}${key}: null`, ...rest.slice(end < 0 ? rest.length : end)].join(
        '\n',
      ),
    ]
  })
}

/** Lists at every depth that the rules look into, to stand beside those of {@link statesEverything}. */
const lists = {
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          {
            matchExpressions: [{ key: 'kubernetes.io/os', operator: 'In', values: ['linux'] }],
            matchFields: [{ key: 'metadata.name', operator: 'In', values: ['a'] }],
          },
        ],
      },
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 1, preference: { matchExpressions: [{ key: 'a', operator: 'Exists' }] } },
      ],
    },
  },
  imagePullSecrets: [{ name: 'a' }],
  hostAliases: [{ ip: '10.0.0.1', hostnames: ['a'] }],
  dnsConfig: { nameservers: ['10.0.0.1'], options: [{ name: 'a' }] },
  readinessGates: [{ conditionType: 'a' }],
  securityContext: { sysctls: [{ name: 'a', value: 'b' }], supplementalGroups: [1] },
  initContainers: [
    { name: 'setup', image: 'setup:1', command: ['sh', '-c'], args: ['nsenter'], env: [{ name: 'A' }] },
  ],
}
const containerLists = {
  command: ['agent'],
  args: ['--listen=:80'],
  ports: [{ containerPort: 80, hostPort: 80, name: 'http' }],
  env: [
    { name: 'A', value: 'b' },
    { name: 'B', valueFrom: { secretKeyRef: { name: 'a', key: 'b' } } },
  ],
  volumeDevices: [{ name: 'device', devicePath: '/dev/a' }],
  securityContext: { capabilities: { add: ['SYS_ADMIN'], drop: ['ALL'] } },
  lifecycle: { preStop: { exec: { command: ['sleep', '5'] } } },
}
const volumeLists = [
  { name: 'config', configMap: { name: 'agent', items: [{ key: 'a', path: 'a' }] } },
  { name: 'all', projected: { sources: [{ configMap: { name: 'a', items: [{ key: 'a', path: 'a' }] } }] } },
]

/** A manifest of lists, once for each of their items, that item null, and once for each list of nothing but null. */
export function nulledItems(): string[] {
  const [manifest] = parse(statesEverything).children
  const value = structuredClone(manifest!.value) as unknown as { spec: { template: { spec: PodLists } } }
  const { spec } = value.spec.template
  Object.assign(spec, lists)
  Object.assign(spec.containers[0]!, containerLists)
  spec.volumes.push(...volumeLists)
  const texts: string[] = []
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    for (const [key, item] of Object.entries(node)) {
      visit(item)
      if (!Array.isArray(node)) continue
      node[Number(key)] = null
      texts.push(JSON.stringify(value))
      const others = node.splice(0, node.length, null)
      texts.push(JSON.stringify(value))
      node.splice(0, 1, ...others)
      node[Number(key)] = item
    }
  }
  visit(value)
  return texts
}

interface PodLists {
  containers: object[]
  volumes: object[]
}
