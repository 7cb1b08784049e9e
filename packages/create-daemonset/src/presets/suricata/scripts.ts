/** Starts Suricata on the interface that was chosen. */
export function runScript({ config, interfaceName }: { config: string; interfaceName: string }): string {
  const find =
    interfaceName === 'default-route'
      ? `# The interface that leads out has another name on each kind of node.
interface=$(ip -o route show default | sed -n 's/.* dev \\([^ ]*\\).*/\\1/p' | head -n 1)
[ -n "$interface" ] || interface=$(ip -6 -o route show default | sed -n 's/.* dev \\([^ ]*\\).*/\\1/p' | head -n 1)
if [ -z "$interface" ]; then
  echo 'This node has no default route: name an interface.' >&2
  exit 1
fi`
      : `interface=${interfaceName}
if [ ! -e "/sys/class/net/$interface" ]; then
  echo "This node has no interface $interface." >&2
  exit 1
fi`
  return `#!/bin/sh
set -eu
${find}
exec suricata -c ${config}/suricata.yaml --af-packet="$interface"
`
}

/** Downloads the rules, or goes on with those that are there. */
export function fetchScript({ config, state }: { config: string; state: string }): string {
  return `#!/bin/sh
set -eu
rules=${state}/rules/suricata.rules
# No test of them here: Suricata leaves out those that it does not understand.
if suricata-update --no-test --no-reload --data-dir ${state} --output ${state}/rules \\
  --suricata-conf ${config}/suricata.yaml; then
  exit 0
fi
if [ -s "$rules" ]; then
  echo 'The rules could not be downloaded; those from before are kept.' >&2
else
  echo 'The rules could not be downloaded, and there are none from before.' >&2
  exit 1
fi
`
}

/** What has to be done now and then beside Suricata: rotate its file, fetch new rules. */
export function upkeepScript(options: {
  config: string
  socket: string
  file?: string
  megabytes?: number
  isUpdated: boolean
}): string {
  const { config, socket, file, megabytes = 0, isUpdated } = options
  return `#!/bin/sh
set -u
trap 'exit 0' TERM INT
minutes=0
while :; do
  # In the background, so that a signal is heard at once.
  sleep 60 &
  wait "$!"
  minutes=$((minutes + 1))
${
  file
    ? `
  size=$(stat -c %s ${file} 2>/dev/null || echo 0)
  if [ "$size" -gt $((${megabytes} * 1024 * 1024)) ]; then
    for number in 3 2 1; do
      [ ! -e "${file}.$number" ] || mv "${file}.$number" "${file}.$((number + 1))"
    done
    mv ${file} ${file}.1
    suricatasc -c reopen-log-files ${socket} || echo 'Suricata did not open a new file.' >&2
  fi
`
    : ''
}${
  isUpdated
    ? `
  if [ "$minutes" -ge 1440 ]; then
    minutes=0
    if /bin/sh ${config}/fetch-rules.sh; then
      suricatasc -c ruleset-reload-nonblocking ${socket} || echo 'Suricata did not load the rules.' >&2
    fi
  fi
`
    : ''
}done
`
}
