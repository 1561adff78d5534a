import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../problem.mjs'
import { ROOT, run } from '../run.mjs'
import { NEW_SUITE } from './own-engine.mjs'
import { must } from './tools.mjs'

/** @typedef {import('./own-engine.mjs').Engine} Engine */

/** Where the images stand that the stack begins with. */
const NAMED_IN = ['Dockerfile', join('ops', 'proxy', 'Dockerfile'), 'docker-compose.yml']

/** Node's image is made on the Debian that its tag names. */
const NODE_SUITE = 'bookworm'
const NODE_IMAGE = new RegExp(`^node:(\\d+\\.\\d+\\.\\d+)-${NODE_SUITE}-slim$`)

/** npm as that Node brings it. */
const NPM = 'npm@11'

const DEBIAN_CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt'
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** As the official image: a command that is no program is one for node. */
const NODE_ENTRY_POINT = `#!/bin/sh
if [ "\${1#-}" != "$1" ] || [ -z "$(command -v "$1")" ]; then set -- node "$@"; fi
exec "$@"
`

const NODE_DOCKERFILE = `FROM stand-in/node-root
COPY node/bin/ /usr/local/bin/
COPY npm/ /usr/local/lib/node_modules/npm/
COPY npmrc ca.pem /usr/local/etc/
COPY entry-point /usr/local/bin/docker-entrypoint.sh
RUN cd /usr/local/bin && \\
  ln -s ../lib/node_modules/npm/bin/npm-cli.js npm && \\
  ln -s ../lib/node_modules/npm/bin/npx-cli.js npx && \\
  groupadd -g 1000 node && useradd -u 1000 -g node -m node
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["node"]
`

/** With the file capability that the official image gives its program. */
const CADDY_DOCKERFILE = `FROM stand-in/services-root
ENV XDG_CONFIG_HOME=/config XDG_DATA_HOME=/data
RUN mkdir -p /config/caddy /data/caddy /etc/caddy && \\
  setcap cap_net_bind_service=+ep /usr/bin/caddy
WORKDIR /srv
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]
`

/** With the user, the volume and the file capability of the official image. */
const COTURN_DOCKERFILE = `FROM stand-in/services-root
RUN setcap cap_net_bind_service=+ep /usr/bin/turnserver
VOLUME /var/lib/coturn
USER nobody:nogroup
ENTRYPOINT ["turnserver"]
`

/** With the user, the folders and the arguments of the official image. */
const PROMETHEUS_DOCKERFILE = `FROM stand-in/services-root
RUN install -d -o 65534 -g 65534 /prometheus /etc/prometheus
USER 65534:65534
WORKDIR /prometheus
ENTRYPOINT ["prometheus"]
CMD ["--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus"]
`

/** Debian has none, and what only bears its name would prove nothing. */
const WITHOUT_STAND_IN = /^grafana\//

/** What Debian's packages bring for the images that are no Node. */
const SERVICES = ['ca-certificates', 'caddy', 'coturn', 'libcap2-bin', 'prometheus', 'wget']

/** @returns {string[]} the images that are pulled where there is a registry */
function listImages() {
  const found = NAMED_IN.flatMap((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8')
    return [...text.matchAll(/^(?:FROM| +image:) +([a-z][a-z0-9/]*:\S+)/gm)].map((match) =>
      String(match[1]),
    )
  })
  return [...new Set(found)].filter(
    (image) => !image.startsWith('naervaer') && !WITHOUT_STAND_IN.test(image),
  )
}

/**
 * @param {string} name
 * @returns {Promise<string>} a setting of npm's, empty where there is none
 */
async function readNpmSetting(name) {
  const { code, output } = await run('npm', ['config', 'get', name, '--loglevel=error'], {
    output: 'keep',
  })
  const value = output.trim()
  return code !== 0 || value === 'null' || value === 'undefined' ? '' : value
}

/**
 * Node and npm from the npm registry, with npm's settings of this machine: where it gets packages, and
 * whom it trusts.
 *
 * @param {Engine} engine
 * @param {string} version
 */
async function prepareNode({ folder }, version) {
  const at = join(folder, 'node-image')
  mkdirSync(at)
  const packages = { node: `node-linux-${process.arch}@${version}`, npm: NPM }
  for (const [name, wanted] of Object.entries(packages)) {
    const to = join(at, name)
    mkdirSync(to)
    const packed = await must('npm', ['pack', '--silent', '--pack-destination', at, wanted])
    const file = packed.trim().split('\n').at(-1) ?? ''
    await must('tar', ['-xzf', join(at, file), '-C', to, '--strip-components=1'])
  }
  chmodSync(join(at, 'node', 'bin', 'node'), 0o755)
  for (const name of ['npm-cli.js', 'npx-cli.js']) chmodSync(join(at, 'npm', 'bin', name), 0o755)
  const authorities = await readNpmSetting('cafile')
  copyFileSync(existsSync(authorities) ? authorities : DEBIAN_CERTIFICATES, join(at, 'ca.pem'))
  const settings = { cafile: '/usr/local/etc/ca.pem', registry: await readNpmSetting('registry') }
  const proxy = await readNpmSetting('https-proxy')
  const lines = Object.entries({ ...settings, ...(proxy === '' ? {} : { 'https-proxy': proxy }) })
  writeFileSync(join(at, 'npmrc'), lines.map(([name, value]) => `${name}=${value}\n`).join(''))
  writeFileSync(join(at, 'entry-point'), NODE_ENTRY_POINT, { mode: 0o755 })
  return at
}

/**
 * @param {Engine} engine
 * @param {string} tar
 * @param {string} name
 */
async function importRoot({ env }, tar, name) {
  await must('docker', ['import', '-c', `ENV PATH=${PATH}`, tar, name], env)
}

/**
 * @param {Engine} engine
 * @param {{ image: string, dockerfile: string, context?: string }} options
 */
async function build({ env, folder }, { image, dockerfile, context }) {
  const file = join(folder, `${image.replace(/\W/g, '-')}.Dockerfile`)
  writeFileSync(file, dockerfile)
  const nothing = join(folder, 'nothing')
  mkdirSync(nothing, { recursive: true })
  await must('docker', ['build', '-q', '-t', image, '-f', file, context ?? nothing], env)
}

/**
 * Makes the images that the stack begins with, under their own names and tags, from Debian's packages
 * and npm's: for an engine that has no registry.
 *
 * @param {Engine} engine
 * @returns {Promise<readonly string[]>} their names
 */
export async function makeStandIns(engine) {
  const images = listImages()
  const node = images.find((image) => NODE_IMAGE.test(image))
  const version = NODE_IMAGE.exec(node ?? '')?.[1]
  if (node === undefined || version === undefined) {
    throw new Problem(`the Dockerfile begins with no node:X.Y.Z-${NODE_SUITE}-slim.`)
  }
  const [nodeRoot, services, context] = await Promise.all([
    engine.makeRoot(NODE_SUITE, []),
    engine.makeRoot(NEW_SUITE, SERVICES),
    prepareNode(engine, version),
  ])
  await importRoot(engine, nodeRoot, 'stand-in/node-root')
  await importRoot(engine, services, 'stand-in/services-root')
  for (const image of images) {
    if (image === node) await build(engine, { image, dockerfile: NODE_DOCKERFILE, context })
    else if (image.startsWith('caddy:'))
      await build(engine, { image, dockerfile: CADDY_DOCKERFILE })
    else if (image.startsWith('coturn/coturn:'))
      await build(engine, { image, dockerfile: COTURN_DOCKERFILE })
    else if (image.startsWith('prom/prometheus:'))
      await build(engine, { image, dockerfile: PROMETHEUS_DOCKERFILE })
    else throw new Problem(`there is no stand-in for ${image}.`)
  }
  return images
}
