import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import { TurnClient, TurnRefusal } from '../../server/src/turn-client/turn-client.ts'
import { parseTurnUrl } from '../../server/src/turn-client/wire.ts'
import { plainEnvironment, startChild } from '../e2e/support/child.ts'
import { makeTempFolder } from '../e2e/support/temp-folder.ts'
import { makeTurnCredential } from '../e2e/support/turn.ts'
import { waitFor } from '../e2e/support/wait.ts'
import { findFreePort } from '../helpers/free-port.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SECRET = 'a-secret-of-this-test'

/** Whether this machine's coturn can: Debian's 4.6.1 cannot. Its help speaks of it, and ends with an error. */
async function canDrain(): Promise<boolean> {
  const { stdout = '' } = await promisify(execFile)('turnserver', ['-h']).catch(
    (error: unknown) => error as { stdout?: string },
  )
  return stdout.includes('--drain-min-allocations')
}

t.test('§ 4.6 SIGUSR1 lets who talks go on, and ends coturn with the last one', async (t) => {
  const folder = await makeTempFolder(t, 'drain')
  const port = await findFreePort()
  const shipped = await readFile(join(ROOT, 'coturn.conf'), 'utf8')
  const configuration = shipped.replace(/^listening-port=.*$/m, `listening-port=${String(port)}`)
  await writeFile(join(folder, 'coturn.conf'), configuration)
  await writeFile(join(folder, 'secret'), `${SECRET}\n`)
  await mkdir(join(folder, 'certificates'))
  const child = startChild(['sh', join(ROOT, 'ops', 'turn', 'run.sh')], {
    env: plainEnvironment({
      ...{ PUBLIC_HOST: 'video.example.dk', TLS_MODE: 'acme', TURN_ADDRESS: '127.0.0.1' },
      ...{ TURN_CONFIGURATION: join(folder, 'coturn.conf'), TURN_WORK: folder },
      ...{ TURN_SECRET_FILE: join(folder, 'secret'), TURN_OWN_FILES: folder },
      ...{ TURN_CERTIFICATES: join(folder, 'certificates'), TURN_LOOK_EVERY: '0.3' },
    }),
  })
  t.teardown(() => child.end('SIGTERM'))
  const place = parseTurnUrl(`turn:127.0.0.1:${String(port)}?transport=udp`)
  if (place === null) throw new Error('no place')
  const connect = () =>
    TurnClient.connect(place, makeTurnCredential(SECRET, 600), { timeoutMs: 2_000 })
  /** @returns the number of the answer, or `granted`; a place is given back */
  const ask = async () => {
    const client = await connect()
    const answer = await client.allocate().then(
      () => 'granted' as const,
      (error: unknown) => (error instanceof TurnRefusal ? error.status : 0),
    )
    await client.close()
    return answer
  }
  await waitFor('a relay', async () => (await ask()) === 'granted' || undefined)
  const talking = await connect()
  const drains = await canDrain()
  try {
    await talking.allocate()
    process.kill(child.pid, 'SIGUSR1')
    await child.line(/no new places on the relay/)
    const answer = drains ? 403 : 'granted'
    await waitFor(`the answer ${answer}`, async () => (await ask()) === answer || undefined)
    await talking.permit('1.1.1.1')
    t.pass('who has a place may use it as before')
  } finally {
    // An open one would keep this process.
    await talking.close()
  }
  if (!drains) {
    t.comment('this coturn cannot drain: it goes on')
    return
  }
  await waitFor('its end', () => (isAlive(child.pid) ? undefined : true))
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
