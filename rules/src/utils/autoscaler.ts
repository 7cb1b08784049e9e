/**
 * What the cluster autoscaler reads of a pod to decide whether to evict it before it takes the node away: `true` yes, any
 * other value no; without it `--daemonset-eviction-for-occupied-nodes` decides, which is on by default.
 * PodsToEvict in cluster-autoscaler/utils/daemonset/daemonset.go of kubernetes/autoscaler.
 */
export const evictionAnnotation = 'cluster-autoscaler.kubernetes.io/enable-ds-eviction'

/** Seconds it waits for a pod to end: the default of `--max-graceful-termination-sec`. */
export const longestGracePeriod = 600
