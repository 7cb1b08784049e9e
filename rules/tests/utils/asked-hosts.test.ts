import { describe, expect, it } from 'vitest'
import { hostAskedBy, isOwnHost } from '../../src/utils/asked-hosts.ts'

const shell = (script: string) => ['sh', '-c', script]

describe('hostAskedBy', () => {
  it.each<[string[], string, number]>([
    [['curl', '-f', 'http://backend/health'], 'backend', 2],
    [['/usr/bin/curl', 'https://user@backend.shop.svc:8443/'], 'backend.shop.svc', 1],
    [['wget', '-qO-', 'http://10.0.0.1'], '10.0.0.1', 2],
    [shell('curl -sf "http://localhost/x" && curl -f "http://backend?q"'), 'backend', 2],
    [shell("(curl -sf 'http://backend')"), 'backend', 2],
    [shell('curl -sf http://backend:80/x'), 'backend', 2],
    [shell('curl -sf http://[2001:db8::1]:80/x'), '[2001:db8::1]', 2],
    [['nc', '-z', 'redis', '6379'], 'redis', 2],
    [['nc', '-w', '2', 'redis.shop', '6379'], 'redis.shop', 3],
    [shell('nc -z -w 2 redis 6379'), 'redis', 2],
    [shell('test -f /ready && nc -z 10.0.0.1 6379'), '10.0.0.1', 2],
    [['telnet', 'redis', '6379'], 'redis', 1],
  ])('finds the host of %j', (words, host, index) => {
    expect(hostAskedBy(words)).toEqual({ host, index })
  })

  it.each([
    [['cat', '/ready']],
    [['check', '--url', 'http://backend']],
    [['curl', 'http://127.0.0.1:8080']],
    [['curl', 'http://$(NODE_IP):8080']],
    [shell('curl http://${HOST}:8080')],
    [['curl', '--unix-socket', '/run/agent.sock', 'http://agent/health']],
    [['curl', '-x', 'http://proxy', 'http://localhost']],
    [shell('curl -f http://backend || true')],
    [shell('nc -z localhost 6379')],
    [shell('nc -zU /run/agent.sock')],
    [['nc', '-w', '2', '127.0.0.1', '6379']],
    [shell('sync backend 80')],
    [shell('nc -z localhost 80 && retry backend 3')],
    [shell('curl -f http://$(hostname -i):8080')],
  ])('finds none in %j', (words) => {
    expect(hostAskedBy(words)).toBeUndefined()
  })
})

it.each(['localhost', '127.0.1.1', '[::1]', '::1', '0.0.0.0', '169.254.20.10', '$(POD_IP)', '${HOST}'])(
  'takes %s for the pod or its node',
  (host) => expect(isOwnHost(host)).toBe(true),
)

it.each(['backend', '10.0.0.1', 'localhost.example.com', '[2001:db8::1]'])('takes %s for another', (host) =>
  expect(isOwnHost(host)).toBe(false),
)
