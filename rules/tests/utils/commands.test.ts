import { type ContainerNode, parse } from '@daemonlint/core'
import { expect, it } from 'vitest'
import { mayOnlyWait, onlyWaits } from '../../src/utils/commands.ts'
import { daemonSet } from '../manifests.ts'

const templateOf = (container: string, spec?: string) =>
  parse(daemonSet({ container, ...(spec && { spec }) })).children[0]!.children[0]!
const running = (line: string) => templateOf(`image: example.com/tools:1\n${line}`)
const script = (text: string) => `command: [sh, -c, ${JSON.stringify(text)}]`
const powerShell = (text: string) => `command: [powershell.exe, -command, ${JSON.stringify(text)}]`

it.each([
  ['command: [sleep, infinity]', true],
  ['command: [/bin/sleep, "3600"]', true],
  ['command: [sleep]\nargs: ["3600"]', true],
  ['args: [sleep, infinity]', true],
  ['command: [busybox, sleep, "3600"]', true],
  ['command: [tail, -f, /dev/null]', true],
  ['command: [tail, -f, /var/log/syslog]', false],
  ['command: [/pause]', true],
  [script('sleep infinity'), true],
  [script('while true; do sleep 3600; done'), true],
  [script("while :; do echo 'Hello world'; sleep 5 ; done"), true],
  [script('while [ 1 ]; do\n  sleep 10 # seconds\ndone'), true],
  [script("trap 'exit 0' TERM; sleep infinity & wait"), true],
  [script('trap : TERM INT; sleep 9999999 & wait'), true],
  [script('echo pulled && sleep infinity'), true],
  [script('exec tail -f /dev/null'), true],
  [script('trap cleanup TERM; sleep infinity'), false],
  [script('while true; do sync-nodes; sleep 60; done'), false],
  [script('while true; do echo $(date) >> /out; sleep 1; done'), false],
  [script('while [ $(curl -s http://a) != 200 ]; do sleep 2; done'), false],
  [script('echo done'), false],
  ['command: [sh]\nargs: [-ec, "sleep 1d"]', true],
  ['command: [sh, /wait.sh]', false],
  [powerShell('while ($true) { Start-Sleep -Seconds 2147483 }'), true],
  [powerShell('while($true){\n  Write-Host "waiting"; sleep 60\n}'), true],
  [powerShell('while ($true) { Get-Log | Send-Log; Start-Sleep 60 }'), false],
  [powerShell('Write-Host done'), false],
  ['command: [pwsh, -File, wait.ps1]', false],
  ['command: [nsenter, -t, "1", -m, bash, -c, sleep 3650d]', true],
  ['command: [/usr/bin/nsenter, --target, "1", --, sleep, infinity]', true],
  ['command: [nsenter, -t, "1", -m, bash, -c, "modprobe nbd; sleep 3650d"]', false],
  ['command: [nsenter, -t, "1", -m, agent]', false],
  ['command: [agent]', false],
  ['args: []', false],
])('%s only waits: %s', (line, expected) => {
  const template = running(line)
  expect(onlyWaits(template.children[0] as ContainerNode)).toBe(expected)
  expect(mayOnlyWait(template)).toBe(expected)
})

it.each([
  ['command: ${COMMAND}', true],
  ['args: ${ARGS}', true],
  ['command: ["${PROGRAM}"]', true],
  ['command: [sh, -c, "${SCRIPT}"]', true],
  ['command: [powershell, -command, "${SCRIPT}"]', true],
  ['command: [nsenter, -t, "1", sh, -c, "${SCRIPT}"]', true],
  ['command: [sleep, "${SECONDS}"]', true],
  [script('while true; do sleep ${SECONDS}; done'), true],
  [script('${PREPARE}; sleep infinity'), true],
  [script('exec agent --node=${NODE}'), false],
  [script('prepare ${NODE}; sleep infinity'), false],
  ['command: [agent, "${FLAG}"]', false],
  ['args: ["--node=${NODE}"]', false],
])('%s may only wait: %s', (line, expected) => {
  const template = running(line)
  expect(onlyWaits(template.children[0] as ContainerNode)).toBe(false)
  expect(mayOnlyWait(template)).toBe(expected)
})

it('may be the pause image behind a placeholder', () => {
  expect(mayOnlyWait(templateOf('image: ${IMAGE}'))).toBe(true)
  expect(mayOnlyWait(templateOf('image: ${REGISTRY}/pause:3.10'))).toBe(true)
  expect(mayOnlyWait(templateOf('image: ${REGISTRY}/agent:1'))).toBe(false)
})

it('counts a sidecar, and no init container that ends', () => {
  const init = (more = '') => `initContainers: [{ name: first, image: "a:1"${more} }]`
  expect(mayOnlyWait(templateOf('image: pause:3.10', init()))).toBe(true)
  expect(mayOnlyWait(templateOf('image: pause:3.10', init(', restartPolicy: Always')))).toBe(false)
})
