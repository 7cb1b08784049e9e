// How each agent's own program reads what its preset generates. `configs.mjs` runs them.
//
// A check gets the pod as `layOut` has it, and ways to use its program:
//   run(args, { env, input, cwd })           to its end: { status, output }
//   start(args, { env, addresses, until })   until its output matches, or it ends: { reached, output }
//   argumentsOf(container)                   what the script of a container starts it with: { args } or { problem }
//   write(name, text)                        a file beside the pod's: its path
// It returns nothing, or what the program has against the configuration. `spoil` says how to make one that has to be
// refused: a change in a file of the ConfigMap, an argument or a variable more.
//
// `alloy-validate` and `falco-check` are small programs around what the agents themselves check with, for where the whole
// agent cannot be built. With `instead`, a check is left out where that program is there.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const nope = '--no-flag-has-this-name'

export const checks = [
  {
    preset: 'alloy',
    program: 'alloy',
    version: ['--version'],
    how: 'alloy validate',
    proves: 'Components, their arguments and what they refer to.',
    spoil: [file('config.alloy', 'forward_to', 'forward_too')],
    check: async ({ containers }, { run }) => {
      const { argv, env } = containers.get('alloy')
      return refusal(await run(['validate', '--stability.level=generally-available', argv[1]], { env }))
    },
  },
  {
    preset: 'alloy',
    program: 'alloy-validate',
    how: 'alloy-validate, which is what alloy validate runs',
    proves: 'Components, their arguments and what they refer to; not the values of arguments.',
    spoil: [
      file('config.alloy', 'forward_to', 'forward_too'),
      file('config.alloy', 'discovery.relabel.pods.output', 'discovery.relabel.pots.output'),
      file('config.alloy', 'stage.cri {', 'stage.cry {'),
    ],
    instead: 'alloy',
    check: async ({ containers }, { run }) => {
      const { argv, env } = containers.get('alloy')
      return refusal(await run(['--stability.level=generally-available', argv[1]], { env }))
    },
  },
  {
    preset: 'cadvisor',
    program: 'cadvisor',
    version: ['--version'],
    how: 'cadvisor, started',
    proves: 'Every flag and its value: it starts its server.',
    spoil: [argument('--enable_metrics=cpu,nothing'), argument('--housekeeping_interval=soon')],
    check: async ({ containers }, { start }) => {
      const { argv, env } = containers.get('cadvisor')
      return unlessReached(
        await start(argv, { env, until: /Starting cAdvisor version|Failed to create a manager/ }),
      )
    },
  },
  {
    preset: 'ceph-osd',
    program: 'ceph-conf',
    version: ['--version'],
    how: 'ceph-conf --show-config-value, for each option',
    proves: 'The file can be read; every option in it exists, and has the value that was meant.',
    spoil: [
      file('ceph.conf', 'osd_memory_target', 'osd_memory_aim'),
      file('ceph.conf', 'log_to_file = false', 'log_to_file = perhaps'),
    ],
    check: async ({ containers }, { run }) => {
      const { mapped } = containers.get('osd')
      const path = mapped('/etc/ceph/ceph.conf')
      const options = readFileSync(path, 'utf8').matchAll(/^(\w+) = (.*)$/gm)
      for (const [, option, value] of options) {
        const args = ['--conf', path, '--name', 'osd.0', '--show-config-value', option]
        const { status, output } = await run(args)
        if (status !== 0) return `${option}: ${output}`
        if (output.trim() !== value.trim()) return `${option}: ${value} is read as ${output.trim()}`
      }
    },
  },
  networkList('calico', '10-calico.conflist', 'install-cni', '/etc/calico-cni'),
  networkList('cni', 'network.conflist', 'configure', '/etc/cni-daemon'),
  networkList('flannel', 'cni-conf.json', 'flannel', '/etc/kube-flannel'),
  ...['csi-node-driver-registrar', 'livenessprobe'].map((program) => ({
    preset: 'csi-node',
    program,
    version: program === 'livenessprobe' ? undefined : ['--version'],
    how: `${program} with one flag more, which it has to be the first to refuse`,
    proves: 'Every flag and the form of its value.',
    spoil: [
      argument('--http-endpont=:1', program === 'livenessprobe' ? 'liveness-probe' : 'node-driver-registrar'),
    ],
    check: async ({ containers }, { run }) => {
      const { argv, env } = containers.get(
        program === 'livenessprobe' ? 'liveness-probe' : 'node-driver-registrar',
      )
      return unlessOnlyNope(await run([...argv, nope], { env }))
    },
  })),
  {
    preset: 'dcgm-exporter',
    program: 'dcgm-exporter',
    version: ['--version'],
    how: 'dcgm-exporter, started',
    proves: 'Every flag. It fails at loading the library of DCGM, before counters.csv is read.',
    spoil: [argument('--collect-intervall=1'), argument('--collect-interval=soon')],
    check: async ({ containers }, { start }) => {
      const { argv, env } = containers.get('dcgm-exporter')
      return unlessReached(await start(argv, { env, until: /Starting dcgm-exporter|DCGM_ST|libdcgm/i }))
    },
  },
  {
    preset: 'falco',
    program: 'falco-check',
    how: "falco-check, which is Falco's schemas and the parser of its conditions",
    proves: 'Keys and types of both files, and the syntax of every condition; not the names of fields.',
    spoil: [
      file('falco.yaml', 'json_output:', 'json_outputs:'),
      file('rules.yaml', 'condition: started and', 'condition: started and and', 'default'),
    ],
    check: async ({ containers, files }, { run }) => {
      const { mapped } = containers.get('falco')
      const config = refusal(await run(['--config', mapped('/config/falco.yaml')]))
      if (config || !files['rules.yaml']) return config
      return refusal(await run([mapped('/config/rules.yaml')]))
    },
  },
  {
    preset: 'filebeat',
    program: 'filebeat',
    version: ['version'],
    how: 'filebeat test config',
    proves: 'The form of the file, and the output with its settings and certificate; of inputs nothing.',
    spoil: [
      file('filebeat.yml', 'logging.metrics.enabled: false', 'logging.metrics.enabled: never'),

      file('filebeat.yml', 'output.elasticsearch', 'output.elasticsearches'),
      file('filebeat.yml', 'verification_mode: full', 'verification_mode: fully'),
    ],
    check: async ({ containers }, { run }) => {
      const { argv, env, home } = containers.get('filebeat')
      const more = ['--strict.perms=false', '--path.home', home, '--path.data', `${home}/data`]
      return refusal(await run(['test', 'config', ...argv, ...more], { env }))
    },
  },
  {
    preset: 'flannel',
    program: 'flanneld',
    version: ['--version'],
    how: 'flanneld, started; it fails at the API server',
    proves: 'Every flag, and net-conf.json but for the settings of the backend.',
    spoil: [argument('--health-port=1', 'flannel'), file('net-conf.json', '/16"', '/160"')],
    check: async ({ containers }, { start }) => {
      const { argv, env, mapped } = containers.get('flannel')
      const here = [
        `--net-config-path=${mapped('/etc/kube-flannel/net-conf.json')}`,
        '--kube-api-url=http://127.0.0.1:1',
      ]
      const until = /waiting for node controller to sync|connection refused/i
      return unlessReached(await start([...argv.slice(1), ...here], { env, until }))
    },
  },
  {
    preset: 'fluent-bit',
    program: 'fluent-bit',
    version: ['--version'],
    how: 'fluent-bit --dry-run',
    proves: 'Every plugin and the names of its properties.',
    spoil: [
      file('fluent-bit.yaml', 'name: tail', 'name: tale'),
      file('fluent-bit.yaml', 'skip_long_lines:', 'skip_longer_lines:'),
    ],
    image: { '/fluent-bit/etc/parsers.conf': '[PARSER]\n    Name json\n    Format json\n' },
    check: async ({ containers }, { run }) => {
      const { argv, env } = containers.get('fluent-bit')
      return refusal(await run([...argv.slice(1), '--dry-run'], { env }), /\[ *(warn|error)\]/)
    },
  },
  {
    preset: 'fluentd',
    program: 'fluentd',
    version: ['--version'],
    how: 'fluentd --dry-run',
    proves: 'Every plugin, and that it knows every parameter.',
    spoil: [
      file('fluent.conf', '@type tail', '@type tale'),
      file('fluent.conf', 'read_from_head true', 'read_from_tail true'),
      file('fluent.conf', 'overflow_action block', 'overflow_action wait', 'elasticsearch'),
    ],
    check: async ({ containers }, { run }) => {
      const { env, mapped } = containers.get('fluentd')
      const args = ['--dry-run', '--config', mapped('/fluentd/etc/fluent.conf')]
      // Without an API server to ask for the version of, which it would end at.
      return refusal(
        await run(args, { env: { ...env, KUBERNETES_SERVICE_HOST: undefined } }),
        /\[(warn|error)\]/,
      )
    },
  },
  {
    preset: 'kube-bench',
    program: 'kube-bench',
    version: ['version'],
    how: 'the line in scan.sh, with one flag more, which it has to be the first to refuse',
    proves: 'That the script comes to the scan, and every flag of it.',
    spoil: [file('scan.sh', '--json', '--jason')],
    image: { '/opt/kube-bench/': '' },
    check: async ({ containers }, { run, argumentsOf }) => {
      const { args, problem } = await argumentsOf(containers.get('kube-bench'))
      return problem ?? unlessOnlyNope(await run([...args, nope]))
    },
  },
  {
    preset: 'kured',
    program: 'kured',
    how: 'kured, started; it waits for the API server',
    proves: 'Every flag and its value, also the window for restarts.',
    spoil: [argument('--period=soon'), argument('--reboot-days=someday'), argument('--reboot-sentinal=x')],
    check: async ({ containers }, { start }) => {
      const { argv, env } = containers.get('kured')
      return unlessReached(await start(argv, { env, until: /Lock release delay/ }))
    },
  },
  {
    preset: 'multus',
    program: 'multus-daemon',
    how: 'multus-daemon, started beside another network; it waits for the API server',
    proves:
      'daemon-config.json by its own reader: types and what it cannot do without, not the names of keys.',
    spoil: [file('daemon-config.json', '"namespaceIsolation": true', '"namespaceIsolation": "yes"')],
    check: async ({ containers, files }, { start }) => {
      const { argv, env, mapped } = containers.get('multus')
      const { cniConfigDir, readinessindicatorfile } = JSON.parse(files['daemon-config.json'])
      const other = { cniVersion: '1.0.0', name: 'other', plugins: [{ type: 'bridge' }] }
      writeFileSync(mapped(`${cniConfigDir}/10-other.conflist`), JSON.stringify(other))
      if (readinessindicatorfile) {
        mkdirSync(dirname(mapped(readinessindicatorfile)), { recursive: true })
        writeFileSync(mapped(readinessindicatorfile), JSON.stringify(other))
      }
      const until = /Filtering pod watch for node/
      return unlessReached(await start(argv.slice(1), { env, until }))
    },
  },
  {
    preset: 'node-exporter',
    program: 'node_exporter',
    version: ['--version'],
    how: 'node_exporter, started',
    proves: 'Every flag and collector: it listens where it is told to.',
    spoil: [argument('--collector.nothing'), argument('--collector.netdev.device-include=eth0')],
    check: async ({ containers }, { start }) => {
      const { argv, env } = containers.get('node-exporter')
      return unlessReached(await start(argv, { env, until: /Listening on/ }))
    },
  },
  {
    preset: 'node-local-dns',
    program: 'node-cache',
    how: 'node-cache, started, without iptables, its addresses on the loopback interface',
    proves: 'Every flag, and the Corefile with all its plugins: it serves.',
    spoil: [
      argument('-locaip=1.1.1.1'),
      file('Corefile', 'denial 9984 5', 'denial many 5'),
      file('Corefile', 'loop', 'loops'),
    ],
    check: async ({ containers }, { start }) => {
      const { argv, env, mapped } = containers.get('node-cache')
      const here = [
        '-basecorefile',
        mapped('/etc/coredns/Corefile.base'),
        '-setupiptables=false',
        '-setupinterface=false',
      ]
      const addresses = argv[argv.indexOf('-localip') + 1].split(',')
      const service = { KUBE_DNS_UPSTREAM_SERVICE_HOST: '192.0.2.10' }
      const end = await start([...argv, ...here], {
        env: { ...service, ...env },
        addresses,
        until: /CoreDNS-\d/,
      })
      return unlessReached(end)
    },
  },
  {
    preset: 'node-problem-detector',
    program: 'node-problem-detector',
    how: 'node-problem-detector, started; it fails at the API server',
    proves: 'Every flag, and every monitor by its own reader, with all patterns.',
    spoil: [
      argument('--prometheus-prt=1'),
      file('kernel-monitor.json', '"condition": "KernelDeadlock"', '"condition": 1'),
      file('kernel-monitor.json', 'NETDEV WATCHDOG: .*', 'NETDEV (WATCHDOG: .*'),
    ],
    check: async ({ containers, files }, { start }) => {
      const { argv, env } = containers.get('node-problem-detector')
      const end = await start(argv.slice(1), {
        env,
        until: /connection refused/,
      })
      const read = end.output.match(/Finish parsing log monitor config file/g)?.length ?? 0
      return read === Object.keys(files).length ? unlessReached(end) : end.output
    },
  },
  {
    preset: 'nvidia-device-plugin',
    program: 'nvidia-device-plugin',
    how: 'nvidia-device-plugin, started; it fails at the library of the driver',
    proves: 'The environment and config.yaml by its own reader.',
    spoil: [
      variable('MIG_STRATEGY', 'some', 'default'),
      file('config.yaml', 'version: v1', 'version: v9', 'time-slices'),
      file('config.yaml', 'replicas:', 'replikas:', 'time-slices'),
    ],
    check: async ({ containers }, { start }) => {
      const { argv, env, mapped } = containers.get('nvidia-device-plugin')
      const socket = mapped('/var/lib/kubelet/device-plugins/kubelet.sock')
      const until = /Failed to initialize NVML|nvml init failed/
      return unlessReached(await start(argv, { env: { ...env, KUBELET_SOCKET: socket }, until }))
    },
  },
  {
    preset: 'otel-collector',
    program: 'otelcol',
    version: ['--version'],
    how: 'otelcol validate',
    proves: 'Every component, all their settings and the pipelines.',
    spoil: [
      file('config.yaml', 'include_file_path:', 'include_file_paths:'),
      file('config.yaml', '- memory_limiter', '- memory_limit'),
    ],
    check: async ({ containers }, { run }) => {
      const { argv, env } = containers.get('otel-collector')
      return refusal(await run(['validate', ...argv], { env }), /environment variable.*(unset|empty)/i)
    },
  },
  {
    preset: 'suricata',
    program: 'suricata',
    version: ['-V'],
    how: 'suricata -T',
    proves: 'The file as far as a test reads it, and every rule.',
    spoil: [
      file('local.rules', 'flow:to_server', 'flow:to_server,to_nowhere', 'default'),
      file('suricata.yaml', 'memcap: 128 MiB', 'memcap: much'),
    ],
    image: {
      '/etc/suricata.dist/classification.config': [
        'attempted-recon,Attempted Information Leak,2',
        'successful-recon-limited,Information Leak,2',
        'bad-unknown,Potentially Bad Traffic,2',
        'coin-mining,Crypto Currency Mining Activity Detected,2',
        'policy-violation,Potential Corporate Privacy Violation,1',
        'trojan-activity,A Network Trojan was detected,1',
        '',
      ]
        .map((line) => (line ? `config classification: ${line}` : ''))
        .join('\n'),
      '/etc/suricata.dist/reference.config': '',
      '/etc/suricata.dist/threshold.config': '',
    },
    check: async ({ containers, files }, { run }) => {
      const { mapped, env, home } = containers.get('suricata')
      // What another container fetches.
      const fetched = mapped('/var/lib/suricata/rules')
      if (fetched !== '/var/lib/suricata/rules') {
        mkdirSync(fetched, { recursive: true })
        writeFileSync(`${fetched}/suricata.rules`, files['local.rules'] ?? oneRule)
      }
      return refusal(
        await run(['-T', '-c', mapped('/config/suricata.yaml'), '-l', home], { env }),
        /<Error>|^E: |error parsing|Warning/im,
      )
    },
  },
  {
    preset: 'tetragon',
    program: 'tetragon',
    how: 'tetragon with its settings as flags, with one more, which it has to be the first to refuse',
    proves: 'The name of every setting and the type of its value.',
    spoil: [file('health-server-interval', '10', 'soon'), key('enable-everything', 'true')],
    check: async ({ files }, { run }) => {
      const flags = Object.entries(files).map(([name, value]) => `--${name}=${value.trim()}`)
      return unlessOnlyNope(await run([...flags, nope]))
    },
  },
  {
    preset: 'trivy',
    program: 'trivy',
    version: ['--version'],
    how: 'the line in scan.sh, with one flag more, which it has to be the first to refuse; trivy convert with line.tpl',
    proves: 'That the script comes to the scan, every flag of it, and that the template makes lines of JSON.',
    spoil: [
      file('scan.sh', '--ignore-unfixed', '--ignore-unfix', 'default'),
      file('line.tpl', '| toJson', '| toJason'),
    ],
    check: async ({ containers }, { run, argumentsOf, write }) => {
      const { env, mapped } = containers.get('trivy')
      const { args, problem } = await argumentsOf(containers.get('trivy'))
      const flags = problem ?? unlessOnlyNope(await run([...args, nope], { env }))
      if (flags) return flags
      const report = write('report.json', JSON.stringify(oneWeakness))
      const template = `@${mapped('/config/line.tpl')}`
      const { status, output } = await run(
        ['convert', '--quiet', '--format', 'template', '--template', template, report],
        { env },
      )
      if (status !== 0) return output
      const lines = output.trim().split('\n')
      try {
        const [{ node, weakness }] = lines.map((line) => JSON.parse(line))
        if (node !== 'node-1' || weakness !== 'CVE-2024-0001') return `a line of ${output}`
      } catch {
        return `no JSON: ${output}`
      }
    },
  },
  {
    preset: 'vector',
    program: 'vector',
    version: ['--version'],
    how: 'vector validate --no-environment',
    proves: 'Every component with all its options, the programs in remap, and what is joined to what.',
    spoil: [
      file('vector.yaml', 'compression: gzip', 'compresion: gzip', 'elasticsearch'),
      file('vector.yaml', 'inputs:', 'imputs:'),
    ],
    check: async ({ containers }, { run }) => {
      const { mapped, env } = containers.get('vector')
      return refusal(
        await run(['validate', '--no-environment', '--deny-warnings', mapped('/etc/vector/vector.yaml')], {
          env,
        }),
      )
    },
  },
]

/** Presets whose configuration no program reads here, and why. */
export const unchecked = {
  datadog: 'Its settings are variables of the environment, and the agent was not at hand.',
  'weave-net': 'Its settings are variables of the environment, and its image was not at hand.',
  glusterfs: 'It generates no file for GlusterFS.',
  wazuh: 'The program that reads ossec.conf was not at hand.',
  custom: "The agent is one's own.",
}

function networkList(preset, name, from, folder) {
  return {
    preset,
    program: 'cnitool',
    how: 'cnitool add; it fails at the plugin, which is not installed',
    proves: `${name} as a runtime reads it.`,
    spoil: [file(name, '"type"', '"typ"'), file(name, '"plugins"', '"plugin"')],
    check: async ({ containers }, { run, write }) => {
      const text = readFileSync(containers.get(from).mapped(`${folder}/${name}`), 'utf8')
      const path = write('networks/10-network.conflist', text)
      const env = { NETCONFPATH: dirname(path), CNI_PATH: '/nonexistent' }
      const { output } = await run(['add', JSON.parse(text).name, '/proc/self/ns/net'], { env })
      return /failed to find plugin "/.test(output) ? undefined : output
    },
  }
}

/** What a program that ends with 0 where all is well has to say; also where its output holds what may not be in it. */
function refusal({ status, output }, bad) {
  return status !== 0 || bad?.test(output) ? output : undefined
}

function unlessReached(end) {
  return end.reached ? undefined : end.output || 'It said nothing in time.'
}

/** Flags are read in their order, and at the first that is wrong reading ends. */
function unlessOnlyNope({ output }) {
  return output.includes(nope.slice(2)) ? undefined : output
}

function file(name, from, to, variant) {
  return { file: name, from, to, variant }
}

function key(name, value) {
  return { key: name, value }
}

function argument(value, container) {
  return { argument: value, container }
}

function variable(name, value, variant) {
  return { variable: name, value, variant }
}

const oneRule = 'alert icmp any any -> any any (msg:"An echo"; sid:1; rev:1;)\n'

const oneWeakness = {
  SchemaVersion: 2,
  ArtifactName: '/host',
  ArtifactType: 'filesystem',
  Results: [
    {
      Target: 'node',
      Class: 'os-pkgs',
      Type: 'debian',
      Vulnerabilities: [
        {
          VulnerabilityID: 'CVE-2024-0001',
          PkgName: 'openssl',
          InstalledVersion: '1.0',
          FixedVersion: '1.1',
          Severity: 'HIGH',
          Title: 'A "quoted" title',
        },
      ],
    },
  ],
}
