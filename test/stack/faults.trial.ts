import t, { type Test } from 'tap'
import { assertBothWays, button, haveConversation } from '../e2e/support/conversation.ts'
import { readSelectedPath } from '../e2e/support/media-probe.ts'
import {
  readClock,
  readLongestGap,
  waitForPicture,
  watchPicture,
} from '../e2e/support/picture-gap.ts'
import { waitFor } from '../e2e/support/wait.ts'
import { startFaultyStack, type Diagnosis } from './faulty-stack.ts'
import { launchFirstCitizen, launchFirstWorker } from './people.ts'

/**
 * TURN and the certificates are looked at once a minute, and a look takes up to four seconds. A new certificate is
 * coturn's after two looks of its own, half a minute apart, and seen by the server ten seconds later.
 */
const NOTICED_MS = 100_000

/** Criterion O-11: so long after a server is back, both have their seats again. */
const REATTACH_MS = 10_000

/** A frame is due every 67 ms; these machines are busy. */
const LONGEST_GAP_MS = 2_000

const whole = t
const stack = await startFaultyStack(whole)
const worker = await launchFirstWorker(whole, stack)
const citizen = await launchFirstCitizen(whole, stack, worker)
const people = [worker, citizen]
const startedAt = new Date()

await haveConversation(worker, citizen)
for (const { page } of people) await watchPicture(page)
const [call] = await stack.rows('select id from calls')
const healthy = await stack.diagnose()

/** Teams that were made: each must be there in the end, and nothing else. */
const made: string[] = ['Nord']

/** Something that is written while the talk goes on. @returns the answer's status and code, such as `500 INTERNAL` */
function addTeam(name: string): Promise<string> {
  return worker.page.evaluate(async (body) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch('/api/it/teams', { method: 'POST', headers, body })
    const { code = '' } = (await answer.json()) as { code?: string }
    return `${answer.status} ${code}`.trim()
  }, JSON.stringify({ name }))
}

/** What cannot be written is said to be refused: the pages' words for it are "Det gik ikke. Prøv igen.". */
async function assertRefused(t: Test, name: string): Promise<void> {
  t.equal(await addTeam(name), '500 INTERNAL', 'who writes meanwhile is told')
}

async function assertWritten(t: Test, name: string): Promise<void> {
  t.match(await addTeam(name), /^20[01]$/, 'it can be written again')
  made.push(name)
}

/** One thing that breaks, and what each of those who must know is told. */
interface Fault {
  readonly name: string
  /** @returns what mends it */
  readonly breakIt: () => Promise<() => Promise<unknown>>
  /** Of `/ready`; null where nobody is there to be asked. */
  readonly ready: { readonly status: 200 | 503; readonly degraded: readonly string[] } | null
  /** A line of the server’s; null where it notices nothing. */
  readonly log: RegExp | null
  /** By number, the code that a check of the doctor’s has now and did not have; all others are as before; null where it is not asked. */
  readonly doctor: Readonly<Record<number, string | RegExp>> | null
  /** What people are told, and whatever else is special. */
  readonly look?: (t: Test) => Promise<void>
  /** What is still said after it has been mended. */
  readonly remains?: readonly string[]
  readonly afterwards?: (t: Test) => Promise<void>
  /** Where sound and picture themselves are what breaks. */
  readonly isTalkCut?: boolean
}

const partBroken = (part: string) => new RegExp(`"code":"PART_BROKEN","part":"${part}"`)

const FAULTS: readonly Fault[] = [
  {
    name: 'the disk is full',
    breakIt: async () => {
      await stack.fillDisk()
      return () => stack.makeRoom()
    },
    ready: { status: 503, degraded: ['database', 'disk'] },
    log: partBroken('database'),
    doctor: { 11: 'error DISK_FULL' },
    look: (t) => assertRefused(t, 'Syd'),
    afterwards: (t) => assertWritten(t, 'Syd'),
  },
  {
    name: 'somebody holds the records',
    breakIt: () => stack.lockRecords(),
    ready: { status: 503, degraded: ['database'] },
    log: partBroken('database'),
    // It asks the server much, each answer of which waits its two seconds for the records meanwhile. What it
    // says then is tried without containers, in test/server/doctor/held-records.test.ts.
    doctor: null,
    look: (t) => assertRefused(t, 'Vest'),
    afterwards: (t) => assertWritten(t, 'Vest'),
  },
  {
    name: 'the volume may only be read, and the server starts on it',
    breakIt: async () => {
      await stack.startReadOnly()
      return () => stack.startWritable()
    },
    ready: null,
    log: /Nærvær: DATA_DIR cannot hold the records in \/data/,
    doctor: {
      // Nobody answers on the server's port …
      4: 'unseen SOCKET_UNTRIED',
      5: 'error PAGE_UNREACHED',
      14: 'unseen FILES_UNTRIED',
      11: 'error DISK_READ_ONLY',
      // … and SQLite reads without a place to write only what a server that was ended by force has left open.
      15: /^(unseen SCHEMA_UNREADABLE|ok SCHEMA_OK)$/,
      20: /^(unseen RETENTION_UNREADABLE|ok RETENTION_\w+)$/,
    },
    afterwards: async (t) => {
      await waitFor('the proxy’s health', async () => {
        const { State } = await stack.inspect('proxy')
        return State.Health?.Status === 'healthy' || undefined
      })
      await assertWritten(t, 'Øst')
    },
  },
  {
    name: 'the clock is set',
    breakIt: () => {
      stack.setClock('+300')
      return Promise.resolve(() => {
        stack.setClock('+0')
        return Promise.resolve()
      })
    },
    ready: { status: 200, degraded: ['clock'] },
    log: partBroken('clock'),
    doctor: { 10: 'error CLOCK_WRONG' },
    // Said for an hour: what was due meanwhile came early or late, and somebody asks about it.
    remains: ['clock'],
    afterwards: (t) => assertWritten(t, 'Ø'),
  },
  {
    name: 'push services cannot be reached',
    breakIt: async () => {
      await stack.stopPush()
      return () => stack.startPush()
    },
    // Noticed with the next notice, and no sooner.
    ready: { status: 200, degraded: ['clock'] },
    log: null,
    doctor: { 9: 'error PUSH_UNREACHED' },
    remains: ['clock'],
  },
  {
    name: 'the certificate has run out',
    breakIt: async () => {
      await stack.showCertificate(-1)
      return () => stack.showCertificate(60)
    },
    ready: { status: 200, degraded: ['clock', 'certificate'] },
    log: partBroken('certificate'),
    doctor: {
      3: 'error TLS_EXPIRED',
      4: 'unseen SOCKET_UNTRIED',
      5: 'unseen PAGE_UNTRIED',
      14: 'unseen FILES_UNTRIED',
    },
    look: async (t) => {
      const where = ['--resolve', `${stack.host}:443:${stack.address}`, '--noproxy', '*']
      const ask = (...args: [string, ...string[]]) =>
        stack.fromOutside('curl', '-sS', ...where, ...args, `${stack.url}/api/check`)
      const stranger = await ask('--cacert', stack.caFile)
      t.match(stranger, { code: 60, output: /expired/ }, 'no browser opens the page any more')
      // What S2 of "Prøv din telefon" is told by.
      const { certificateEndsAt } = JSON.parse((await ask('-k')).output) as Record<string, number>
      t.ok(certificateEndsAt !== undefined && certificateEndsAt < Date.now(), 'S2')
    },
    remains: ['clock'],
    afterwards: (t) => assertWritten(t, 'Midt'),
  },
  {
    name: 'TURN is down',
    breakIt: async () => {
      await stack.compose('stop', 'turn')
      return () => stack.compose('up', '-d', '--wait')
    },
    ready: { status: 200, degraded: ['clock', 'turn'] },
    log: partBroken('turn'),
    doctor: { 3: 'error TLS_UNREACHED', 6: 'error TURN_UNREACHED', 7: 'unseen ABUSE_UNTRIED' },
    isTalkCut: true,
    look: async () => {
      for (const { page } of people) {
        await page.getByText('Forbindelsen blev afbrudt. Vi prøver igen.').waitFor()
      }
    },
    remains: ['clock'],
  },
]

function assertChanged(t: Test, found: Diagnosis, expected: NonNullable<Fault['doctor']>): void {
  for (const [number, codes] of found) {
    const wanted = expected[number]
    if (wanted === undefined) t.equal(codes, healthy.get(number), `check ${number} as before`)
    else t.match(codes, wanted, `check ${number}`)
  }
  t.ok(found.size >= 20)
}

async function waitForReady(wanted: NonNullable<Fault['ready']>): Promise<void> {
  let said = ''
  const isSaid = async () => {
    const { status, degraded } = await stack.askReady()
    said = `${String(status)} ${degraded.join(', ')}`
    return (status === wanted.status && degraded.join() === wanted.degraded.join()) || undefined
  }
  try {
    await waitFor(`/ready with ${wanted.degraded.join(', ')}`, isSaid, NOTICED_MS)
  } catch (error) {
    const log = (await stack.readLog(startedAt)).split('\n')
    const told = log.filter((line) => line.includes('"PART_') || line.startsWith('Nærvær:'))
    throw new Error([`at last it said ${said}`, ...told].join('\n'), { cause: error })
  }
}

t.test('before anything is broken', async (t) => {
  t.match(await stack.askReady(), { status: 200, degraded: [] })
  for (const { page } of people) {
    t.match(await readSelectedPath(page), { local: 'relay', remote: 'relay' })
  }
})

for (const fault of FAULTS) {
  t.test(`O-12 ${fault.name}: said where it must be, and the talk goes on`, async (t) => {
    const since = await readClocks()
    const brokenAt = new Date()
    const mend = await fault.breakIt()
    let mendedAt: readonly number[]
    try {
      if (fault.ready !== null) await waitForReady(fault.ready)
      const { log } = fault
      if (log !== null) {
        const isLogged = async () => log.test(await stack.readLog(brokenAt)) || undefined
        await waitFor('the line in the log', isLogged, NOTICED_MS)
      }
      await fault.look?.(t)
      const diagnose = fault.ready === null ? stack.diagnoseBeside : stack.diagnose
      if (fault.doctor !== null) assertChanged(t, await diagnose(), fault.doctor)
      if (fault.isTalkCut !== true) await assertUnbroken(t, since)
    } finally {
      mendedAt = await readClocks()
      await mend()
    }
    await waitForReady({ status: 200, degraded: fault.remains ?? [] })
    await waitFor('both seats', isConnected, REATTACH_MS + 5_000)
    if (fault.isTalkCut === true) {
      for (const [n, { page }] of people.entries())
        await waitForPicture(page, mendedAt[n] ?? 0, NOTICED_MS)
    } else await assertUnbroken(t, since)
    await assertBothWays(worker, citizen)
    await fault.afterwards?.(t)
  })
}

t.test(
  'nothing is lost: one call from its beginning to its end, and what was said to be written',
  async (t) => {
    await button(worker.page, 'Læg på').click()
    await citizen.page.getByRole('heading', { name: /slut/ }).waitFor()
    const rows = await waitFor('the end in the records', async () => {
      const found = await stack.rows('select * from calls where ended_at is not null')
      return found.length > 0 ? found : undefined
    })
    t.equal(rows.length, 1)
    t.match(rows, [{ ...call, outcome: 'completed', path: 'relay' }])
    const [row = {}] = rows
    const times = ['created_at', 'answered_at', 'connected_at', 'ended_at'].map((at) => row[at])
    t.strictSame([...times].sort(), times, 'in this order')
    const teams = (await stack.rows('select name from teams')).map(({ name }) => String(name))
    t.strictSame(teams.sort(), [...made].sort())
    t.notMatch(await stack.readLog(startedAt), /uncaught|unhandled|cannot rollback/i)
  },
)

const readClocks = () => Promise.all(people.map(({ page }) => readClock(page)))

async function isConnected(): Promise<true | undefined> {
  const found = await stack.rows("select 1 from calls where state = 'connected'")
  return found.length === 1 || undefined
}

async function assertUnbroken(t: Test, since: readonly number[]): Promise<void> {
  const gaps = await Promise.all(people.map(({ page }, n) => readLongestGap(page, since[n] ?? 0)))
  t.ok(Math.max(...gaps) < LONGEST_GAP_MS, `${Math.max(...gaps).toFixed(0)} ms without a picture`)
}
