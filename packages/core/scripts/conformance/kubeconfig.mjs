import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parse } from 'yaml'
import { UsageError } from './usage-error.mjs'

/**
 * How to reach a cluster, as kubectl would.
 * @typedef {object} Access
 * @property {URL} server
 * @property {{ ca?: Buffer, cert?: Buffer, key?: Buffer, rejectUnauthorized?: boolean, servername?: string }} tls
 * @property {string} [token]
 */

/**
 * Reads kubeconfig files: client certificates and tokens, for the current context.
 * @param {string[]} files what KUBECONFIG lists; of entries with one name the first counts
 * @param {string} [name] a context instead of the current one
 * @returns {Access}
 * @throws UsageError where something is missing, or is a way to log in that needs another program
 */
export function readKubeconfig(files, name) {
  const parts = files.map(readOne)
  const find = (list, name) => parts.flatMap((part) => part[list]).find((entry) => entry?.name === name)
  const wanted = name ?? parts.map(({ current }) => current).find(Boolean)
  const where = files.join(', ')
  if (!wanted) throw new UsageError(`${where} has no current-context: name one with --context`)
  const context = find('contexts', wanted)?.context
  if (!context) throw new UsageError(`${where} has no context "${wanted}"`)
  const cluster = find('clusters', context.cluster)
  if (!cluster?.cluster?.server)
    throw new UsageError(`${where} has no server for the cluster "${context.cluster}"`)
  const user = find('users', context.user)
  if (context.user && !user) throw new UsageError(`${where} has no user "${context.user}"`)
  return accessOf(cluster, user ?? { folder: '.', user: {} })
}

function readOne(file) {
  let config
  try {
    config = parse(readFileSync(file, 'utf8')) ?? {}
  } catch (error) {
    throw new UsageError(`Cannot read the kubeconfig ${file}: ${String(error.message).split('\n')[0]}`)
  }
  const folder = dirname(resolve(file))
  const list = (key) => (Array.isArray(config[key]) ? config[key].map((entry) => ({ ...entry, folder })) : [])
  const current = config['current-context']
  return { current, contexts: list('contexts'), clusters: list('clusters'), users: list('users') }
}

function accessOf({ folder: clusterFolder, cluster }, { folder, name, user }) {
  for (const key of ['exec', 'auth-provider', 'username']) {
    if (user?.[key]) {
      throw new UsageError(
        `The user "${name}" logs in by \`${key}\`, which is not supported here. Use a client certificate or a token, ` +
          'such as `kubectl create token` gives.',
      )
    }
  }
  if (cluster['proxy-url'])
    throw new UsageError('The cluster has a `proxy-url`, which is not supported here.')
  const tls = {
    ca: bytesOf(cluster, 'certificate-authority', clusterFolder),
    cert: bytesOf(user, 'client-certificate', folder),
    key: bytesOf(user, 'client-key', folder),
    ...(cluster['insecure-skip-tls-verify'] && { rejectUnauthorized: false }),
    ...(cluster['tls-server-name'] && { servername: cluster['tls-server-name'] }),
  }
  const token = user?.tokenFile ? readBytes(resolve(folder, user.tokenFile)).toString().trim() : user?.token
  let server
  try {
    server = new URL(`${cluster.server.replace(/\/+$/, '')}/`)
  } catch {
    throw new UsageError(`The server "${cluster.server}" is no URL`)
  }
  return { server, tls, token }
}

/** What `name-data` holds, or the file that `name` names. */
function bytesOf(holder, name, folder) {
  const data = holder?.[`${name}-data`]
  if (data) return Buffer.from(data, 'base64')
  return holder?.[name] ? readBytes(resolve(folder, holder[name])) : undefined
}

function readBytes(file) {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new UsageError(`The kubeconfig names a file that cannot be read: ${error.message}`)
  }
}
