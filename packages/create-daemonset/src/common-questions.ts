import {
  amountOf,
  firstOf,
  mistakeInCount,
  mistakeInLabel,
  mistakeInLabelKey,
  mistakeInLabelValue,
  mistakeInName,
  mistakeInQuantity,
  sentence,
} from './formats.ts'
import { atRegistry, defaultImage, mistakeInImage } from './images.ts'
import { nodeExpressionOf } from './node-expressions.ts'
import {
  type Answers,
  type AnswersTo,
  confirm,
  list,
  number,
  type Questions,
  select,
  text,
} from './questions.ts'
import { mistakeInToleration } from './tolerations.ts'
import type { PresetData } from './types.ts'

/** The answers that every preset's function gets. */
export type CommonAnswers = AnswersTo<ReturnType<typeof commonQuestions>>

const is = (key: string, value: unknown) => (answers: Answers) => answers[key] === value
const isGiven = (answers: Answers, ...keys: string[]) => keys.some((key) => answers[key] !== undefined)

/** The questions that every preset asks, with the defaults that are right for this one. */
export function commonQuestions(preset: PresetData) {
  const { resources, rollout, nodes = {}, objectName = preset.name } = preset
  const architectures = nodes.architectures ?? ['any', 'amd64', 'arm64']
  const systems: string[] = nodes.systems ?? ['linux']
  return {
    name: text({
      message: 'What shall it be called?',
      help: 'Name of the DaemonSet and of what belongs to it',
      value: 'NAME',
      default: objectName,
      check: (value) =>
        preset.fixedName !== undefined && value !== objectName
          ? `It has to be called ${objectName}, ${preset.fixedName}`
          : sentence(value, mistakeInDaemonName(value)),
    }),
    namespace: text({
      message: 'In which namespace?',
      help: "Where it lives; made unless it is one of the cluster's own",
      value: 'NAME',
      default: preset.namespace,
      check: (value) => sentence(value, mistakeInLabel(value)),
    }),
    image: text({
      message: 'Which image?',
      help: 'Image of the main container, with a tag that does not move, or a digest',
      value: 'IMAGE',
      default: defaultImage(preset.images.agent),
      check: (value) => mistakeInImage(value, preset),
    }),
    registry: text({
      message: 'A registry to take all images from instead of their own? (none: without)',
      help: 'A mirror, of which all images are taken: HOST[/PATH]',
      optional: true,
      seldom: true,
      value: 'HOST',
      default: '',
      check: (value, { image }) =>
        value === '' ||
        (/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?(\/[a-z0-9._/-]+)?$/.test(value) &&
          mistakeInImage(atRegistry(String(image ?? defaultImage(preset.images.agent)), value), preset) ===
            undefined)
          ? undefined
          : `'${value}' is no registry. Expected a host such as registry.example.com:5000, with a path or without`,
    }),
    nodes: select({
      message: 'On which nodes?',
      help: 'All nodes of its system and architecture, or chosen ones',
      default: (answers) =>
        isGiven(answers, 'nodeSelector', 'nodeAffinity') || nodes.labels !== undefined ? 'chosen' : 'all',
      choices: [
        { value: 'all', label: 'All' },
        { value: 'chosen', label: 'Those with certain labels' },
      ],
    }),
    nodeSelector: list({
      message: 'Which labels must a node have? (KEY=VALUE, with commas between; none: without)',
      help: 'Labels that a node must have',
      value: 'KEY=VALUE',
      when: is('nodes', 'chosen'),
      default: nodes.labels ?? [],
      check: (values) => firstOf(values, mistakeInSelector) ?? mistakeInKeys(values),
    }),
    nodeAffinity: list({
      message: 'And which conditions? (`zone in (a,b)`, `!spot`, `disk!=hdd`; none: without)',
      help: 'Conditions on its labels, in the words of kubectl --selector',
      value: 'CONDITION',
      when: is('nodes', 'chosen'),
      default: [],
      check: (values, { nodeSelector }) =>
        values.length === 0 && (nodeSelector as string[] | undefined)?.length === 0
          ? 'Which nodes? Name labels (--node-selector) or conditions (--node-affinity), or take all (--nodes all)'
          : firstOf(values, (value) =>
              nodeExpressionOf(value)
                ? undefined
                : `'${value}' is no condition on labels. Expected 'KEY', '!KEY', 'KEY=VALUE', 'KEY!=VALUE', 'KEY in (A,B)' or 'KEY notin (A,B)'`,
            ),
    }),
    os: select({
      message: 'With which operating system?',
      help: 'Operating system of the nodes',
      seldom: true,
      default: 'linux',
      choices: [
        { value: 'linux', label: 'Linux' },
        { value: 'windows', label: 'Windows' },
      ],
      check: (value) =>
        systems.includes(value)
          ? undefined
          : `${preset.title} is made for ${systems.join(' and ')} nodes here, not for ${value}; for another image there is the preset custom`,
    }),
    arch: select({
      message: 'Of which architecture?',
      help: 'Architecture of the nodes',
      seldom: true,
      default: architectures[0]!,
      choices: architectures.map((value) => ({ value })),
    }),
    virtualNodes: confirm({
      message: 'On virtual nodes too (Fargate, virtual-kubelet)? They have no host for an agent',
      help: 'Also on nodes that have no host: Fargate, virtual-kubelet',
      seldom: true,
      default: false,
    }),
    controlPlane: confirm({
      message: 'On the nodes of the control plane too?',
      help: 'Also on the nodes of the control plane',
      default: preset.controlPlane,
    }),
    tolerations: list({
      message:
        'Which other taints shall it tolerate? (all, all:NoSchedule, KEY=VALUE:NoSchedule; none: without)',
      help: 'Taints that it tolerates besides: all, all:EFFECT, KEY[=VALUE][:EFFECT]',
      value: 'TAINT',
      default: preset.tolerations ?? [],
      check: (values) => firstOf(values, mistakeInToleration),
    }),
    updateType: select({
      message: 'How are updates rolled out?',
      help: 'RollingUpdate, or OnDelete: a pod is updated when somebody deletes it',
      default: rollout.type ?? 'RollingUpdate',
      choices: [
        { value: 'RollingUpdate', label: 'RollingUpdate', hint: 'node after node' },
        { value: 'OnDelete', label: 'OnDelete', hint: 'when somebody deletes a pod' },
      ],
    }),
    maxSurge: text({
      message: 'How many new pods may start beside the old ones? (0: none)',
      help: 'How many nodes may have the old and the new pod at once',
      value: 'N|N%',
      when: (answers) => answers.updateType === 'RollingUpdate' && rollout.surge === true,
      default: '0',
      check: (value) => sentence(value, mistakeInCount(value, 0)),
    }),
    maxUnavailable: text({
      message: 'On how many nodes at once? (a count or a percentage)',
      help: 'How many nodes may be without it during an update',
      value: 'N|N%',
      when: is('updateType', 'RollingUpdate'),
      default: (answers) => (isSurge(answers) ? '0' : rollout.maxUnavailable),
      check: (value, answers) => {
        const mistake = mistakeInCount(value, 0)
        if (mistake) return sentence(value, mistake)
        if (isSurge(answers))
          return isZero(value)
            ? undefined
            : 'Only one of --max-unavailable and --max-surge may be more than 0'
        return isZero(value)
          ? '0 nodes at once is no update. Give a count or a percentage, such as 1 or 10%'
          : undefined
      },
    }),
    minReadySeconds: number({
      message: 'How long must a new pod be ready before the next node is updated? (seconds)',
      help: 'How long a new pod must be ready before it counts as available',
      seldom: true,
      unit: 'seconds',
      min: 0,
      max: 3600,
      default: rollout.minReadySeconds,
    }),
    resources: select({
      message: 'How much CPU and memory?',
      help: 'The recommended amounts, or others',
      default: (answers) =>
        isGiven(answers, 'cpuRequest', 'memoryRequest', 'memoryLimit', 'cpuLimit') ? 'custom' : 'recommended',
      choices: [
        {
          value: 'recommended',
          label: `${resources.cpu} CPU, ${resources.memory} memory, at most ${resources.memoryLimit}`,
          hint: 'a node',
        },
        { value: 'custom', label: 'Other amounts' },
      ],
    }),
    cpuRequest: text({
      message: 'CPU that is kept for it?',
      help: 'CPU request',
      value: 'AMOUNT',
      when: is('resources', 'custom'),
      default: resources.cpu,
      check: (value) => sentence(value, mistakeInQuantity(value, 'cpu')),
    }),
    memoryRequest: text({
      message: 'Memory that is kept for it?',
      help: 'Memory request',
      value: 'AMOUNT',
      when: is('resources', 'custom'),
      default: resources.memory,
      check: (value) => sentence(value, mistakeInQuantity(value, 'memory')),
    }),
    memoryLimit: text({
      message: 'Memory that it may use at most?',
      help: 'Memory limit',
      value: 'AMOUNT',
      when: is('resources', 'custom'),
      default: resources.memoryLimit,
      check: (value, answers) =>
        sentence(value, mistakeInQuantity(value, 'memory')) ??
        notBelow(value, answers.memoryRequest as string, 'memory'),
    }),
    cpuLimit: text({
      message: 'CPU that it may use at most? (none: no limit, so that it is not slowed down)',
      help: 'CPU limit, or none',
      optional: true,
      value: 'AMOUNT',
      when: is('resources', 'custom'),
      default: resources.cpuLimit ?? '',
      check: (value, answers) =>
        value === ''
          ? undefined
          : (sentence(value, mistakeInQuantity(value, 'cpu')) ??
            notBelow(value, answers.cpuRequest as string, 'CPU')),
    }),
    priorityClass: text({
      message: 'Which priority class? (own: one that comes with it; none: without)',
      help: 'A priority class; own: one that comes with it; or none',
      optional: true,
      value: 'NAME',
      default: preset.priorityClass,
      check: (value, { name }) => {
        if (value === 'own' && String(name).startsWith('system-'))
          return `A priority class of its own would be called ${name}, and names that begin with system- are kept for the cluster. Choose another --name or --priority-class`
        return value === '' ? undefined : sentence(value, mistakeInName(value))
      },
    }),
    monitor: select({
      message: 'How is it scraped?',
      help: 'What tells Prometheus of its metrics',
      when: () => preset.metrics === true,
      default: 'none',
      choices: [
        { value: 'none', label: 'Not at all' },
        { value: 'annotations', label: 'Annotations', hint: 'prometheus.io/scrape on the pods' },
        { value: 'service', label: 'A Service', hint: 'headless, one address a node' },
        { value: 'service-monitor', label: 'A Service and a ServiceMonitor', hint: 'Prometheus Operator' },
        { value: 'pod-monitor', label: 'A PodMonitor', hint: 'Prometheus Operator' },
      ],
    }),
    networkPolicy: confirm({
      message: 'A NetworkPolicy that allows it only the connections it needs?',
      help: 'A NetworkPolicy that allows only the connections it needs',
      when: () => preset.podNetwork === true,
      default: false,
    }),
  } satisfies Questions
}

/**
 * The controller adds a hyphen and five characters (pkg/controller/controller_utils.go), and the pod's name becomes its
 * host name: at most 63. A Service of the name has to begin with a letter (validation.ValidateServiceName).
 */
function mistakeInDaemonName(value: string): string | undefined {
  const mistake = mistakeInLabel(value)
  if (mistake) return mistake
  if (value.length > 57) return `has ${value.length} characters; at most 57 are possible, since pods add 6`
  return /^[a-z]/.test(value) ? undefined : 'begins with a digit, which names of Services must not'
}

function isSurge({ maxSurge }: Answers): boolean {
  return typeof maxSurge === 'string' && !isZero(maxSurge)
}

function isZero(count: string): boolean {
  return /^0+%?$/.test(count)
}

function notBelow(limit: string, request: string, of: string): string | undefined {
  return amountOf(limit) < amountOf(request)
    ? `A ${of} limit of ${limit} is less than what is requested, ${request}`
    : undefined
}

function mistakeInKeys(pairs: readonly string[]): string | undefined {
  const keys = pairs.map((pair) => pair.split('=')[0]!)
  const twice = keys.find((key, index) => keys.indexOf(key) !== index)
  if (twice) return `The label ${twice} is given twice, and a node has it once`
  if (keys.includes('kubernetes.io/os')) return 'Which operating system, --os says'
  return keys.includes('kubernetes.io/arch') ? 'Which architecture, --arch says' : undefined
}

function mistakeInSelector(text: string): string | undefined {
  const [key = '', value, ...more] = text.split('=')
  if (value === undefined || more.length > 0) return `'${text}' is no label. Expected KEY=VALUE`
  return sentence(key, mistakeInLabelKey(key)) ?? sentence(value, mistakeInLabelValue(value))
}
