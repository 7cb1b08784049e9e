/** Where the scripts and the configuration of the network are in the containers. */
export const files = '/etc/cni-daemon'

/** Where the node's folders are in the containers. */
export const bin = '/host/opt/cni/bin'
export const conf = '/host/etc/cni/net.d'

/** A folder with the file `remove` in it asks for the configuration to be taken away. */
export const uninstall = '/etc/cni-uninstall'

/**
 * Puts the plugin onto the node, as a whole or not at all.
 * @param from the program in the image
 * @param name what it is called on the node
 */
export function installScript(from: string, name: string): string {
  return `#!/bin/sh
set -eu
from=${from}
to=${bin}/${name}

if [ -x "$to" ] && cmp -s "$from" "$to"; then
  echo "$to is up to date"
  exit 0
fi
# Beside it, on the same file system: so the rename is one step, also while the old plugin runs.
cp "$from" "$to.tmp"
chmod 0755 "$to.tmp"
sync
mv -f "$to.tmp" "$to"
echo "installed $to"
`
}

/**
 * Puts the configuration of the network onto the node when the agent is ready, and keeps it there. Nothing is taken
 * away when the pod stops.
 * @param file what it is called on the node
 * @param ready where the agent tells that it is ready
 */
export function configureScript(file: string, ready: string, hasUninstall: boolean): string {
  const removal = hasUninstall
    ? `  if [ -e ${uninstall}/remove ]; then
    if [ -e "$target" ]; then
      rm -f "$target"
      echo "removed $target, as the ConfigMap asks"
    fi
  elif`
    : '  if'
  return `#!/bin/sh
set -eu
wanted=${files}/network.conflist
target=${conf}/${file}
trap 'exit 0' TERM INT

is_ready() {
  wget -q -T 3 -O /dev/null ${ready}
}

put() {
  # The runtime reads *.conf, *.conflist and *.json: not this name.
  cp "$wanted" "$target.tmp"
  chmod 0644 "$target.tmp"
  sync
  mv -f "$target.tmp" "$target"
  echo "wrote $target"
  for other in ${conf}/*.conf ${conf}/*.conflist ${conf}/*.json; do
    if [ -e "$other" ] && [ "$other" != "$target" ]; then
      echo "there is $other too; the runtime takes the first by name"
    fi
  done
}

while true; do
${removal} ! cmp -s "$wanted" "$target" && is_ready; then
    put
  fi
  sleep 2 &
  wait $!
done
`
}
