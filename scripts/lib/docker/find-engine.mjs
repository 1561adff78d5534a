import { mkdtempSync, rmSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensurePrograms } from '../debian.mjs'
import { Problem } from '../problem.mjs'
import { run } from '../run.mjs'
import { startOwnEngine } from './own-engine.mjs'

/** @typedef {import('./own-engine.mjs').Engine} Engine */

/** What the trial itself runs beside Docker and a browser. */
const NEEDED = [
  { programs: ['certutil'], debianPackage: 'libnss3-tools' },
  { programs: ['curl'], debianPackage: 'curl' },
]

/** The first that shows a container one folder of a volume and not the others. */
const OLDEST_ENGINE = 26

/** @returns {Promise<boolean>} whether a Docker Engine runs here that will do */
async function isEngineThere() {
  const args = ['version', '--format', '{{.Server.Version}}']
  const { code, output } = await run('docker', args, { output: 'keep' })
  return code === 0 && Number(output.trim().split('.')[0]) >= OLDEST_ENGINE
}

/** @returns {Engine} the machine's own, which has a registry, ports and networks of the machine */
function useExisting() {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  const found = addresses.find(({ family, internal }) => family === 'IPv4' && !internal)
  if (found === undefined) throw new Problem('this machine has no IPv4 address for TURN.')
  const folder = mkdtempSync(join(tmpdir(), 'naervaer-docker-'))
  return {
    isOwn: false,
    env: process.env,
    folder,
    namespace: null,
    address: found.address,
    makeRoot: () => Promise.reject(new Problem('the images come from the registry.')),
    close: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
  }
}

/**
 * The machine's Docker Engine where one runs, otherwise one of the trial's own.
 *
 * @param {'own' | 'existing' | 'any'} wish
 * @returns {Promise<Engine>}
 */
export async function findEngine(wish) {
  await ensurePrograms(NEEDED)
  if (wish !== 'own' && (await isEngineThere())) return useExisting()
  if (wish === 'existing') {
    throw new Problem(`no Docker Engine ${String(OLDEST_ENGINE)} or later answers here.`)
  }
  return startOwnEngine()
}
