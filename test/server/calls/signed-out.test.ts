import { join } from 'node:path'
import t, { type Test } from 'tap'
import { CLOSE_CODES, GOODBYE_TIMEOUT_MS, type CallId } from '@naervaer/shared'
import { listen, makeTempDir, type TestServer } from '../../helpers/build-app.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'
import type { WsPerson } from '../../helpers/ws-person.ts'
import { waitFor } from '../../e2e/support/wait.ts'

/** As often as the server looks for workers who are signed out, also where nobody tells. */
const LOOK_MS = 5_000

interface Talk {
  readonly mette: WsPerson
  readonly anna: WsPerson
  readonly id: CallId
}

async function startTalk(server: TestServer): Promise<Talk> {
  const [mette, anna] = [await server.connect('mette'), await server.connect('anna')]
  const { id } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await anna.must({ type: 'call.accept', call: id })
  for (const person of [mette, anna]) {
    await person.must({ type: 'call.connected', call: id, generation: 1, path: 'host' })
  }
  await anna.waitForState(id, 'connected')
  return { mette, anna, id }
}

/** Whoever shows these cookies, as their browser asks. */
const asBrowser = ({ app }: TestServer, { cookies }: WsPerson) =>
  new HttpPerson(
    app,
    Object.fromEntries(cookies.split('; ').map((pair) => pair.split('=') as [string, string])),
  )

/** Moves on to the next look, and waits until the row says since when the worker is barred. */
async function waitForBar(server: TestServer, id: CallId): Promise<number> {
  server.clock.advance(LOOK_MS)
  return waitFor('the bar', async () => {
    const row = (await server.loadCalls()).find((call) => call.id === id)
    return row?.barred_at ?? undefined
  })
}

/** Lets time pass in steps between which sockets can answer their pings. */
async function pass({ clock }: TestServer, person: WsPerson, durationMs: number): Promise<void> {
  const until = clock.now() + durationMs
  while (clock.now() < until) {
    clock.advance(Math.min(10_000, until - clock.now()))
    await person.request({ type: 'ping' })
  }
}

/** Each ends Mette's sign-in without her doing. */
const WAYS: Record<string, (server: TestServer) => Promise<unknown>> = {
  'account closed by IT': async ({ app }) => {
    const bo = await HttpPerson.signIn(app, 'bo')
    const answer = await bo.ask('PUT', `/api/it/staff/${PEOPLE.mette}/disabled`, {
      isDisabled: true,
    })
    if (answer.status !== 204) throw new Error(`closing answered ${answer.status}`)
  },
  'session ended by IT': async ({ app }) => {
    const bo = await HttpPerson.signIn(app, 'bo')
    const [session] = await app.accounts.listSessions(PEOPLE.mette)
    const url = `/api/it/people/${PEOPLE.mette}/sessions/${session?.id ?? ''}`
    const answer = await bo.ask('DELETE', url)
    if (answer.status !== 204) throw new Error(`ending answered ${answer.status}`)
  },
  // As a work account's sign-in without the role and a back-channel logout do.
  'sessions ended by the server itself': ({ app }) => app.accounts.endSessionsOf(PEOPLE.mette),
  'session row deleted by another process': ({ app }) =>
    app.database.deleteFrom('sessions').where('person_id', '=', PEOPLE.mette).execute(),
  'twelve hours over': ({ app, clock }) =>
    app.database
      .updateTable('sessions')
      .set({ expires_at: clock.now() })
      .where('person_id', '=', PEOPLE.mette)
      .execute(),
}

for (const [name, end] of Object.entries(WAYS)) {
  t.test(`S-05 ${name}: the socket closes, the talk has a minute`, async (t) => {
    const server = await listen(t)
    const { mette, anna, id } = await startTalk(server)
    await end(server)
    const barredAt = await waitForBar(server, id)
    t.equal(await mette.closed, CLOSE_CODES.SESSION_ENDED)
    await pass(server, anna, barredAt + GOODBYE_TIMEOUT_MS - 1 - server.clock.now())
    t.equal((await server.loadCalls())[0]?.state, 'connected', 'time to say goodbye')
    server.clock.advance(1)
    t.match(await anna.waitForState(id, 'ended'), {
      outcome: 'completed',
      endReason: 'revoked',
      endedAt: barredAt + GOODBYE_TIMEOUT_MS,
    })
  })
}

t.test(
  'S-05 a worker without the role any more is barred, with a session of another',
  async (t) => {
    const server = await listen(t)
    const { anna, id } = await startTalk(server)
    const { database } = server.app
    await database
      .insertInto('person_roles')
      .values({ person_id: PEOPLE.mette, role: 'it' })
      .execute()
    await database
      .deleteFrom('person_roles')
      .where('person_id', '=', PEOPLE.mette)
      .where('role', '=', 'worker')
      .execute()
    const barredAt = await waitForBar(server, id)
    await pass(server, anna, barredAt + GOODBYE_TIMEOUT_MS - 1 - server.clock.now())
    server.clock.advance(1)
    t.match(await anna.waitForState(id, 'ended'), { endReason: 'revoked' })
  },
)

t.test('S-05 who signs in again within the minute talks on', async (t) => {
  const server = await listen(t)
  const { mette, anna, id } = await startTalk(server)
  await server.app.accounts.endSessionsOf(PEOPLE.mette)
  await waitForBar(server, id)
  await mette.closed
  const again = await asBrowser(server, mette).ask('POST', '/api/demo/sign-in', {
    personId: PEOPLE.mette,
  })
  t.equal(again.status, 204)
  server.clock.advance(LOOK_MS)
  await waitFor('the way back in', async () => {
    const [row] = await server.loadCalls()
    return row?.barred_at === null ? true : undefined
  })
  await pass(server, anna, GOODBYE_TIMEOUT_MS)
  t.equal((await server.loadCalls())[0]?.state, 'connected')
  t.match(await anna.must({ type: 'call.hangUp', call: id }), { endReason: 'hangup_citizen' })
})

t.test('S-05 what a barred worker has lost is over at once', async (t) => {
  const server = await listen(t)
  const { anna, id } = await startTalk(server)
  await server.app.accounts.endSessionsOf(PEOPLE.mette)
  await waitForBar(server, id)
  const lost = await anna.must({ type: 'call.lost', call: id, generation: 1 })
  t.match(lost, { state: 'ended', outcome: 'completed', endReason: 'revoked' })
})

t.test('S-05 a ring of somebody who is barred stops', async (t) => {
  const server = await listen(t)
  const [mette, anna] = [await server.connect('mette'), await server.connect('anna')]
  const { id } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await anna.must({ type: 'call.ringing', call: id })
  await server.app.accounts.endSessionsOf(PEOPLE.mette)
  server.clock.advance(LOOK_MS)
  t.match(await anna.waitForState(id, 'ended'), { outcome: 'cancelled', endReason: 'revoked' })
})

/** Each is Mette's own wish to be signed out where she talks. */
const OWN_WAYS: Record<string, (server: TestServer, mette: WsPerson) => Promise<unknown>> = {
  'signs out': (server, mette) => asBrowser(server, mette).ask('DELETE', '/api/session'),
  'ends the session from somewhere else': async ({ app }) => {
    const home = await HttpPerson.signIn(app, 'mette')
    return home.ask('DELETE', '/api/sessions')
  },
  'leaves the browser to somebody else': (server, mette) =>
    asBrowser(server, mette).ask('POST', '/api/demo/sign-in', { personId: PEOPLE.ole }),
}

for (const [name, leave] of Object.entries(OWN_WAYS)) {
  t.test(`S-05 a worker who ${name} has hung up at once`, async (t) => {
    const server = await listen(t)
    const { mette, anna, id } = await startTalk(server)
    await leave(server, mette)
    // No time passes.
    t.match(await anna.waitForState(id, 'ended'), {
      outcome: 'completed',
      endReason: 'hangup_staff',
      endedAt: server.clock.now(),
    })
    t.equal(await mette.closed, CLOSE_CODES.SESSION_ENDED)
  })
}

t.test('S-05 to end another place of one’s own does not end the talk here', async (t) => {
  const server = await listen(t)
  const { mette, anna, id } = await startTalk(server)
  await server.connect('mette')
  await asBrowser(server, mette).ask('DELETE', '/api/sessions')
  server.clock.advance(LOOK_MS)
  t.match(await anna.must({ type: 'call.hangUp', call: id }), { endReason: 'hangup_citizen' })
})

async function listenOn(t: Test, databaseFile: string, clock: FakeClock): Promise<TestServer> {
  const env = { DATA_DIR: join(databaseFile, '..') }
  return listen(t, { databaseFile, clock, env })
}

t.test('S-05 a restart in between neither forgets the minute nor makes it longer', async (t) => {
  const clock = new FakeClock()
  const file = join(makeTempDir(t), 'records.sqlite')
  const first = await listenOn(t, file, clock)
  const { anna, id } = await startTalk(first)
  await first.app.accounts.endSessionsOf(PEOPLE.mette)
  const barredAt = await waitForBar(first, id)
  await first.app.close()

  clock.advance(30_000)
  const second = await listenOn(t, file, clock)
  const back = await second.connect('anna', anna.cookies)
  t.match((await back.waitFor('welcome')).call, { id, state: 'connected' })
  await pass(second, back, barredAt + GOODBYE_TIMEOUT_MS - 1 - clock.now())
  clock.advance(1)
  t.match(await back.waitForState(id, 'ended'), {
    endReason: 'revoked',
    endedAt: barredAt + GOODBYE_TIMEOUT_MS,
  })
})

t.test('S-05 what has ended while no server was there counts from the start', async (t) => {
  const clock = new FakeClock()
  const file = join(makeTempDir(t), 'records.sqlite')
  const first = await listenOn(t, file, clock)
  const { anna, id } = await startTalk(first)
  await first.app.close()
  // Twelve hours and more: her session is over, and Anna’s is not.
  clock.advance(13 * 3_600_000)
  const startedAt = clock.now()
  const second = await listenOn(t, file, clock)
  const back = await second.connect('anna', anna.cookies)
  t.match(await second.loadCalls(), [{ id, state: 'connected', barred_at: startedAt }])
  await pass(second, back, GOODBYE_TIMEOUT_MS - 1)
  clock.advance(1)
  t.match(await back.waitForState(id, 'ended'), { endReason: 'revoked' })
})
