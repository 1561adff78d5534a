import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { inNamespace, plainEnvironment, startChild } from './child.ts'
import type { TestScope } from './test-scope.ts'

const execute = promisify(execFile)
const DOOR = fileURLToPath(new URL('door.ts', import.meta.url))

/** The server's public address in every test network (TEST-NET-3, RFC 5737). */
export const PUBLIC_ADDRESS = '203.0.113.10'

/** A namespace name tells the process it belongs to, so that leftovers of a killed run are known. */
const NAME = /^nv(\d+)-/
let namespacesMade = 0

/** Runs iproute2. */
export async function ip(...args: readonly string[]): Promise<string> {
  const { stdout } = await execute('ip', args)
  return stdout
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Deletes namespaces whose test process was killed before it could clean up. */
export async function removeLeftovers(): Promise<void> {
  for (const line of (await ip('netns', 'list')).split('\n')) {
    const pid = Number(NAME.exec(line)?.[1] ?? 0)
    if (pid === 0 || isAlive(pid)) continue
    // Another test may be tidying up as well.
    await ip('netns', 'delete', line.split(' ')[0] ?? '').catch(() => undefined)
  }
}

export async function addNamespace(t: TestScope, role: string): Promise<string> {
  namespacesMade += 1
  const name = `nv${process.pid}-${namespacesMade}-${role}`
  await ip('netns', 'add', name)
  t.teardown(async () => {
    await ip('netns', 'delete', name)
  })
  // The address that IPv6 gives itself is looked for among the neighbours first. That it is there a
  // second later is a change of network to Chromium, which then breaks off what it is loading.
  await write(name, '/proc/sys/net/ipv6/conf/default/accept_dad', '0')
  await ip('-n', name, 'link', 'set', 'lo', 'up')
  return name
}

/** Sets one of a namespace's kernel parameters. */
export async function write(namespace: string, file: string, value: string): Promise<void> {
  await ip('netns', 'exec', namespace, 'sh', '-c', `echo ${value} > ${file}`)
}

/**
 * Gives a namespace the public address, on a cable whose other end hangs in the same namespace: an
 * interface without a carrier is no network to Chromium, and not every kernel has dummy interfaces.
 */
export async function addPublicAddress(namespace: string): Promise<void> {
  await ip('-n', namespace, 'link', 'add', 'public0', 'type', 'veth', 'peer', 'name', 'loose0')
  await ip('-n', namespace, 'link', 'set', 'loose0', 'up')
  await ip('-n', namespace, 'address', 'add', `${PUBLIC_ADDRESS}/32`, 'dev', 'public0')
  await ip('-n', namespace, 'link', 'set', 'public0', 'up')
}

/** Links a person's namespace to the server's with addresses 10.83.N.0/24. */
export async function linkToServer(server: string, person: string, subnet: number): Promise<void> {
  const [serverEnd, near, far] = [`person${subnet}`, `10.83.${subnet}.1`, `10.83.${subnet}.2`]
  const veth = ['type', 'veth', 'peer', 'name', 'eth0', 'netns', person]
  await ip('-n', server, 'link', 'add', serverEnd, ...veth)
  await ip('-n', server, 'address', 'add', `${near}/24`, 'dev', serverEnd)
  await ip('-n', server, 'link', 'set', serverEnd, 'up')
  await ip('-n', person, 'address', 'add', `${far}/24`, 'dev', 'eth0')
  await ip('-n', person, 'link', 'set', 'eth0', 'up')
  await ip('-n', person, 'route', 'add', 'default', 'via', near)
}

/** Three machines: the server with a public address, and two people who reach each other only through it. */
export interface TestNetwork {
  readonly server: string
  readonly worker: string
  readonly citizen: string
  readonly publicAddress: string
  /** Lets packets pass between the two people (a direct path exists) or not (only the server is reachable). */
  readonly forward: (isOn: boolean) => Promise<void>
}

/**
 * Makes the three namespaces, with no direct path between the people; needs root. All go with the test.
 *
 * Programs join by `ip netns exec NAME`, which the other helpers do when given `networkNamespace`.
 */
export async function makeTestNetwork(t: TestScope): Promise<TestNetwork> {
  await removeLeftovers()
  const server = await addNamespace(t, 'server')
  const worker = await addNamespace(t, 'worker')
  const citizen = await addNamespace(t, 'citizen')
  await addPublicAddress(server)
  await linkToServer(server, worker, 1)
  await linkToServer(server, citizen, 2)
  const forward = (isOn: boolean) =>
    write(server, '/proc/sys/net/ipv4/ip_forward', isOn ? '1' : '0')
  await forward(false)
  return { server, worker, citizen, publicAddress: PUBLIC_ADDRESS, forward }
}

/** One machine with loopback and a public address that leads nowhere else. */
export interface LoneMachine {
  readonly namespace: string
  readonly publicAddress: string
}

/**
 * Makes one namespace in which everything runs side by side: pages on http://localhost, coturn on the
 * public address (it refuses to relay on loopback). Needs root; goes with the test.
 */
export async function makeLoneMachine(t: TestScope): Promise<LoneMachine> {
  await removeLeftovers()
  const namespace = await addNamespace(t, 'lone')
  await addPublicAddress(namespace)
  await ip('-n', namespace, 'route', 'add', 'default', 'dev', 'public0')
  return { namespace, publicAddress: PUBLIC_ADDRESS }
}

/**
 * Opens http://localhost:PORT in a person's namespace and passes it on to the same port of the server.
 *
 * Browsers give camera and microphone only to secure pages; localhost counts as one without certificates.
 *
 * @param delayMs - how much later everything arrives, in each direction
 */
export async function openLocalhost(
  t: TestScope,
  namespace: string,
  port: number,
  delayMs = 0,
): Promise<void> {
  const place = [String(port), PUBLIC_ADDRESS, String(delayMs)]
  const command = inNamespace(namespace, [process.execPath, DOOR, ...place])
  const door = startChild(command, { env: plainEnvironment() })
  t.teardown(() => door.end('SIGTERM'))
  await door.line(/open/)
}
