/**
 * Brings a host path into one form: no doubled, trailing or `.` parts, and `/var/run` as `/run`, which it is a link to
 * on every systemd distribution.
 */
export function normaliseHostPath(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  const normal = `/${parts.join('/')}`
  return isWithin(normal, '/var/run') ? normal.slice('/var'.length) : normal
}

/** True when `path` is `parent` or below it. Both normalised. */
export function isWithin(path: string, parent: string): boolean {
  return path === parent || path.startsWith(parent === '/' ? '/' : `${parent}/`)
}

/**
 * What a file that is not a directory needs as `hostPath.type`; undefined for what is, or may be, a directory, and for
 * what every node has (files below /dev, /proc and /sys), where nothing can be created in its place.
 */
export function fileTypeOf(path: string): 'Socket' | 'File' | 'FileOrCreate' | undefined {
  const normal = normaliseHostPath(path)
  if (['/dev', '/proc', '/sys'].some((parent) => isWithin(normal, parent))) return undefined
  const name = normal.slice(normal.lastIndexOf('/') + 1)
  if (/\.(sock|socket)$/i.test(name)) return 'Socket'
  if (/\.(lock|log|pid)$/i.test(name)) return 'FileOrCreate'
  if (/\.(conf|cfg|ini|json|ya?ml|toml|crt|cer|pem|key|sh|txt|kubeconfig|service)$/i.test(name)) return 'File'
  return plainFiles.includes(normal) ? 'File' : undefined
}

/** Well-known files without a telling extension that some nodes lack. man 5 machine-id, os-release, localtime */
const plainFiles: readonly string[] = [
  '/etc/adjtime',
  '/etc/hostname',
  '/etc/localtime',
  '/etc/lsb-release',
  '/etc/machine-id',
  '/etc/os-release',
  '/etc/redhat-release',
  '/etc/system-release',
  '/etc/timezone',
  '/usr/lib/os-release',
  '/var/lib/dbus/machine-id',
]

const runtimes: readonly { name: string; paths: readonly string[] }[] = [
  { name: 'Docker', paths: ['/run/docker.sock', '/run/docker'] },
  {
    name: 'containerd',
    paths: [
      '/run/containerd',
      '/run/k3s/containerd',
      '/run/host-containerd',
      '/run/dockershim.sock',
      '/var/snap/microk8s/common/run/containerd.sock',
    ],
  },
  { name: 'CRI-O', paths: ['/run/crio'] },
  { name: 'cri-dockerd', paths: ['/run/cri-dockerd.sock'] },
  { name: 'Podman', paths: ['/run/podman'] },
]

/**
 * The container runtime whose socket a host path is, or whose socket's own folder it is; undefined for anything else,
 * parents such as /run included, which hold much more.
 * Default places: https://kubernetes.io/docs/setup/production-environment/container-runtimes/
 */
export function runtimeSocketOf(path: string): string | undefined {
  const normal = normaliseHostPath(path)
  const known = runtimes.find(({ paths }) =>
    paths.some((one) => normal === one || (isWithin(normal, one) && normal.endsWith('.sock'))),
  )
  if (known) return known.name
  return /\/(docker|containerd|crio|cri-dockerd|podman)\.sock$/.exec(normal) ? nameOfFile(normal) : undefined
}

function nameOfFile(path: string): string {
  if (path.endsWith('/docker.sock')) return 'Docker'
  if (path.endsWith('/crio.sock')) return 'CRI-O'
  return path.endsWith('/containerd.sock')
    ? 'containerd'
    : path.slice(path.lastIndexOf('/') + 1, -'.sock'.length)
}
