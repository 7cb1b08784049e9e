/** A DaemonSet that states nearly every field, and is accepted as far as the fields' values go. */
export const everything = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
  namespace: kube-system
  ownerReferences:
    - { apiVersion: v1, kind: ConfigMap, name: owner, uid: 0b1c }
spec:
  minReadySeconds: 5
  revisionHistoryLimit: 3
  selector:
    matchLabels: { app: agent }
    matchExpressions:
      - { key: app, operator: Exists }
  updateStrategy:
    type: RollingUpdate
    rollingUpdate: { maxUnavailable: 1, maxSurge: 0 }
  template:
    metadata:
      labels: { app: agent }
    spec:
      os: { name: linux }
      restartPolicy: Always
      terminationGracePeriodSeconds: 30
      dnsPolicy: ClusterFirst
      dnsConfig:
        options:
          - { name: ndots, value: '2' }
      schedulerName: default-scheduler
      serviceAccountName: agent
      automountServiceAccountToken: false
      hostNetwork: false
      hostPID: false
      hostIPC: false
      hostUsers: true
      shareProcessNamespace: false
      enableServiceLinks: true
      setHostnameAsFQDN: false
      preemptionPolicy: Never
      resources: { limits: { memory: 1Gi } }
      readinessGates:
        - conditionType: example.com/ready
      schedulingGates:
        - name: example.com/gate
      resourceClaims:
        - { name: gpu, resourceClaimName: gpu }
      hostAliases:
        - { ip: 10.0.0.1, hostnames: [a] }
      securityContext:
        fsGroup: 1
        fsGroupChangePolicy: Always
        supplementalGroupsPolicy: Merge
        seLinuxChangePolicy: Recursive
        seccompProfile: { type: RuntimeDefault }
        appArmorProfile: { type: RuntimeDefault }
        sysctls:
          - { name: net.ipv4.ip_local_port_range, value: 1024 65535 }
      tolerations:
        - { key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 60 }
      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms:
              - matchExpressions:
                  - { key: a, operator: Exists }
          preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 1
              preference:
                matchExpressions:
                  - { key: a, operator: Exists }
        podAntiAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 1
              podAffinityTerm:
                topologyKey: kubernetes.io/hostname
                labelSelector: { matchLabels: { app: agent } }
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: DoNotSchedule
          minDomains: 1
          nodeAffinityPolicy: Honor
          nodeTaintsPolicy: Honor
          labelSelector: { matchLabels: { app: agent } }
      initContainers:
        - name: init
          image: example.com/agent:1
          restartPolicy: Always
      containers:
        - name: agent
          image: example.com/agent:1
          imagePullPolicy: Always
          terminationMessagePath: /dev/termination-log
          terminationMessagePolicy: File
          stdin: false
          stdinOnce: false
          tty: false
          restartPolicy: Never
          restartPolicyRules:
            - action: Restart
              exitCodes: { operator: In, values: [1] }
          securityContext:
            privileged: true
            allowPrivilegeEscalation: true
            readOnlyRootFilesystem: true
            procMount: Default
            seccompProfile: { type: RuntimeDefault }
            appArmorProfile: { type: RuntimeDefault }
          ports:
            - { name: http, containerPort: 80, hostPort: 80, hostIP: 127.0.0.1, protocol: TCP }
          resizePolicy:
            - { resourceName: cpu, restartPolicy: NotRequired }
          resources:
            claims:
              - { name: gpu, request: one }
          env:
            - { name: A, value: b }
            - name: B
              valueFrom: { fieldRef: { apiVersion: v1, fieldPath: metadata.name } }
            - name: C
              valueFrom: { resourceFieldRef: { resource: limits.cpu, divisor: 1m } }
            - name: D
              valueFrom: { configMapKeyRef: { name: a, key: b, optional: true } }
            - name: E
              valueFrom: { secretKeyRef: { name: a, key: b, optional: true } }
            - name: F
              valueFrom: { fileKeyRef: { volumeName: empty, path: env, key: F, optional: true } }
          envFrom:
            - configMapRef: { name: a, optional: true }
            - secretRef: { name: a, optional: true }
          volumeMounts:
            - name: host
              mountPath: /host
              readOnly: true
              subPath: a
              mountPropagation: None
              recursiveReadOnly: Disabled
          volumeDevices:
            - { name: claim, devicePath: /dev/a }
          livenessProbe:
            httpGet: { port: 80, path: /, host: 127.0.0.1, scheme: HTTP, httpHeaders: [{ name: A, value: b }] }
            initialDelaySeconds: 1
            timeoutSeconds: 1
            periodSeconds: 1
            successThreshold: 1
            failureThreshold: 1
            terminationGracePeriodSeconds: 1
          readinessProbe:
            tcpSocket: { port: 80, host: 127.0.0.1 }
          startupProbe:
            grpc: { port: 80, service: a }
          lifecycle:
            stopSignal: SIGTERM
            preStop: { sleep: { seconds: 1 } }
      volumes:
        - name: host
          hostPath: { path: /var/log, type: Directory }
        - name: config
          configMap: { name: a, defaultMode: 420, optional: true, items: [{ key: a, path: b, mode: 384 }] }
        - name: secret
          secret: { secretName: a, defaultMode: 420, optional: true }
        - name: empty
          emptyDir: { medium: Memory, sizeLimit: 1Mi }
        - name: downward
          downwardAPI:
            defaultMode: 420
            items:
              - path: a
                fieldRef: { fieldPath: metadata.name }
        - name: projected
          projected:
            defaultMode: 420
            sources:
              - serviceAccountToken: { path: token, expirationSeconds: 3600, audience: a }
              - clusterTrustBundle: { name: a, path: ca.crt }
              - podCertificate:
                  signerName: example.com/signer
                  keyType: RSA3072
                  maxExpirationSeconds: 86400
                  credentialBundlePath: bundle
                  keyPath: key
                  certificateChainPath: chain
                  userAnnotations: { example.com/a: b }
        - name: image
          image: { reference: example.com/data:1, pullPolicy: Always }
        - name: csi
          csi: { driver: example.com, readOnly: true }
        - name: claim
          persistentVolumeClaim: { claimName: a, readOnly: true }
        - name: ephemeral
          ephemeral:
            volumeClaimTemplate:
              spec:
                accessModes: [ReadWriteOnce]
                storageClassName: a
                volumeMode: Filesystem
                resources: { requests: { storage: 1Gi } }
        - name: nfs
          nfs: { server: a, path: /a, readOnly: true }
        - name: iscsi
          iscsi: { targetPortal: 10.0.0.1, iqn: iqn.2016-04.com.example:a, lun: 0, iscsiInterface: default }
        - name: azure
          azureDisk: { diskName: a, diskURI: https://a, cachingMode: None, kind: Shared, fsType: ext4 }
`
