import { quotaFor } from '../../assemble.ts'
import type { CommonAnswers } from '../../common-questions.ts'
import { exec } from '../../kit/probes.ts'
import type { Manifest } from '../../types.ts'
import { controllersName } from './rbac.ts'

/** Calico's controllers: one pod for the whole cluster, and what keeps it. */
export function kubeControllers({ namespace }: CommonAnswers, image: string): Manifest[] {
  return [...quota(namespace), deployment(namespace, image), disruptionBudget(namespace)]
}

// `k8s-app` is what calicoctl looks for.
const selector = { 'app.kubernetes.io/name': controllersName, 'k8s-app': controllersName }
const priorityClassName = 'system-cluster-critical'

function quota(namespace: string): Manifest[] {
  return namespace === 'kube-system' ? [] : [quotaFor(controllersName, namespace, priorityClassName, '10')]
}

function deployment(namespace: string, image: string): Manifest {
  const container = {
    name: controllersName,
    image,
    imagePullPolicy: 'IfNotPresent',
    env: [
      { name: 'ENABLED_CONTROLLERS', value: 'node,loadbalancer' },
      { name: 'DATASTORE_TYPE', value: 'kubernetes' },
    ],
    startupProbe: exec(['/usr/bin/check-status', '-l'], {
      periodSeconds: 5,
      timeoutSeconds: 5,
      failureThreshold: 24,
    }),
    readinessProbe: exec(['/usr/bin/check-status', '-r'], { periodSeconds: 10, timeoutSeconds: 5 }),
    livenessProbe: exec(['/usr/bin/check-status', '-l'], {
      periodSeconds: 10,
      timeoutSeconds: 10,
      failureThreshold: 6,
    }),
    resources: {
      requests: { cpu: '50m', memory: '128Mi', 'ephemeral-storage': '64Mi' },
      limits: { memory: '512Mi', 'ephemeral-storage': '256Mi' },
    },
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 999,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [{ name: 'status', mountPath: '/status' }],
  }
  const pod = {
    serviceAccountName: controllersName,
    automountServiceAccountToken: true,
    enableServiceLinks: false,
    priorityClassName,
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    tolerations: [
      { key: 'node-role.kubernetes.io/control-plane', operator: 'Exists', effect: 'NoSchedule' },
      { key: 'CriticalAddonsOnly', operator: 'Exists' },
    ],
    securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
    containers: [container],
    volumes: [{ name: 'status', emptyDir: { sizeLimit: '1Mi' } }],
  }
  const object = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: controllersName, namespace, labels: selector },
    spec: {
      replicas: 1,
      strategy: { type: 'Recreate' },
      selector: { matchLabels: selector },
      template: { metadata: { labels: selector }, spec: pod },
    },
  }
  return {
    object,
    header: "Calico's controllers: they give back the addresses of nodes and pods that are gone.",
    comments: {
      'spec.replicas': 'Only one of them may be at work.',
      'spec.template.spec.tolerations': 'In a cluster that begins, there may be no other nodes yet.',
      'spec.template.spec.volumes[status]': 'Where it writes how it is; the probes read it.',
    },
  }
}

function disruptionBudget(namespace: string): Manifest {
  return {
    object: {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: controllersName, namespace },
      spec: {
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector: { matchLabels: selector },
      },
    },
    comments: { 'spec.maxUnavailable': 'Its node may be drained at any time: it starts on another.' },
  }
}
