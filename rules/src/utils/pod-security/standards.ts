/**
 * What the levels of the Pod Security Standards allow and forbid, after policy/ of k8s.io/pod-security-admission. Imports
 * nothing, so that the generator, which works the level of a pod out, loads no rule.
 */

/**
 * Capabilities that baseline lets a container add: what runtimes give anyway, without NET_RAW
 * (policy/check_capabilities_baseline.go).
 */
export const baselineCapabilities: readonly string[] = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]

/** Kernel settings of the pod alone, with the minor version that began to allow each (policy/check_sysctls.go). */
export const safeSysctls: Readonly<Record<string, number>> = {
  'kernel.shm_rmid_forced': 0,
  'net.ipv4.ip_local_port_range': 0,
  'net.ipv4.ip_local_reserved_ports': 27,
  'net.ipv4.ip_unprivileged_port_start': 0,
  'net.ipv4.ping_group_range': 0,
  'net.ipv4.tcp_fin_timeout': 29,
  'net.ipv4.tcp_keepalive_intvl': 29,
  'net.ipv4.tcp_keepalive_probes': 29,
  'net.ipv4.tcp_keepalive_time': 29,
  'net.ipv4.tcp_rmem': 32,
  'net.ipv4.tcp_syncookies': 0,
  'net.ipv4.tcp_wmem': 32,
}

/** SELinux types that baseline lets a pod name, with the minor version that began to allow each (policy/check_seLinuxOptions.go). */
export const seLinuxTypes: Readonly<Record<string, number>> = {
  container_engine_t: 31,
  container_init_t: 0,
  container_kvm_t: 0,
  container_t: 0,
}

/**
 * Kinds of volumes that `restricted` allows only through claims. `hostPath` is forbidden by `baseline` already
 * (policy/check_restrictedVolumes.go).
 */
export const restrictedVolumes: readonly string[] = [
  'awsElasticBlockStore',
  'azureDisk',
  'azureFile',
  'cephfs',
  'cinder',
  'fc',
  'flexVolume',
  'flocker',
  'gcePersistentDisk',
  'gitRepo',
  'glusterfs',
  'iscsi',
  'nfs',
  'photonPersistentDisk',
  'portworxVolume',
  'quobyte',
  'rbd',
  'scaleIO',
  'storageos',
  'vsphereVolume',
]
