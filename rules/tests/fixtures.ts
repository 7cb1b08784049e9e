/** Patches that state next to nothing, so that a rule which calls anything missing is wrong. */
export const emptyPatches = [
  `
spec:
  template:
    spec: {}
`,
  `
spec:
  template:
    spec:
      containers:
        - name: agent
`,
  `
spec:
  template:
    spec:
      containers:
        - name: agent
          env:
            - name: LOG_LEVEL
              value: debug
      initContainers:
        - name: prepare
      volumes:
        - name: config
`,
  `
spec:
  updateStrategy: {}
  template:
    metadata: {}
    spec:
      containers:
        - name: agent
          resources: {}
          securityContext: {}
`,
].map((spec) => `apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: agent${spec}`)

/** A manifest that states every field the rules ask for; templated, it leaves nothing to find. */
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
 * The manifest with every scalar a placeholder, save those that say what it is: what `envsubst` or Helm would fill in.
 * Block style only.
 */
export function templated(text: string): string {
  let count = 0
  return text.replace(/^(\s*(?:- )?)([\w./-]+): +([^\s|>#&*].*)$/gm, (line, indent: string, key: string) => {
    if (key === 'apiVersion' || key === 'kind') return line
    count += 1
    return `${indent}${key}: \${VALUE_${count}}`
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
