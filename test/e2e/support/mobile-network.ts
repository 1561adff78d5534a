import {
  addNamespace,
  addPublicAddress,
  ip,
  linkToServer,
  PUBLIC_ADDRESS,
  removeLeftovers,
  write,
  type TestNetwork,
} from './network.ts'
import type { TestScope } from './test-scope.ts'

/** What can happen to the networks of a citizen who has Wi-Fi and a SIM card. */
export interface MobileNetwork extends TestNetwork {
  readonly wifi: (isOn: boolean) => Promise<void>
  readonly mobile: (isOn: boolean) => Promise<void>
  /** Wi-Fi stays up, and swallows every packet. */
  readonly silence: (isOn: boolean) => Promise<void>
  /**
   * From now on the ends of the Wi-Fi know each other for good: whom a kernel has missed it looks for
   * once a second (RFC 1122 § 2.3.2.1), which would blur what is measured after a silence.
   */
  readonly keepNeighbours: () => Promise<void>
}

/** One of the citizen's networks, as the kernel knows it. */
interface Access {
  /** In the citizen's namespace. */
  readonly device: string
  /** In the server's, a port of `bridge`. */
  readonly port: string
  readonly bridge: string
  readonly subnet: number
  /** The lower, the sooner it is used. */
  readonly metric: number
}

const WIFI: Access = { device: 'wlan0', port: 'wifi-port', bridge: 'wifi', subnet: 2, metric: 100 }
const MOBILE: Access = {
  device: 'wwan0',
  port: 'mobile-port',
  bridge: 'mobile',
  subnet: 3,
  metric: 200,
}

async function addAccess(server: string, citizen: string, access: Access): Promise<void> {
  const { device, port, bridge, subnet } = access
  // Without an address of its own the bridge takes one of its ports', which neighbours then miss.
  const mac = `02:00:00:00:00:0${String(subnet)}`
  await ip('-n', server, 'link', 'add', bridge, 'address', mac, 'type', 'bridge')
  await ip('-n', server, 'address', 'add', `10.83.${String(subnet)}.1/24`, 'dev', bridge)
  await ip('-n', server, 'link', 'set', bridge, 'up')
  const veth = ['type', 'veth', 'peer', 'name', device, 'netns', citizen]
  await ip('-n', server, 'link', 'add', port, ...veth)
  await ip('-n', server, 'link', 'set', port, 'master', bridge)
  await ip('-n', server, 'link', 'set', port, 'up')
}

async function keepNeighbours(server: string, citizen: string): Promise<void> {
  const { device, bridge, subnet } = WIFI
  const net = `10.83.${String(subnet)}`
  const { address: near } = await readLink(citizen, device)
  const { address: far } = await readLink(server, bridge)
  const isForGood = ['nud', 'permanent']
  await ip(
    '-n',
    citizen,
    'neigh',
    'replace',
    `${net}.1`,
    'lladdr',
    far,
    'dev',
    device,
    ...isForGood,
  )
  await ip(
    '-n',
    server,
    'neigh',
    'replace',
    `${net}.2`,
    'lladdr',
    near,
    'dev',
    bridge,
    ...isForGood,
  )
}

async function readLink(namespace: string, device: string): Promise<{ readonly address: string }> {
  const [link] = JSON.parse(await ip('-n', namespace, '-j', 'link', 'show', device)) as {
    readonly address: string
  }[]
  if (link === undefined) throw new Error(`there is no ${device}`)
  return link
}

/** Address and route come and go with the link, as they do on a telephone. */
async function setAccess(citizen: string, access: Access, isOn: boolean): Promise<void> {
  const { device, subnet, metric } = access
  if (!isOn) {
    await ip('-n', citizen, 'address', 'flush', 'dev', device)
    await ip('-n', citizen, 'link', 'set', device, 'down')
    return
  }
  const net = `10.83.${String(subnet)}`
  await ip('-n', citizen, 'address', 'add', `${net}.2/24`, 'dev', device)
  await ip('-n', citizen, 'link', 'set', device, 'up')
  const route = ['default', 'via', `${net}.1`, 'dev', device, 'metric', String(metric)]
  await ip('-n', citizen, 'route', 'add', ...route)
}

/**
 * The server, a worker on a cable and a citizen with Wi-Fi, which is on, and a mobile network, which is
 * not; with a direct path between the two people. Needs root; all goes with the test.
 */
export async function makeMobileNetwork(t: TestScope): Promise<MobileNetwork> {
  await removeLeftovers()
  const server = await addNamespace(t, 'server')
  const worker = await addNamespace(t, 'worker')
  const citizen = await addNamespace(t, 'citizen')
  await addPublicAddress(server)
  await linkToServer(server, worker, 1)
  // Packets from an address that has left its network must not find another way.
  await write(server, '/proc/sys/net/ipv4/conf/all/rp_filter', '1')
  for (const access of [WIFI, MOBILE]) await addAccess(server, citizen, access)
  const forward = (isOn: boolean) =>
    write(server, '/proc/sys/net/ipv4/ip_forward', isOn ? '1' : '0')
  await forward(true)
  await setAccess(citizen, WIFI, true)
  return {
    server,
    worker,
    citizen,
    publicAddress: PUBLIC_ADDRESS,
    forward,
    wifi: (isOn) => setAccess(citizen, WIFI, isOn),
    mobile: (isOn) => setAccess(citizen, MOBILE, isOn),
    silence: (isOn) =>
      ip(
        '-n',
        server,
        'link',
        'set',
        WIFI.port,
        ...(isOn ? ['nomaster'] : ['master', 'wifi']),
      ).then(() => undefined),
    keepNeighbours: () => keepNeighbours(server, citizen),
  }
}
