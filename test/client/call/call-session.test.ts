import { mock } from 'node:test'
import { NaervaerError, type CitizenPresence, type PersonId } from '@naervaer/shared'
import t, { type Test } from 'tap'
import type { ServerNews } from '../../../client/src/services/socket/signalling-client.ts'
import { holdClock, NEXT_CALL, nextRing, settled, Stage, talk, talking } from './call-stage.ts'
import { makeView } from './make-view.ts'

holdClock()

t.test(
  'hanging up lets go of the devices at once, whether or not the server hears it',
  async (t) => {
    const stage = await talk('citizen')
    t.strictSame(stage.devices.live, ['audio', 'video'])
    void stage.session.hangUp()
    t.strictSame(stage.devices.live, [])
    t.equal(stage.phase, 'ended')
  },
)

const insists = async (t: Test, stage: Stage) => {
  const before = stage.count('call.hangUp')
  mock.timers.tick(2_000)
  await settled()
  t.equal(stage.count('call.hangUp'), before + 1, 'it is said again')
  await stage.reply('call.hangUp', talking({ state: 'ended', outcome: 'completed', revision: 6 }))
  mock.timers.tick(60_000)
  t.equal(stage.count('call.hangUp'), before + 1, 'and not once it has been heard')
}

t.test('a hang-up that the server could not take in is said again', async (t) => {
  const stage = await talk('worker')
  void stage.session.hangUp()
  await stage.refuse('call.hangUp', 'INTERNAL')
  await insists(t, stage)
})

t.test('a hang-up that was lost is said again after the seat has been taken', async (t) => {
  const stage = await talk('citizen')
  void stage.session.hangUp()
  await stage.loseConnection()
  stage.welcome('citizen', talking({ seat: 'vacant' }))
  t.equal(stage.count('call.attach'), 1)
  await stage.reply('call.attach', talking({ revision: 6 }))
  t.equal(stage.count('call.hangUp'), 2)
  t.strictSame(stage.devices.live, [], 'without opening anything')
})

t.test(
  'SE6 a lost hang-up is said again where the former socket sat there until now',
  async (t) => {
    const stage = await talk('citizen')
    void stage.session.hangUp()
    await stage.loseConnection()
    stage.welcome('citizen', talking({ seat: 'elsewhere' }))
    await stage.reply('call.attach', talking({ revision: 6 }))
    t.equal(stage.count('call.hangUp'), 2)
  },
)

t.test('a call left without a window is hung up as fast as its seat can be taken', async (t) => {
  const stage = new Stage()
  stage.welcome('citizen', talking({ seat: 'vacant' }))
  void stage.session.hangUp()
  t.equal(stage.phase, 'ended')
  t.equal(stage.count('call.attach'), 1, 'at once')
  t.equal(stage.count('call.hangUp'), 0)
  await stage.reply('call.attach', talking({ revision: 6 }))
  t.equal(stage.count('call.hangUp'), 1)
  t.strictSame(stage.devices.openings, [], 'without opening anything')
})

t.test('CI5 that it rings is said until the server knows', async (t) => {
  const stage = new Stage()
  stage.welcome('citizen', null)
  stage.changed(makeView({ state: 'inviting', ringingAt: null }))
  t.equal(stage.count('call.ringing'), 1)
  await stage.loseConnection()
  stage.welcome('citizen', makeView({ state: 'inviting', ringingAt: null }))
  t.equal(stage.count('call.ringing'), 2, 'after a reconnect')
  await stage.refuse('call.ringing', 'INTERNAL')
  mock.timers.tick(2_000)
  t.equal(stage.count('call.ringing'), 3, 'after a fault of the server')
  await stage.reply('call.ringing', makeView({ revision: 2 }))
  stage.changed(makeView({ revision: 2 }))
  mock.timers.tick(60_000)
  t.equal(stage.count('call.ringing'), 3)
})

t.test('SE5 what the server could not take in of a talk is said again', async (t) => {
  const stage = await talk('worker')
  for (let turn = 1; turn <= 3; turn += 1) {
    const before = stage.requests.length
    for (const { settle } of stage.requests) settle.reject(new NaervaerError('INTERNAL'))
    await settled()
    mock.timers.tick(2_000)
    const again = stage.requests.slice(before).map(({ type }) => type)
    t.equal(again.filter((type) => type === 'call.lost').length, 1)
    t.equal(again.filter((type) => type === 'call.media').length, 1)
  }
})

t.test('a window in which nobody is signed in any more sends nothing', async (t) => {
  const stage = await talk('worker')
  stage.connection.set('signedOut')
  t.strictSame(stage.devices.live, [])
  t.equal(stage.phase, 'idle')
})

t.test('a browser without sound rings all the same', (t) => {
  const stage = new Stage()
  Object.defineProperty(globalThis, 'AudioContext', {
    configurable: true,
    value: () => {
      throw new DOMException('no sound', 'NotSupportedError')
    },
  })
  stage.welcome('citizen', makeView({ state: 'inviting', ringingAt: null }))
  t.equal(stage.phase, 'incoming')
  t.equal(stage.count('call.ringing'), 1)
  t.equal(stage.session.snapshot.value.ringTone, 'blocked')
  t.end()
})

/** By it the citizen's window says for which call it waits. */
const lastPlease = (stage: Stage) => stage.signals.findLast(({ type }) => type === 'signal.please')

t.test('another call ends the part in the former one, before it rings', async (t) => {
  const stage = await talk('citizen')
  await stage.loseConnection()
  stage.welcome('citizen', nextRing())
  t.equal(stage.phase, 'incoming')
  t.strictSame(stage.devices.live, [], 'nothing is on while it rings')
  void stage.session.answer({ withCamera: true })
  const answered = { ...nextRing(), state: 'connecting', seat: 'here', revision: 2 } as const
  await stage.reply('call.accept', answered)
  stage.devices.grant()
  await settled()
  t.strictSame(stage.devices.live, ['audio', 'video'])
  mock.timers.tick(5_000)
  t.equal(lastPlease(stage)?.call, NEXT_CALL, 'the talk is of the new call')
})

t.test('a ring that follows one which ended unseen is prepared, and heard', (t) => {
  const stage = new Stage()
  stage.welcome('citizen', makeView({ seat: 'standby' }))
  stage.session.silenceRing()
  stage.welcome('citizen', nextRing())
  t.not(stage.session.snapshot.value.ringTone, 'silenced', 'that was for the former ring only')
  stage.changed(makeView({ id: NEXT_CALL, seat: 'standby', revision: 2 }))
  mock.timers.tick(5_000)
  t.equal(lastPlease(stage)?.call, NEXT_CALL)
  t.end()
})

/** The citizen of `makeView`, as a worker's list has them. */
const listed = (isAddressProtected: boolean): CitizenPresence => ({
  person: makeView().citizen,
  assignment: 'primary',
  availability: 'busy',
  choice: { state: 'active', pausedUntil: null },
  isAddressProtected,
  isNotified: false,
  quiet: null,
  phone: null,
  callback: null,
  appointments: [],
})

t.test('PA4 a direct path is left once the address is protected', async (t) => {
  const said = (citizenId: PersonId, isAddressProtected: boolean): ServerNews => ({
    type: 'protection.changed',
    citizenId,
    isAddressProtected,
  })
  const list = (isAddressProtected: boolean): ServerNews => ({
    type: 'directory.changed',
    citizens: [listed(isAddressProtected)],
    workers: [],
  })
  const { citizen, worker } = makeView()
  for (const [news, isLeft] of [
    [said(citizen.id, true), true],
    [list(true), true],
    [said(citizen.id, false), false],
    [said(worker.id, true), false],
    [list(false), false],
  ] as const) {
    const stage = await talk('worker')
    const turn = { urls: ['turn:turn.example.dk'], username: 'u', credential: 'c' }
    const fetched = stage.requests.findLast(({ type }) => type === 'turn.fetch')
    fetched?.settle.resolve({
      type: 'turn.reply',
      replyTo: '1',
      iceServers: [turn],
      policy: 'all',
    })
    await settled()
    t.equal(stage.count('turn.fetch'), 1)
    stage.news(news)
    await settled()
    t.equal(stage.count('turn.fetch'), isLeft ? 2 : 1, JSON.stringify(news))
    stage.news(news)
    await settled()
    t.equal(stage.count('turn.fetch'), isLeft ? 2 : 1, 'and only once')
  }
})
