import type { FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import {
  type CallId,
  type DeviceId,
  type DeviceNote,
  type ItConnectedReply,
  type ItDeviceReply,
  type ItDevicesReply,
  type ItPeopleReply,
  type OwnPseudonymReply,
  type UnixMs,
} from '@naervaer/shared'
import { DEVICE_STATE_LIFE_MS } from '../../../server/src/device-desk/device-desk.ts'
import type {} from '../../../server/src/device-desk/plugin.ts'
import { listen, makeApp } from '../../helpers/build-app.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { Browser, pairDevice, type FakeDevice } from '../../helpers/paired-device.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { makeDeviceNote } from '../../helpers/tech-report.ts'

const LIST = '/api/it/devices'
const OPENED = makeDeviceNote()
const STATE = OPENED.state

const tell = async (device: FakeDevice, note: DeviceNote) =>
  (await device.askProven('/api/check/state', 'POST', note)).statusCode

async function makeWorld(t: Test) {
  const { app, clock } = await makeApp(t)
  const mette = await Browser.signedIn(app, 'mette')
  const device = await pairDevice(app, () => clock.now(), mette)
  return { app, clock, mette, device, bo: await HttpPerson.signIn(app, 'bo') }
}

const list = async (bo: HttpPerson) => (await bo.ask('GET', LIST)).body as ItDevicesReply

const countLines = async (app: FastifyInstance, subjectId: string | null) => {
  const rows = await app.database
    .selectFrom('audit_events')
    .select(['subject_id', 'actor_role'])
    .where('action', '=', 'devices.listed')
    .execute()
  return rows.filter((row) => row.actor_role === 'it' && row.subject_id === subjectId).length
}

t.test(
  'HT91 D13 IT sees a device under its pseudonym, and what is not known as null',
  async (t) => {
    const { bo, device, clock } = await makeWorld(t)
    const { citizens } = (await bo.ask('GET', '/api/it/people')).body as ItPeopleReply
    const { devices, total } = await list(bo)
    t.equal(total, 1)
    t.strictSame(devices, [
      {
        id: device.id,
        code: citizens.find(({ id }) => id === PEOPLE.anna)?.code,
        kind: 'iphone',
        pairedAt: clock.now(),
        seenAt: clock.now(),
        isConnected: false,
        ...{ last: null, isBuildCurrent: null, test: null, push: null, lastCall: null },
      },
    ])
    const said = JSON.stringify(devices)
    for (const word of ['Anna', PEOPLE.anna, 'Mette', PEOPLE.mette]) t.notOk(said.includes(word))
  },
)

t.test('HT90 a device tells how it stands, and when it worked is kept beside', async (t) => {
  const { app, device, clock } = await makeWorld(t)
  const load = async () => {
    // The time that passes here ends a session of staff.
    const bo = await HttpPerson.signIn(app, 'bo')
    return (await bo.ask('GET', `${LIST}/${String(device.id)}`)).body as ItDeviceReply
  }
  t.equal(await tell(device, OPENED), 204)
  t.match(await load(), { device: { last: { state: STATE }, test: null }, well: null })

  t.equal(await tell(device, { ...OPENED, occasion: 'connected', isWell: true }), 204)
  clock.advance(24 * 3_600_000)
  const refused = { ...STATE.permissions, camera: 'denied' as const }
  const broken = { ...STATE, permissions: refused }
  const testedAt = clock.now()
  await tell(device, { occasion: 'tested', isWell: false, codes: ['K1', 'N2'], state: broken })
  const { device: now, well } = await load()
  t.strictSame(now.test, { at: testedAt, codes: ['K1', 'N2'] })
  t.strictSame(now.last?.state, broken)
  t.strictSame(well?.state, STATE, 'as it was when it worked')
  t.ok((well?.day ?? '') < (now.last?.day ?? ''), 'of the time only the day')

  clock.advance(1_000)
  await tell(device, OPENED)
  t.strictSame((await load()).device.test?.codes, ['K1', 'N2'], 'an opened page is no test')
  await tell(device, { occasion: 'tested', isWell: true, codes: [], state: STATE })
  t.strictSame((await load()).device.test?.codes, [])
})

t.test('HT90 nobody but a paired device is written down, and nothing but its fields', async (t) => {
  const { app, device } = await makeWorld(t)
  const anna = await HttpPerson.signIn(app, 'anna')
  t.equal((await anna.ask('POST', '/api/check/state', OPENED)).status, 204)
  const bad = [
    { ...OPENED, name: 'Anna' },
    { ...OPENED, codes: ['Z9'] },
    { ...OPENED, codes: ['K1', 'K1'] },
    { ...OPENED, state: { ...STATE, label: 'Annas telefon' } },
    { ...OPENED, state: { ...STATE, browserVersion: 'Anna' } },
  ]
  for (const body of bad) {
    t.match(await device.askProven('/api/check/state', 'POST', body), { statusCode: 400 })
  }
  t.strictSame(await app.database.selectFrom('device_states').selectAll().execute(), [])
})

/** A call that Anna's device took part in, and its one connection, as they are written when it is over. */
async function addCall(
  app: FastifyInstance,
  deviceId: DeviceId | null,
  { at, isWell }: { readonly at: UnixMs; readonly isWell: boolean },
): Promise<void> {
  const worker = await app.database
    .selectFrom('devices')
    .select('id')
    .where('person_id', '=', PEOPLE.mette)
    .executeTakeFirstOrThrow()
  const id = crypto.randomUUID() as CallId
  await app.database
    .insertInto('calls')
    .values({
      ...{ id, worker_id: PEOPLE.mette, citizen_id: PEOPLE.anna },
      ...{ worker_device_id: worker.id, citizen_device_id: deviceId, state: 'ended' },
      ...{ revision: 3, generation: 1, outcome: isWell ? 'completed' : 'failed' },
      ...{ end_reason: isWell ? 'hangup_staff' : 'network', path: isWell ? 'host' : null },
      ...{ created_at: at, ringing_at: at, answered_at: at, connected_at: isWell ? at : null },
      ...{ lost_at: null, barred_at: null, ended_at: at + 1, is_relayed: 0 },
      ...{ result: isWell ? 'worked' : 'noPath', notice: 'none', noticed_at: null },
      ...{ is_worker_alone: 0 },
    })
    .execute()
  if (!isWell) return
  for (const [n, path] of (['relay', 'host'] as const).entries()) {
    await app.database
      .insertInto('call_legs')
      .values({
        ...{ id: crypto.randomUUID(), call_id: id, path, started_at: at + n, ended_at: at + n },
        ...{ generation: 1, recoveries: n, ended_by: n === 0 ? 'lost' : 'hangup_staff' },
        ...{ citizen_protocol: 'udp', citizen_rtt_ms: 40, citizen_loss_percent: 2 },
        ...{ citizen_jitter_ms: 5, citizen_freezes: 1, worker_rtt_ms: 900 },
      })
      .execute()
  }
}

t.test(
  'HT91 the last call tells its day, its last connection and its own side alone',
  async (t) => {
    const { app, bo, clock, device } = await makeWorld(t)
    const at = clock.now()
    await addCall(app, device.id, { at: at - 48 * 3_600_000, isWell: true })
    await addCall(app, null, { at: at - 1_000, isWell: false })
    const good = {
      ...{ outcome: 'completed', path: 'host', protocol: 'udp', rttMs: 40 },
      ...{ lossPercent: 2, jitterMs: 5, freezes: 1 },
    }
    const [first] = (await list(bo)).devices
    t.match(first?.lastCall, good, 'a ring that it took no part in is none of its calls')
    t.match(first?.lastCall?.day, /^\d{4}-\d{2}-\d{2}$/)
    await addCall(app, device.id, { at, isWell: false })
    const answer = await bo.ask('GET', `${LIST}/${String(device.id)}`)
    const nothing = { path: null, protocol: null, rttMs: null }
    t.match(answer.body, {
      device: { lastCall: { outcome: 'failed', ...nothing } },
      wellCall: good,
    })
    t.notMatch(JSON.stringify(answer.body), /"(worker|callId|createdAt|startedAt)/)
  },
)

t.test(
  'S-31 opening the list is one line about nobody, a device one about its citizen',
  async (t) => {
    const { app, bo, clock, device } = await makeWorld(t)
    await list(bo)
    for (let n = 0; n < 40; n += 1) {
      clock.advance(5_000)
      t.equal((await bo.ask('GET', `${LIST}/connected`)).status, 200)
    }
    t.equal(await countLines(app, null), 1, 'it lies open, and looks by itself')
    t.equal(await countLines(app, PEOPLE.anna), 0)
    t.equal((await bo.ask('GET', `${LIST}/${String(device.id)}`)).status, 200)
    t.equal(await countLines(app, PEOPLE.anna), 1)
    t.match(await app.audit.listLookups(PEOPLE.anna), [{ action: 'devices.listed', role: 'it' }])
    clock.advance(121_000)
    await list(bo)
    t.equal(await countLines(app, null), 2)
  },
)

t.test('HT91 what is no paired device is not there, and other roles see none', async (t) => {
  const { app, bo, device, mette } = await makeWorld(t)
  const nobody = '00000000-0000-7000-8000-000000000abc'
  const path = `${LIST}/${nobody}`
  t.match(await bo.ask('GET', path), { status: 404, code: 'DEVICE_NOT_FOUND' })
  for (const who of ['anna', 'mette', 'karen'] as const) {
    const person = await HttpPerson.signIn(app, who)
    t.equal((await person.ask('GET', LIST)).status, 403, who)
    t.equal((await person.ask('GET', `${LIST}/connected`)).status, 403, who)
  }
  await tell(device, { ...OPENED, occasion: 'tested', isWell: true })
  const url = `/api/citizens/${PEOPLE.anna}/devices/${String(device.id)}`
  t.equal((await mette.ask(url, { method: 'DELETE' })).statusCode, 204)
  t.strictSame(await list(bo), { devices: [], total: 0 })
  await app.deviceDesk.forgetOld()
  t.strictSame(await app.database.selectFrom('device_states').selectAll().execute(), [])
  t.strictSame(await app.database.selectFrom('device_tests').selectAll().execute(), [])
})

t.test('L-02 what a device has told goes after ninety days, unless it tells anew', async (t) => {
  const { app, clock, device } = await makeWorld(t)
  await tell(device, { ...OPENED, occasion: 'tested', isWell: true })
  clock.sleep(DEVICE_STATE_LIFE_MS - 1)
  await app.deviceDesk.forgetOld()
  const count = async () =>
    (await app.database.selectFrom('device_states').select('moment').execute()).length
  t.equal(await count(), 2)
  clock.advance(2)
  await app.deviceDesk.forgetOld()
  t.equal(await count(), 0)
  t.strictSame(await app.database.selectFrom('device_tests').selectAll().execute(), [])
})

t.test('HT92 a citizen can say under which name IT knows them', async (t) => {
  const { app, bo } = await makeWorld(t)
  const anna = await HttpPerson.signIn(app, 'anna')
  const own = (await anna.ask('GET', '/api/own/pseudonym')).body as OwnPseudonymReply
  t.equal(own.code, (await list(bo)).devices[0]?.code)
  t.equal((await bo.ask('GET', '/api/own/pseudonym')).status, 403)
})

t.test('HT91 the connected are told at once, and stand first', async (t) => {
  const server = await listen(t)
  const { app, clock } = server
  const mette = await Browser.signedIn(app, 'mette')
  const device = await pairDevice(app, () => clock.now(), mette)
  clock.advance(1_000)
  const later = await pairDevice(app, () => clock.now(), mette, 'jens')
  const bo = await HttpPerson.signIn(app, 'bo')
  const order = async () => (await list(bo)).devices.map(({ id, isConnected }) => [id, isConnected])
  t.strictSame(await order(), [
    [later.id, false],
    [device.id, false],
  ])
  const connected = async () =>
    ((await bo.ask('GET', `${LIST}/connected`)).body as ItConnectedReply).deviceIds
  t.strictSame(await connected(), [])
  await server.connect('anna', device.cookies)
  t.strictSame(await connected(), [device.id])
  t.strictSame(await order(), [
    [device.id, true],
    [later.id, false],
  ])
})
