import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import { waitFor } from '../../e2e/support/wait.ts'
import { makeTempDir } from '../../helpers/build-app.ts'
import { findFreePort } from '../../helpers/free-port.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { GOOD_SDP } from '../../helpers/sdp.ts'
import { spawnServer, startServer, type ServerProcess } from '../../helpers/server-process.ts'
import { WsPerson } from '../../helpers/ws-person.ts'

const execute = promisify(execFile)

/** A server whose records lie on a small disk of their own, in a namespace of mounts that ends with it. */
class SmallDisk {
  readonly server: ServerProcess
  readonly #folder: string

  constructor(server: ServerProcess, folder: string) {
    this.server = server
    this.#folder = folder
  }

  static async start(t: Test): Promise<SmallDisk> {
    const folder = makeTempDir(t)
    const mount = `mount -t tmpfs -o size=8m,mode=700 none ${folder}`
    const through = ['unshare', '--mount', 'sh', '-c', `${mount} && exec "$@"`, 'sh']
    const env = { DATA_DIR: folder, NODE_ENV: 'test', PATH: process.env['PATH'] ?? '' }
    const server = await startServer(t, env, undefined, through)
    return new SmallDisk(server, folder)
  }

  /** Takes all that is left. */
  async fill(): Promise<void> {
    await this.#inside(`cat /dev/zero > ${this.#folder}/filler 2>/dev/null || :`)
  }

  async makeRoom(): Promise<void> {
    await this.#inside(`rm ${this.#folder}/filler`)
  }

  /** The outcome of the call, as the file on that disk has it. */
  async loadOutcome(): Promise<string> {
    const { stdout } = await this.#inside(`cd "$HERE" && "$NODE" -e "$SCRIPT"`, {
      HERE: import.meta.dirname,
      NODE: process.execPath,
      SCRIPT: `const file = new (require('better-sqlite3'))('${this.#folder}/naervaer.sqlite')
        console.log(file.prepare('select outcome from calls').pluck().get())`,
    })
    return stdout.trim()
  }

  #inside(script: string, env: Record<string, string> = {}) {
    const pid = String(this.server.child.pid)
    const words = ['--mount', '--target', pid, 'sh', '-c', script]
    return execute('nsenter', words, { env: { ...process.env, ...env } })
  }
}

interface Ready {
  readonly status: number
  readonly degraded: readonly string[]
}

async function askReady({ port }: ServerProcess): Promise<Ready> {
  const answer = await fetch(`http://127.0.0.1:${String(port)}/ready`)
  const { degraded } = (await answer.json()) as { degraded: string[] }
  return { status: answer.status, degraded }
}

const waitUntilReady = (server: ServerProcess, isSo: (ready: Ready) => boolean, what: string) =>
  waitFor(what, async () => {
    const ready = await askReady(server)
    return isSo(ready) ? ready : undefined
  })

const waitForLine = (server: ServerProcess, part: string) =>
  waitFor(`the line ${part}`, () => server.stdout().includes(part) || undefined)

t.test('O-12 a disk that is full: said, a call goes on, and nothing is lost', async (t) => {
  const disk = await SmallDisk.start(t)
  const { server } = disk
  const mette = await WsPerson.connect(server, 'mette')
  const anna = await WsPerson.connect(server, 'anna')
  const { id: call } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await anna.must({ type: 'call.accept', call })
  for (const person of [mette, anna]) {
    await person.must({ type: 'call.connected', call, generation: 1, path: 'host' })
  }
  t.strictSame(await askReady(server), { status: 200, degraded: [] })

  await disk.fill()
  const broken = await waitUntilReady(server, ({ status }) => status === 503, 'unready')
  t.strictSame(broken.degraded, ['database', 'disk'])
  await waitForLine(server, '"code":"PART_BROKEN","part":"database"')
  t.equal((await fetch(`http://127.0.0.1:${String(server.port)}/health`)).status, 200)

  // The two go on exchanging what they need, also for a new way.
  const signal = { call, generation: 2, seq: 0 } as const
  mette.send({
    type: 'signal.description',
    ...signal,
    description: { type: 'offer', sdp: GOOD_SDP },
  })
  await anna.waitFor('signal.description')
  // What cannot be written is refused, and stays as it is.
  const refused = await mette.request({ type: 'call.hangUp', call })
  t.match(refused, { type: 'error', code: 'INTERNAL' })
  t.match(await mette.request({ type: 'ping' }), { type: 'pong' })

  await disk.makeRoom()
  await waitUntilReady(server, ({ status }) => status === 200, 'ready again')
  await waitForLine(server, '"code":"PART_MENDED","part":"database"')
  await mette.must({ type: 'call.hangUp', call })
  t.equal(await disk.loadOutcome(), 'completed')
  // What SQLite has undone by itself is not undone again, which would hide why.
  t.notMatch(server.stdout(), /uncaught|unhandled|cannot rollback/i)
})

t.test('a disk that may only be read: the start ends with one line that names it', async (t) => {
  const folder = makeTempDir(t)
  const mount = `mount -t tmpfs -o ro none ${folder}`
  const through = ['unshare', '--mount', 'sh', '-c', `${mount} && exec "$@"`, 'sh']
  const env = { DATA_DIR: folder, DEMO: 'on', NODE_ENV: 'test', PATH: process.env['PATH'] ?? '' }
  const server = spawnServer(t, env, await findFreePort(), through)
  t.equal(await server.exited, 1)
  t.match(server.stderr(), /^Nærvær: DATA_DIR cannot hold the records in \S+ \(.+\)\.\n$/)
})
