import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensurePrograms, isRoot } from '../debian.mjs'
import { Problem } from '../problem.mjs'
import { run, tellingLine } from '../run.mjs'
import { must, startLasting, until } from './tools.mjs'

/** Debian's suite with a Docker Engine that is new enough; its programs run on older Debians as they are. */
export const NEW_SUITE = 'forky'

const ENGINE_PACKAGES = ['docker.io', 'docker-cli', 'docker-compose', 'docker-buildx', 'containerd']

/** What is taken from the machine's own Debian; runc needs the machine's own glibc. */
const NEEDED = [
  { programs: ['runc'], debianPackage: 'runc' },
  { programs: ['iptables'], debianPackage: 'iptables' },
  { programs: ['tini-static'], debianPackage: 'tini' },
  { programs: ['slirp4netns'], debianPackage: 'slirp4netns' },
  { programs: ['mmdebstrap'], debianPackage: 'mmdebstrap' },
  { programs: ['ip'], debianPackage: 'iproute2' },
  { programs: ['setpriv'], debianPackage: 'util-linux' },
]

/** slirp4netns answers there for the names that the machine knows. */
const NAME_SERVER = '10.0.2.3'

/** Where the stack's TURN server listens (TEST-NET-3, RFC 5737). */
const PUBLIC_ADDRESS = '203.0.113.10'

/**
 * A Docker Engine to try the stack in.
 *
 * @typedef {object} Engine
 * @property {boolean} isOwn - whether it was made for this and has no registry
 * @property {NodeJS.ProcessEnv} env - for `docker`
 * @property {string} folder - for whatever is made on the way; goes with the engine
 * @property {string | null} namespace - the network namespace that its host network is, where it is not the machine's
 * @property {string} address - an address of its host network
 * @property {(suite: string, packages: readonly string[]) => Promise<string>} makeRoot - a tar of a small Debian
 * @property {() => Promise<void>} close
 */

/** @returns {Promise<string>} where apt gets Debian from */
async function findMirror() {
  const format = '$(REPO_URI) $(CODENAME) $(COMPONENT)'
  const targets = await must('apt-get', ['indextargets', '--format', format])
  const line = targets
    .split('\n')
    .find((each) => /\/debian\/? [a-z]+ main$/.test(each) && !each.includes('-'))
  const [mirror] = line?.split(' ') ?? []
  if (mirror === undefined) throw new Problem('apt knows no source of Debian (main).')
  return mirror
}

/**
 * Gets the engine's packages from a later suite and unpacks them beside the system's own.
 *
 * @param {string} folder
 * @param {string} mirror
 * @returns {Promise<string>} the folder with its `usr`
 */
async function unpackEngine(folder, mirror) {
  const apt = join(folder, 'apt')
  mkdirSync(join(apt, 'lists', 'partial'), { recursive: true })
  mkdirSync(join(apt, 'cache'))
  const keys = '/usr/share/keyrings/debian-archive-keyring.gpg'
  writeFileSync(join(apt, 'sources.list'), `deb [signed-by=${keys}] ${mirror} ${NEW_SUITE} main\n`)
  const settings = {
    'Dir::Etc::sourcelist': join(apt, 'sources.list'),
    'Dir::Etc::sourceparts': '-',
    'Dir::State::lists': join(apt, 'lists'),
    'Dir::State::status': '/dev/null',
    'Dir::Cache': join(apt, 'cache'),
    'APT::Sandbox::User': 'root',
    'Acquire::Languages': 'none',
    // A suite that is still being made may have signed its list some time ago.
    'Acquire::Check-Valid-Until': 'false',
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])
  await must('apt-get', [...options, 'update'])
  const inFolder = 'cd "$1" && shift && exec apt-get "$@"'
  await must('sh', ['-c', inFolder, 'sh', apt, ...options, 'download', ...ENGINE_PACKAGES])
  const root = join(folder, 'engine')
  mkdirSync(root)
  for (const file of readdirSync(apt).filter((name) => name.endsWith('.deb'))) {
    await must('dpkg-deb', ['-x', join(apt, file), root])
  }
  return root
}

/**
 * A small Debian as a tar.
 *
 * @param {{ folder: string, mirror: string, suite: string, packages: readonly string[] }} options
 * @returns {Promise<string>} the file
 */
async function makeRoot({ folder, mirror, suite, packages }) {
  const tar = join(folder, `${suite}.tar`)
  const include = packages.length === 0 ? [] : [`--include=${packages.join(',')}`]
  const age = '--aptopt=Acquire::Check-Valid-Until "false"'
  // Languages and manuals are read by nobody here.
  const lean = [
    '--dpkgopt=path-exclude=/usr/share/{doc,locale,man}/*',
    '--aptopt=Acquire::Languages "none"',
  ]
  const args = ['--format=tar', '--variant=minbase', age, ...lean, ...include, suite, tar, mirror]
  await must('mmdebstrap', args)
  return tar
}

/** @param {string} name */
async function makeNamespace(name) {
  await must('ip', ['netns', 'add', name])
  const inside = (/** @type {string[]} */ ...args) => must('ip', ['-n', name, ...args])
  await inside('link', 'set', 'lo', 'up')
  // On a cable whose other end hangs in the same namespace: not every kernel has dummy interfaces.
  await inside('link', 'add', 'public0', 'type', 'veth', 'peer', 'name', 'loose0')
  await inside('link', 'set', 'loose0', 'up')
  await inside('address', 'add', `${PUBLIC_ADDRESS}/32`, 'dev', 'public0')
  await inside('link', 'set', 'public0', 'up')
}

/**
 * The daemon in the network namespace: its bridges, rules and ports stay in there.
 *
 * @param {{ folder: string, root: string, namespace: string, env: NodeJS.ProcessEnv }} options
 */
function startDaemon({ folder, root, namespace, env }) {
  const initFile = ['/usr/bin/tini-static', '/bin/tini-static']
  const options = {
    'data-root': join(folder, 'data'),
    'exec-root': join(folder, 'run', 'exec'),
    pidfile: join(folder, 'run', 'pid'),
    host: String(env['DOCKER_HOST']),
    'userland-proxy-path': join(root, 'usr', 'sbin', 'docker-proxy'),
    'init-path': initFile[0],
    dns: NAME_SERVER,
  }
  const args = Object.entries(options).map(([name, value]) => `--${name}=${String(value)}`)
  const inside = ['nsenter', `--net=/run/netns/${namespace}`]
  return startLasting([...inside, join(root, 'usr', 'sbin', 'dockerd'), ...args], {
    env,
    log: join(folder, 'dockerd.log'),
  })
}

/** @param {string} folder - of a daemon that has ended */
function readLastLine(folder) {
  const log = readFileSync(join(folder, 'dockerd.log'), 'utf8')
  return /failed to start daemon: .*/.exec(log)?.[0] ?? tellingLine(log)
}

/** @param {string} folder - of a daemon that has ended: a mount of it may be left */
async function unmountLeft(folder) {
  const left = join(folder, 'run', 'exec', 'netns')
  try {
    for (const name of readdirSync(left))
      await run('umount', [join(left, name)], { output: 'keep' })
  } catch {
    // It was never made.
  }
}

/**
 * Makes a Docker Engine from Debian's packages, for a machine that has none: unpacked, not installed, in
 * a network namespace of its own, and gone without a trace afterwards. Needs root.
 *
 * @returns {Promise<Engine>}
 */
export async function startOwnEngine() {
  if (!isRoot())
    throw new Problem('a Docker Engine of its own needs root: run it as root, or start Docker.')
  await ensurePrograms(NEEDED)
  const mirror = await findMirror()
  const folder = mkdtempSync(join(tmpdir(), 'naervaer-docker-'))
  const namespace = `nv${String(process.pid)}-docker`
  /** @type {(() => Promise<unknown>)[]} in the order in which they were begun */
  const endings = [async () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })]
  const close = async () => {
    for (const end of endings.splice(0).reverse()) await end()
  }
  try {
    const root = await unpackEngine(folder, mirror)
    mkdirSync(join(folder, 'run'))
    mkdirSync(join(folder, 'config'))
    symlinkSync(
      join(root, 'usr', 'libexec', 'docker', 'cli-plugins'),
      join(folder, 'config', 'cli-plugins'),
    )
    const env = {
      ...process.env,
      PATH: [join(root, 'usr', 'sbin'), join(root, 'usr', 'bin'), process.env['PATH']].join(':'),
      DOCKER_HOST: `unix://${join(folder, 'run', 'docker.sock')}`,
      DOCKER_CONFIG: join(folder, 'config'),
    }
    endings.push(() => must('ip', ['netns', 'delete', namespace]))
    await makeNamespace(namespace)
    const daemon = startDaemon({ folder, root, namespace, env })
    endings.push(async () => {
      const { output } = await run('docker', ['ps', '-aq'], { env, output: 'keep' })
      const containers = output.split('\n').filter((id) => /^[0-9a-f]{12}$/.test(id))
      if (containers.length > 0)
        await run('docker', ['rm', '-fv', ...containers], { env, output: 'keep' })
      await daemon.end()
      await unmountLeft(folder)
    })
    const wayOut = startLasting(
      [
        'slirp4netns',
        '--configure',
        '--mtu=1500',
        '--disable-host-loopback',
        '--netns-type=path',
        `/run/netns/${namespace}`,
        'tap0',
      ],
      { env, log: join(folder, 'slirp.log') },
    )
    endings.push(wayOut.end)
    await until(
      'the Docker Engine',
      async () => {
        if (daemon.hasEnded()) throw new Problem(`the Docker Engine ended: ${readLastLine(folder)}`)
        return (await run('docker', ['version'], { env, output: 'keep' })).code === 0
      },
      60_000,
    )
    return {
      isOwn: true,
      env,
      folder,
      namespace,
      address: PUBLIC_ADDRESS,
      makeRoot: (suite, packages) => makeRoot({ folder, mirror, suite, packages }),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
