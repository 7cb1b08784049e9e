// What presets come to: worked out from the objects that they make, for the pages.
import { variantsOf } from './all-variants.mjs'
import { load } from './load.mjs'

/** Everything that the pages are made of. */
export async function loadFacts() {
  const { presets, scaffold } = await load()
  const { completeAnswers, conditionOf, flagOf, flagsFor, questionsOf, usualAnswer, withDefaults } =
    await load('answers.ts')
  const { commonQuestions } = await load('common-questions.ts')
  const { manifestsOf } = await load('scaffold.ts')
  const { exampleOf, objectsOf } = await load('cli/texts.ts')
  const { podSecurityLevel } = await load('pod-security.ts')
  const { categories } = await load('types.ts')
  const { explainedFor } = await load('explained.ts')

  return { categories, presets: presets.map(factsOf), answers: commonAnswers() }

  function factsOf(preset) {
    const own = Object.keys(preset.questions)
    const questions = questionsOf(preset)
    const answers = completeAnswers(preset, preset.example ?? {})
    const objects = objectsOfAnswers(preset, answers)
    const pod = podOf(objects, answers)
    const shape = shapeOf(pod)
    return {
      preset,
      name: preset.name,
      answers,
      objects,
      kinds: objectsOf(preset),
      level: podSecurityLevel(pod),
      pod,
      shape,
      others: otherShapes(preset, shape),
      rights: rightsOf(objects, answers),
      questions: own.map((key) => ({
        key,
        flag: flagOf(key),
        question: questions[key],
        condition: conditionFlags(key, questions, preset.example ?? {}),
        default: usualAnswer(key, questions, preset.example ?? {}),
      })),
      images: [...new Set(JSON.stringify(objects).match(/(?<="image":")[^"]+/g))],
      kept: keptBy(preset),
      explained: explainedFor(preset),
      example: exampleOf(preset),
    }
  }

  function objectsOfAnswers(preset, answers) {
    return manifestsOf(preset, answers).manifests.map(({ object }) => object)
  }

  /** What other answers let it do besides. */
  function otherShapes(preset, usual) {
    const told = new Set()
    return Object.values(preset.variants ?? {}).flatMap((variant) => {
      const answers = completeAnswers(preset, { ...preset.example, ...variant })
      const pod = podOf(objectsOfAnswers(preset, answers), answers)
      const shape = shapeOf(pod)
      const more = {
        flags: flagsFor(variant, questionsOf(preset)),
        privileges: shape.privileges.join() === usual.privileges.join() ? undefined : shape.privileges,
        paths: shape.paths.filter(
          ({ path, access }) => !usual.paths.some((one) => one.path === path && one.access === access),
        ),
      }
      // What several answers come to is told of the first.
      const key = JSON.stringify([more.privileges, more.paths.map(({ path, access }) => [path, access])])
      if ((!more.privileges && more.paths.length === 0) || told.has(key)) return []
      told.add(key)
      return [more]
    })
  }

  /** The disable comments of all variants: a rule, its reason, and whether the default form has it. */
  function keptBy(preset) {
    const found = new Map()
    for (const { name, answers } of variantsOf(preset)) {
      const [{ contents }] = scaffold({ ...answers, output: 'single' }).files
      for (const [, rule, reason] of contents.matchAll(/daemonlint-disable-next-line (\S+) -- (.+)/g)) {
        const key = `${rule} ${reason}`
        const entry = found.get(key) ?? { rule, reason, variants: [] }
        if (!entry.variants.includes(name)) entry.variants.push(name)
        found.set(key, entry)
      }
    }
    return [...found.values()].map(({ rule, reason, variants }) => ({
      rule,
      reason,
      isDefault: variants.includes('default'),
      flags: variants
        .map((name) => flagsFor(preset.variants?.[name] ?? {}, questionsOf(preset)))
        .filter((flags) => flags !== ''),
    }))
  }

  /** As flags: the answers with which a question comes up, where it does not always. */
  function conditionFlags(key, questions, given) {
    const condition = conditionOf(key, questions, given)
    if (!condition) return undefined
    const flags = (one) => flagsFor(one, questions)
    return {
      any: condition.any.map(flags),
      ...(condition.unless && { unless: flags(condition.unless) }),
    }
  }

  /** The answers that every preset asks, and in which their defaults differ. */
  function commonAnswers() {
    const asked = presets.map((preset) => commonQuestions(preset))
    const [first] = asked
    return Object.keys(first).map((key) => {
      const defaults = asked.map((questions) => withDefaults(questions, {})[key])
      const isSame = defaults.every((one) => JSON.stringify(one) === JSON.stringify(defaults[0]))
      const widest = asked
        .map((questions) => questions[key])
        .sort((a, b) => (b.choices?.length ?? 0) - (a.choices?.length ?? 0))[0]
      return {
        key,
        flag: flagOf(key),
        question: widest,
        default: isSame ? defaults[0] : undefined,
        isSame,
        isSeldom: widest.seldom === true,
      }
    })
  }
}

function podOf(objects, { name }) {
  return objects.find(({ kind, metadata }) => kind === 'DaemonSet' && metadata.name === name).spec.template
    .spec
}

/** What a pod may do on its node. */
function shapeOf(pod) {
  const all = [...(pod.initContainers ?? []).map((one) => ({ ...one, isInit: true })), ...pod.containers]
  const containers = all.map((container) => ({
    name: container.name,
    // One that is restarted runs all the time.
    isInit: container.isInit === true && container.restartPolicy !== 'Always',
    user: userOf(container, pod),
    isPrivileged: container.securityContext?.privileged === true,
    capabilities: container.securityContext?.capabilities?.add ?? [],
    hasDropped: container.securityContext?.capabilities?.drop?.includes('ALL') === true,
  }))
  const namespaces = [
    ...(pod.hostNetwork ? ['host network'] : []),
    ...(pod.hostPID ? ['host PID'] : []),
    ...(pod.hostIPC ? ['host IPC'] : []),
  ]
  const isHostProcess = all.some(
    (one) => (one.securityContext?.windowsOptions ?? pod.securityContext?.windowsOptions)?.hostProcess,
  )
  const added = [...new Set(containers.flatMap(({ capabilities }) => capabilities))].sort()
  const privileges = [
    ...(isHostProcess ? ['HostProcess'] : []),
    ...(containers.some(({ isPrivileged }) => isPrivileged)
      ? ['privileged']
      : [...(containers.some(({ user }) => user === 'root') ? ['root'] : []), ...added]),
    ...namespaces,
  ]
  const ports = all.flatMap(({ name, ports = [] }) =>
    ports
      .filter(({ hostPort, containerPort }) => hostPort ?? (pod.hostNetwork && containerPort))
      .map(({ hostPort, containerPort, protocol = 'TCP' }) => ({
        container: name,
        port: hostPort ?? containerPort,
        protocol,
      })),
  )
  return { containers, namespaces, privileges, ports, paths: pathsOf(pod, all) }
}

function userOf({ securityContext: own = {} }, { securityContext: pods = {} }) {
  const user = own.runAsUser ?? pods.runAsUser
  if (user === 0) return 'root'
  if (user !== undefined) return `user ${user}`
  if (own.runAsNonRoot ?? pods.runAsNonRoot) return 'a user that is not root'
  const { hostProcess, runAsUserName } = own.windowsOptions ?? pods.windowsOptions ?? {}
  if (hostProcess || runAsUserName) return runAsUserName ?? 'ContainerUser'
  return own.privileged ? 'root' : "its image's user"
}

/** Paths of the node: who has them, and whether they can be written to. */
function pathsOf({ volumes = [] }, containers) {
  return volumes
    .filter(({ hostPath }) => hostPath)
    .map(({ name, hostPath }) => {
      const mounts = containers.flatMap((container) =>
        (container.volumeMounts ?? [])
          .filter((mount) => mount.name === name)
          .map((mount) => ({ ...mount, container: container.name })),
      )
      // A mount that is read-only keeps nobody from connecting to a socket.
      const isSocket = hostPath.type === 'Socket' || hostPath.path.endsWith('.sock')
      const isWritable = mounts.some(({ readOnly }) => !readOnly)
      const access = isSocket ? 'connects' : isWritable ? 'writes' : 'reads'
      return { path: hostPath.path, type: hostPath.type, access, mounts }
    })
}

/** What the accounts may ask the API server. */
function rightsOf(objects, answers) {
  const roles = objects.filter(({ kind }) => kind === 'ClusterRole' || kind === 'Role')
  return objects
    .filter(({ kind }) => kind === 'ClusterRoleBinding' || kind === 'RoleBinding')
    .flatMap((binding) => {
      const role = roles.find(
        ({ kind, metadata }) =>
          kind === binding.roleRef.kind &&
          metadata.name === binding.roleRef.name &&
          (kind === 'ClusterRole' || metadata.namespace === binding.metadata.namespace),
      )
      const where = binding.kind === 'RoleBinding' ? binding.metadata.namespace : undefined
      return binding.subjects.map(({ name }) => ({
        account: name,
        isOwn: name === answers.name,
        where,
        existing: role ? undefined : binding.roleRef.name,
        rules: role?.rules ?? [],
      }))
    })
}
