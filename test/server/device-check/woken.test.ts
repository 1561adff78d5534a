import t from 'tap'
import type { ChecklistReply } from '@naervaer/shared'
import { WAKE_MS } from '../../../server/src/device-check/wakings.ts'
import type {} from '../../../server/src/device-check/plugin.ts'
import { pairDevice } from '../../helpers/paired-device.ts'
import { PEOPLE } from '../../helpers/people.ts'
import type { WsPerson } from '../../helpers/ws-person.ts'
import { makePushWorld, sayAbout, type PushWorld } from '../push/push-world.ts'

const DEVICES = `/api/citizens/${PEOPLE.anna}/devices`
const CHECKLIST = `/api/citizens/${PEOPLE.anna}/checklist`

/** As the worker presses the button beside the device. */
const wake = async ({ worker }: PushWorld, deviceId: string | null) =>
  (await worker.ask(`${DEVICES}/${deviceId ?? ''}/notice`, { method: 'POST' })).json<unknown>()

const readLine = async ({ worker }: PushWorld) =>
  (await worker.ask(CHECKLIST)).json<ChecklistReply>().devices[0]?.lines.woken

const readToken = async ({ service }: PushWorld, count: number): Promise<string> => {
  const delivered = await service.waitForCount(count)
  return delivered.at(-1)?.message.token ?? ''
}

/** The device opens the app. */
async function openApp({ server, device, mette }: PushWorld) {
  await device.signIn()
  const page = await server.connect('anna', device.cookies)
  await mette.waitFor('presence.changed', ({ availability }) => availability === 'open')
  return page
}

async function closeApp(page: WsPerson, { mette }: PushWorld): Promise<void> {
  const count = mette.frames.length
  page.socket.close()
  await mette.waitFor(
    'presence.changed',
    (frame) => frame.availability !== 'open' && mette.frames.indexOf(frame) >= count,
  )
}

t.test('HT76 N7 a notice to a closed app and its receipt make the line green', async (t) => {
  const world = await makePushWorld(t)
  const { device, server, service } = world
  t.strictSame(await readLine(world), { isOk: null, at: null })
  t.strictSame(await wake(world, device.id), { state: 'sent' })
  const token = await readToken(world, 1)
  t.match(service.delivered[0]?.message, { kind: 'trial', body: 'Det her er en prøve.' })
  t.strictSame(await readLine(world), { isOk: null, at: null }, 'sent is not arrived')
  server.clock.advance(4_000)
  t.equal((await sayAbout(server, 'receipt', token)).statusCode, 204)
  t.strictSame(await readLine(world), { isOk: true, at: server.clock.now() })
})

t.test('HT76 without a receipt it has not worked', async (t) => {
  const world = await makePushWorld(t)
  t.strictSame(await wake(world, world.device.id), { state: 'sent' })
  const token = await readToken(world, 1)
  world.server.clock.advance(WAKE_MS)
  t.match(await readLine(world), { isOk: false, at: world.server.clock.now() })
  t.equal((await sayAbout(world.server, 'receipt', token)).statusCode, 204)
  t.match(await readLine(world), { isOk: false }, 'a ring would have been over')
})

t.test('HT76 while the app is open nothing is sent, and nothing is shown by it', async (t) => {
  const world = await makePushWorld(t)
  const { device, server, service } = world
  const open = await openApp(world)
  t.strictSame(await wake(world, device.id), { state: 'open' })
  t.equal(service.delivered.length, 0)

  await closeApp(open, world)
  t.strictSame(await wake(world, device.id), { state: 'sent' })
  const token = await readToken(world, 1)
  await openApp(world)
  t.equal((await sayAbout(server, 'receipt', token)).statusCode, 204)
  t.strictSame(await readLine(world), { isOk: null, at: null }, 'opened before it came')
})

t.test('HT76 an app that was open in between has shown nothing', async (t) => {
  const world = await makePushWorld(t)
  const { device, server } = world
  t.strictSame(await wake(world, device.id), { state: 'sent' })
  const token = await readToken(world, 1)
  const open = await openApp(world)
  await closeApp(open, world)
  t.equal((await sayAbout(server, 'receipt', token)).statusCode, 204)
  server.clock.advance(WAKE_MS)
  t.strictSame(await readLine(world), { isOk: null, at: null })
})

t.test('HT76 the worker is told why nothing is sent', async (t) => {
  const world = await makePushWorld(t)
  const { device, server, service, worker } = world
  service.answer = () => ({ status: 403 })
  t.strictSame(await wake(world, device.id), { state: 'failed' })
  t.equal((await device.askProven('/api/push/subscription', 'DELETE')).statusCode, 204)
  t.strictSame(await wake(world, device.id), { state: 'off' })
  const others = await pairDevice(server.app, () => server.clock.now(), worker, 'jens')
  t.match(await wake(world, others.id), { code: 'DEVICE_NOT_FOUND' }, 'of another citizen')
  t.strictSame(await readLine(world), { isOk: null, at: null })
})

t.test('HT75 no device can tell of itself that it was woken', async (t) => {
  const { device } = await makePushWorld(t)
  const body = { line: 'woken', isOk: true }
  const answer = await device.askProven('/api/check/results', 'POST', body)
  t.match(answer.json(), { status: 400, code: 'BODY_INVALID' })
})
