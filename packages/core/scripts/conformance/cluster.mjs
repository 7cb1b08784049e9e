import http from 'node:http'
import https from 'node:https'
import { parse } from 'yaml'
import { UsageError } from './usage-error.mjs'

/**
 * What the API server says to a manifest.
 * @typedef {object} Answer
 * @property {'accept' | 'reject'} verdict
 * @property {string[]} [fields] what it names; absent where it does not come to that
 * @property {string[]} warnings
 * @property {string} message
 */

const concurrent = 8

/**
 * Asks a cluster, by server-side dry runs: nothing is created.
 * @param {import('./kubeconfig.mjs').Access} access
 */
export function connect(access) {
  const { server, tls, token } = access
  const module = server.protocol === 'http:' ? http : https
  const agent = new module.Agent({ keepAlive: true, maxSockets: concurrent })
  const headers = token ? { authorization: `Bearer ${token}` } : {}

  function request(method, path, body) {
    return new Promise((resolve, reject) => {
      const options = {
        ...tls,
        method,
        agent,
        timeout: 30_000,
        headers: { ...headers, accept: 'application/json' },
      }
      if (body)
        Object.assign(options.headers, { 'content-type': 'application/yaml', 'content-length': body.length })
      const sent = module.request(new URL(path, server), options, (response) => {
        const chunks = []
        response.on('data', (chunk) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8')
          resolve({
            status: response.statusCode,
            body: jsonOf(text),
            warnings: warningsOf(response.rawHeaders),
          })
        })
      })
      sent.on('timeout', () => sent.destroy(new Error('no answer within 30 seconds')))
      sent.on('error', reject)
      sent.end(body)
    }).catch((error) => {
      const reason = error.message || error.errors?.[0]?.message || error.code
      throw new UsageError(`Cannot ask ${server.origin}: ${reason}`)
    })
  }

  async function post(bytes) {
    const path = `apis/apps/v1/namespaces/${namespaceOf(bytes)}/daemonsets?dryRun=All&fieldValidation=Strict`
    for (let tries = 1; ; tries++) {
      const answer = await request('POST', path, bytes)
      // The server is busy.
      if ((answer.status !== 429 && answer.status !== 503) || tries === 5) return answer
      await new Promise((resolve) => setTimeout(resolve, tries * 1000))
    }
  }

  return {
    /** @returns {Promise<string>} `v1.36.3` */
    async version() {
      const { status, body } = await request('GET', 'version')
      if (status !== 200 || !body.gitVersion)
        throw new UsageError(`${server.origin} does not tell its version: ${messageOf(status, body)}`)
      return body.gitVersion
    },

    /** Makes sure that what all cases start from is accepted, so that refusals are about what cases change. */
    async tryBase(bytes) {
      const { status, body } = await post(bytes)
      if (status < 300 || isTaken(status, body)) return
      throw new UsageError(
        `The cluster refuses even the DaemonSet that all cases start from, as policies of admission or a lack of permissions make it: ${messageOf(status, body)}`,
      )
    },

    /**
     * @param {{ bytes: Uint8Array }[]} cases
     * @returns {Promise<Answer[]>} in the order of the cases
     */
    async ask(cases) {
      const answers = []
      const rest = cases.entries()
      const work = async () => {
        for (const [index, { bytes }] of rest) {
          const { status, body, warnings } = await post(bytes)
          if (status === 401 || status === 429 || status >= 500) {
            throw new UsageError(`${server.origin} stopped answering: ${messageOf(status, body)}`)
          }
          const accepted = status < 300 || isTaken(status, body)
          // Only validation names fields. It does not come to that where a namespace does not exist or is no name.
          const fields = status === 404 || status === 400 ? undefined : causesOf(body)
          answers[index] = {
            verdict: accepted ? 'accept' : 'reject',
            fields,
            warnings,
            message: messageOf(status, body),
          }
        }
      }
      await Promise.all(Array.from({ length: concurrent }, work))
      return answers
    },

    close: () => agent.destroy(),
  }
}

/** A DaemonSet of that name exists, which is found out after everything else. */
const isTaken = (status, body) => status === 409 && body.reason === 'AlreadyExists'

const causesOf = (body) => (body.details?.causes ?? []).map(({ field }) => field).filter(Boolean)

const messageOf = (status, body) => `${status} ${body.message ?? body.text ?? ''}`.trim().slice(0, 500)

function jsonOf(text) {
  try {
    return Object(JSON.parse(text))
  } catch {
    return { text: text.slice(0, 200) }
  }
}

/** The texts of Warning headers: `299 - "text"`. */
function warningsOf(rawHeaders) {
  const values = rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1].toLowerCase() === 'warning',
  )
  return values.flatMap((value) =>
    [...value.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text.replace(/\\(.)/g, '$1')),
  )
}

/** Where kubectl would send it, if that is a name at all. */
function namespaceOf(bytes) {
  let namespace
  try {
    namespace = parse(Buffer.from(bytes).toString('utf8'), { logLevel: 'silent', uniqueKeys: false })
      ?.metadata?.namespace
  } catch {}
  return typeof namespace === 'string' && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(namespace)
    ? namespace
    : 'default'
}
