// npm run verify-presets [-- PRESET…]
// Applies every preset, in its default form and in each variant, to the cluster of KUBECONFIG, waits until the DaemonSet
// is ready on exactly the nodes that it is meant for, and takes it away again. Labels nodes for the time. For a cluster
// that is there for tests: it needs kubectl, and leaves definitions and namespaces behind. Prints a table.
import { spawnSync } from 'node:child_process'
import { parseAllDocuments } from 'yaml'
import { variantsOf } from '../all-variants.mjs'
import { load } from '../load.mjs'
import { hasProgram, skip } from './tools.mjs'

if (!process.env.KUBECONFIG) skip('KUBECONFIG names no cluster')
if (!hasProgram('kubectl')) skip('kubectl is not on the PATH')

const patience = 60_000
const controlPlane = 'node-role.kubernetes.io/control-plane'
const names = process.argv.slice(2)
const { presets, scaffold } = await load()
const failures = []
const rows = []

kubectl(['apply', '--server-side', '-f', '-'], monitorDefinitions())
kubectl(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=30s'])
enlargeNodes()
kubectl(['apply', '--server-side', '-f', '-'], runtimeClass())
for (const preset of presets) {
  if (names.length > 0 && !names.includes(preset.name)) continue
  for (const { name, answers } of variantsOf(preset)) {
    const where = `${preset.name}/${name}`
    try {
      const row = await roll(scaffold({ ...answers, output: 'single' }))
      rows.push([preset.name, name, row.objects, `${row.desired}/${row.ready}`, row.nodes])
      if (row.failure) failures.push(`${where}: ${row.failure}`)
    } catch (error) {
      rows.push([preset.name, name, '–', 'refused', '–'])
      failures.push(`${where}: ${error.message}`)
    }
    console.error(`${where} ${rows.at(-1).slice(2).join(' ')}`)
  }
}
console.log('| preset | variant | objects | nodes desired/ready | control plane |\n|-|-|-|-|-|')
for (const row of rows) console.log(`| ${row.join(' | ')} |`)
for (const failure of failures) console.log(`FAILED ${failure}`)
console.log(`${rows.length} applied, ${failures.length} failed`)
process.exit(failures.length > 0 ? 1 : 0)

async function roll({ files, answers }) {
  const text = files[0].contents
  const objects = parseAllDocuments(text, { version: '1.1' }).map((document) => document.toJS())
  const daemonSet = objects.find(
    ({ kind, metadata }) => kind === 'DaemonSet' && metadata.name === answers.name,
  )
  const { name, namespace } = daemonSet.metadata
  const labelled = labelNodes(daemonSet.spec.template.spec)
  try {
    apply(text)
    const meant = nodesOf().filter((node) => isMeant(node, daemonSet.spec.template.spec, answers))
    const { desired, ready } = await readyNodes(name, namespace, meant.length)
    const onControlPlane = podNodes(namespace, daemonSet.spec.selector.matchLabels).filter((node) =>
      isControlPlane(node),
    )
    const isRight =
      desired === meant.length &&
      ready === desired &&
      onControlPlane.length ===
        meant.filter((node) => node.metadata.labels[controlPlane] !== undefined).length
    return {
      objects: objects.length,
      desired,
      ready,
      nodes: onControlPlane.length > 0 ? 'yes' : 'no',
      failure: isRight
        ? undefined
        : `meant for ${meant.length} nodes, desired ${desired}, ready ${ready}, ${onControlPlane.length} of the control plane`,
    }
  } finally {
    const others = objects.filter(({ kind }) => kind !== 'Namespace' && kind !== 'CustomResourceDefinition')
    kubectl(['delete', '--ignore-not-found', '--wait=true', '--timeout=60s', '-f', '-'], listOf(others), true)
    for (const [node, key] of labelled) kubectl(['label', 'node', node, `${key}-`], undefined, true)
  }
}

/** What defines a kind and what is of that kind come in one text; the kind is known a moment after. */
function apply(text) {
  const first = kubectl(['apply', '--server-side', '--force-conflicts', '-f', '-'], text, true)
  if (first.status === 0) return
  if (!/no matches for kind/.test(first.stderr)) throw new Error(first.stderr.trim())
  kubectl(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=30s'])
  kubectl(['apply', '--server-side', '--force-conflicts', '-f', '-'], text)
}

/** Gives nodes the labels that a pod asks for: all of them, or two workers where only some nodes are meant. */
function labelNodes(pod) {
  const conditions = [
    ...Object.entries(pod.nodeSelector ?? {}),
    ...conditionsOf(pod).flatMap(({ key, operator, values }) =>
      operator === 'In' ? [[key, values[0]]] : operator === 'Exists' ? [[key, 'true']] : [],
    ),
  ].filter(([key]) => key !== controlPlane && !/^kubernetes\.io\/(os|arch)$/.test(key))
  const nodes = nodesOf()
  const workers = nodes.filter(({ metadata }) => metadata.labels[controlPlane] === undefined)
  const chosen = conditions.some(([key]) => key === 'pool') ? workers.slice(0, 2) : nodes
  return chosen.flatMap(({ metadata }) =>
    conditions
      .filter(([key]) => metadata.labels[key] === undefined)
      .map(([key, value]) => {
        kubectl(['label', 'node', metadata.name, `${key}=${value}`])
        return [metadata.name, key]
      }),
  )
}

function conditionsOf({ affinity }) {
  const [term] =
    affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []
  return term?.matchExpressions ?? []
}

function isMeant({ metadata: { labels } }, pod, answers) {
  if (labels[controlPlane] !== undefined && !answers.controlPlane) return false
  const holds = ({ key, operator, values = [] }) =>
    ({
      In: values.includes(labels[key]),
      NotIn: !values.includes(labels[key]),
      Exists: labels[key] !== undefined,
      DoesNotExist: labels[key] === undefined,
    })[operator]
  return (
    Object.entries(pod.nodeSelector ?? {}).every(([key, value]) => labels[key] === value) &&
    conditionsOf(pod).every(holds)
  )
}

async function readyNodes(name, namespace, wanted) {
  const until = Date.now() + patience
  for (;;) {
    const {
      desiredNumberScheduled: desired = 0,
      numberReady: ready = 0,
      observedGeneration,
    } = get(['daemonset', name, '-n', namespace]).status ?? {}
    if ((observedGeneration && desired === wanted && ready === wanted) || Date.now() > until)
      return { desired, ready }
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}

function podNodes(namespace, labels) {
  const selector = Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')
  return get(['pods', '-n', namespace, '-l', selector]).items.map(({ spec }) => spec.nodeName)
}

function isControlPlane(name) {
  return nodesOf().some(
    ({ metadata }) => metadata.name === name && metadata.labels[controlPlane] !== undefined,
  )
}

function nodesOf() {
  return get(['nodes']).items
}

function get(args) {
  return JSON.parse(kubectl(['get', ...args, '-o', 'json']).stdout)
}

function kubectl(args, input, mayFail = false) {
  const { status, stdout, stderr } = spawnSync('kubectl', args, {
    encoding: 'utf8',
    input,
    maxBuffer: 1 << 28,
  })
  if (status !== 0 && !mayFail) throw new Error(`kubectl ${args[0]}: ${stderr.trim()}`)
  return { status, stdout, stderr }
}

/** Nodes that only pretend to be some may state no disk, and are small: they take no pod that asks for more. */
function enlargeNodes() {
  const room = { cpu: '32', memory: '128Gi', 'ephemeral-storage': '500Gi' }
  for (const { metadata, status } of nodesOf()) {
    if (status.allocatable['ephemeral-storage']) continue
    const patch = JSON.stringify({ status: { allocatable: room, capacity: room } })
    kubectl(['patch', 'node', metadata.name, '--subresource=status', '--type=merge', '--patch', patch])
  }
}

/** What the runtime of GPU nodes brings along. */
function runtimeClass() {
  return JSON.stringify({
    apiVersion: 'node.k8s.io/v1',
    kind: 'RuntimeClass',
    metadata: { name: 'nvidia' },
    handler: 'nvidia',
  })
}

/** The kinds of the Prometheus Operator, as far as these tests need them. */
function monitorDefinitions() {
  return listOf(
    ['ServiceMonitor', 'PodMonitor'].map((kind) => {
      const singular = kind.toLowerCase()
      const versions = [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      ]
      const spec = {
        group: 'monitoring.coreos.com',
        scope: 'Namespaced',
        names: { kind, plural: `${singular}s`, singular },
        versions,
      }
      return {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: `${singular}s.monitoring.coreos.com` },
        spec,
      }
    }),
  )
}

function listOf(items) {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items })
}
