// What a pod of a DaemonSet would see: its containers' files, commands and environment, laid out in a temporary folder.
import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** What the API server and the kubelet would put in. */
const downward = {
  'metadata.name': 'agent-x7k2p',
  'metadata.namespace': 'agents',
  'metadata.uid': '5b0c1f8e-6a1d-4c55-9d0e-0b8a7e0f3c11',
  'spec.nodeName': 'node-1',
  'spec.serviceAccountName': 'agent',
  'status.hostIP': '127.0.0.1',
  'status.podIP': '127.0.0.1',
}

/** What the kubelet puts into the environment of each container; nothing answers at that address. */
const surroundings = {
  HOSTNAME: downward['metadata.name'],
  KUBERNETES_SERVICE_HOST: '127.0.0.1',
  KUBERNETES_SERVICE_PORT: '1',
}

/**
 * Containers by name. Paths in files, commands and environment are those of the temporary folder.
 * @param {any[]} objects of a scaffold
 * @param {string} folder empty
 * @param {{ secret(key: string): string, image?: Record<string, string> }} given what Secrets hold, and files of the image
 */
export function layOut(objects, folder, given) {
  const { spec } = objects.find(({ kind }) => kind === 'DaemonSet').spec.template
  const all = [...(spec.initContainers ?? []), ...spec.containers]
  return new Map(all.map((one, index) => [one.name, container(one, join(folder, `${index}`))]))

  function container(one, root) {
    const places = []
    const files = []
    for (const [index, mount] of (one.volumeMounts ?? []).entries()) {
      const volume = spec.volumes.find(({ name }) => name === mount.name)
      const place = placeOf(volume, mount, join(root, `v${index}`))
      if (place === mount.mountPath) continue
      places.push([mount.mountPath, place])
      files.push(...contentsOf(volume, mount, place))
    }
    for (const [path, text] of Object.entries(given.image ?? {})) {
      const place = join(root, 'image', path)
      places.push([path.replace(/\/$/, ''), place])
      if (path.endsWith('/')) mkdirSync(place, { recursive: true })
      else files.push([place, text])
    }
    const mapped = mapper(places)
    for (const [path, text] of files) write(path, mapped(text))
    const own = (one.env ?? []).map((entry) => [entry.name, mapped(environmentValue(entry))])
    const env = { ...surroundings, ...Object.fromEntries(own) }
    const argv = [...(one.command ?? []), ...(one.args ?? [])].map((text) => mapped(expand(text, env)))
    const home = join(root, 'home')
    mkdirSync(home, { recursive: true })
    return { name: one.name, argv, env, home, mapped, object: one }
  }

  function placeOf({ hostPath, configMap, secret }, { mountPath, subPath }, place) {
    if (hostPath && /^\/(proc|sys|dev)(\/|$)/.test(hostPath.path)) return hostPath.path
    // A single file, in a folder of its own as well.
    if (subPath && (configMap || secret)) return join(place, basename(mountPath))
    if (/^(File|Socket|CharDevice)/.test(hostPath?.type ?? '')) write(place, '')
    else mkdirSync(place, { recursive: true })
    return mountPath === '/' ? mountPath : place
  }

  function contentsOf({ configMap, secret }, { subPath }, place) {
    const kind = configMap ? 'ConfigMap' : secret ? 'Secret' : undefined
    if (!kind) return []
    const name = configMap?.name ?? secret.secretName
    const object = objects.find((other) => other.kind === kind && other.metadata.name === name)
    const data = object?.data ?? object?.stringData ?? {}
    const items = (configMap ?? secret).items ?? Object.keys(data).map((key) => ({ key, path: key }))
    return items
      .filter(({ path }) => !subPath || path === subPath)
      .map(({ key, path }) => [
        subPath ? place : join(place, path),
        configMap ? (data[key] ?? '') : given.secret(key),
      ])
  }

  function environmentValue({ value, valueFrom }) {
    if (valueFrom?.fieldRef) return downward[valueFrom.fieldRef.fieldPath] ?? ''
    if (valueFrom?.secretKeyRef) return given.secret(valueFrom.secretKeyRef.key)
    return valueFrom?.resourceFieldRef ? '1' : (value ?? '')
  }
}

function expand(text, env) {
  return text.replace(/\$\(([\w.-]+)\)/g, (all, name) => env[name] ?? all)
}

/** Replaces paths of a container by where they lie here; longer ones first. */
function mapper(places) {
  if (places.length === 0) return (text) => text
  const where = new Map(places)
  const paths = [...where.keys()]
    .sort((a, b) => b.length - a.length)
    .map((path) => path.replace(/[.]/g, '\\$&'))
  const pattern = new RegExp(`(?<=^|[^\\w./-]|:\\/\\/)(?:${paths.join('|')})(?![\\w-])`, 'gm')
  return (text) => text.replace(pattern, (path) => where.get(path))
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
