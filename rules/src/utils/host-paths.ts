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
 * What an untyped host path needs as `hostPath.type` where it surely is no directory: `FileOrCreate` for what the agent
 * or its peers create, `Socket` for sockets, `File` for the machine's id, which most nodes have and none may be given
 * empty. undefined for everything else: directories, files that every node has (/etc/hosts, /etc/os-release,
 * /etc/resolv.conf) or that only some have, and files below /dev, /proc and /sys, where nothing can be created in their
 * place.
 */
export function fileTypeOf(path: string): 'Socket' | 'File' | 'FileOrCreate' | undefined {
  const normal = normaliseHostPath(path)
  if (['/dev', '/proc', '/sys'].some((parent) => isWithin(normal, parent))) return undefined
  if (/\.(sock|socket)$/i.test(normal)) return 'Socket'
  // machine-id(5): systemd makes it. Nodes without systemd may lack it, and an empty one says that it is still to be made.
  if (normal === '/etc/machine-id') return 'File'
  // localtime(5): UTC where it is absent, and so for an empty file
  if (normal === '/etc/localtime') return 'FileOrCreate'
  return /\.(lock|log|pid)$/i.test(normal) && !systemLog.test(normal) ? 'FileOrCreate' : undefined
}

/** True for a path that surely is no directory, whether it needs a type or not. */
export function isFile(path: string): boolean {
  return fileTypeOf(path) !== undefined || filesOfEveryNode.includes(normaliseHostPath(path))
}

/** The kubelet reads /etc/hosts for pods on the host network and /etc/resolv.conf for all others; man 5 os-release. */
const filesOfEveryNode: readonly string[] = ['/etc/hosts', '/etc/os-release', '/etc/resolv.conf']

/** Logs that the system itself writes on some distributions, as users of its own. */
const systemLog =
  /^\/var\/log\/(audit\/.*|(alternatives|auth|boot|cloud-init(-output)?|cron|daemon|dnf|dpkg|kern|mail|user|yum)\.log)$/

/** True for a folder that every Linux node has: `FileOrCreate` creates a file, not the folder it is in. */
export function isOnEveryNode(folder: string): boolean {
  return foldersOfEveryNode.includes(normaliseHostPath(folder))
}

/** file-hierarchy(7), and the kubelet's root */
const foldersOfEveryNode: readonly string[] = [
  '/',
  '/etc',
  '/run',
  '/run/lock',
  '/tmp',
  '/var',
  '/var/cache',
  '/var/lib',
  '/var/lib/kubelet',
  '/var/lock',
  '/var/log',
  '/var/tmp',
]

/** The folder that a path is in. */
export function folderOf(path: string): string {
  const normal = normaliseHostPath(path)
  return normal.slice(0, normal.lastIndexOf('/')) || '/'
}

/** True for a folder of CNI's configuration or its plugins, wherever the node has it. The path normalised. */
export function isCniFolder(path: string): boolean {
  return /\/cni\/(net\.d|bin)$/.test(path)
}

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
