import { mock } from 'node:test'
import t, { type Test } from 'tap'
import {
  connectionOf,
  holdClock,
  lastAttach,
  settled,
  Stage,
  talking,
  watchPhases,
} from './call-stage.ts'
import { makeView } from './make-view.ts'

holdClock()

/** A window that rings and is answered in; the camera is open, and the server has not replied. */
async function answering(): Promise<Stage> {
  const stage = new Stage()
  stage.welcome('citizen', null)
  stage.changed(makeView({ seat: 'standby' }))
  void stage.session.answer({ withCamera: true })
  stage.devices.grant()
  await settled()
  return stage
}

/** That a lost reply has cost nothing: one opening, one talk, no other screen. */
async function isTalking(t: Test, stage: Stage, phases: Set<string>): Promise<void> {
  await settled()
  t.equal(stage.phase, 'talking')
  t.strictSame([...phases], ['talking'])
  t.equal(stage.devices.openings.length, 1)
  t.strictSame(stage.devices.live, ['audio', 'video'])
  t.equal(stage.session.snapshot.value.error, null)
  t.ok(stage.count('call.media') > 0, 'and it takes part')
}

t.test('an answer that the server took, while its reply was lost', async (t) => {
  const stage = await answering()
  await stage.loseConnection()
  t.equal(stage.phase, 'talking', 'the person has answered')
  t.equal(stage.session.snapshot.value.ringTone, 'none')
  t.strictSame(stage.devices.live, ['audio', 'video'])
  t.equal(stage.isHasty, true)
  const phases = watchPhases(stage)
  stage.welcome('citizen', talking({ state: 'connecting', seat: 'elsewhere' }))
  t.match(lastAttach(stage), { former: connectionOf(1) })
  await stage.reply('call.attach', talking({ state: 'connecting', revision: 6 }))
  await isTalking(t, stage, phases)
  t.equal(stage.count('call.accept'), 1)
})

t.test('an answer that never arrived is said again while it still rings', async (t) => {
  const stage = await answering()
  await stage.loseConnection()
  const phases = watchPhases(stage)
  stage.welcome('citizen', makeView({ revision: 2 }))
  t.equal(stage.count('call.accept'), 2)
  stage.changed(makeView({ revision: 3 }))
  t.equal(stage.count('call.accept'), 2, 'once for each connection')
  stage.changed(talking({ state: 'connecting', revision: 6 }))
  await stage.reply('call.accept', talking({ state: 'connecting', revision: 6 }))
  await isTalking(t, stage, phases)
})

t.test('an answer that came too late lets go of everything', async (t) => {
  const unseen = await answering()
  await unseen.loseConnection()
  unseen.welcome('citizen', null)
  t.equal(unseen.phase, 'ended')
  t.strictSame(unseen.devices.live, [])

  const refused = await answering()
  await refused.loseConnection()
  refused.welcome('citizen', makeView({ revision: 2 }))
  await refused.refuse('call.accept', 'CALL_ENDED')
  t.strictSame(refused.devices.live, [])
  refused.changed(makeView({ state: 'ended', outcome: 'cancelled', endedAt: 9, revision: 3 }))
  t.equal(refused.phase, 'ended')

  const cancelled = await answering()
  cancelled.changed(makeView({ state: 'ended', outcome: 'cancelled', endedAt: 9, revision: 3 }))
  t.strictSame(cancelled.devices.live, [], 'whatever the reply will be')
  await cancelled.refuse('call.accept', 'CALL_ENDED')
  t.equal(cancelled.phase, 'ended')

  const alone = await answering()
  await alone.loseConnection()
  mock.timers.tick(60_000)
  t.strictSame(alone.devices.live, [], 'no ring lasts as long')
  t.equal(alone.phase, 'ended')

  const beaten = await answering()
  beaten.changed(talking({ state: 'connecting', seat: 'elsewhere' }))
  t.equal(beaten.count('call.attach'), 0, 'the reply is on its way')
  await beaten.refuse('call.accept', 'CALL_ANSWERED_ELSEWHERE')
  t.equal(beaten.phase, 'elsewhere')
  t.strictSame(beaten.devices.live, [])
  t.equal(beaten.count('call.attach'), 0)
})

t.test('whoever hangs up while the answer is still on its way has declined', async (t) => {
  const stage = await answering()
  await stage.loseConnection()
  void stage.session.hangUp()
  t.equal(stage.phase, 'ended')
  t.strictSame(stage.devices.live, [])
  await stage.loseConnection()
  stage.welcome('citizen', makeView({ revision: 2 }))
  t.equal(stage.count('call.accept'), 1)
  t.equal(stage.count('call.hangUp'), 2)
})

t.test('a ring whose reply was lost is this window’s', async (t) => {
  const stage = new Stage()
  stage.welcome('worker', null)
  const { citizen } = makeView()
  void stage.session.ring(citizen.id)
  await stage.loseConnection()
  t.equal(stage.session.snapshot.value.error, 'CONNECTION_LOST')
  const phases = watchPhases(stage)
  stage.welcome('worker', makeView({ seat: 'elsewhere', state: 'inviting', ringingAt: null }))
  t.match(lastAttach(stage), { former: connectionOf(1) })
  await stage.reply('call.attach', makeView({ seat: 'here', revision: 3 }))
  t.strictSame([...phases], ['outgoing'])
  t.equal(stage.session.snapshot.value.error, null)
  t.equal(stage.count('call.invite'), 1)

  const other = new Stage()
  other.welcome('worker', null)
  void other.session.ring(citizen.id)
  await other.loseConnection()
  other.welcome('worker', null)
  t.equal(other.count('call.invite'), 1, 'perhaps it was declined: nobody is rung unasked')
  other.welcome('worker', makeView({ seat: 'elsewhere' }))
  t.equal(other.phase, 'elsewhere', 'what another window does later is not this one’s')
})

t.test(
  'a window that says again and again that it was answered opens the camera once',
  async (t) => {
    const stage = new Stage()
    stage.welcome('worker', null)
    stage.changed(makeView({ seat: 'here' }))
    await stage.giveTurn()
    const say = () => stage.links.at(-1)?.tell('{"type":"answered"}')
    say()
    stage.devices.grant()
    await settled()
    t.strictSame(stage.devices.live, ['audio', 'video'])
    mock.timers.tick(3_000)
    t.strictSame(stage.devices.live, [], 'the server has not said so')
    say()
    t.equal(stage.devices.openings.length, 1)
    stage.changed(talking({ state: 'connecting' }))
    t.equal(stage.devices.openings.length, 2, 'the server’s word counts')
  },
)

t.test(
  'CI8 an answer that crosses a cancel: nothing stays open, in whatever order it is told',
  async (t) => {
    const cancelled = makeView({
      state: 'ended',
      outcome: 'cancelled',
      endReason: 'hangup_staff',
      endedAt: 3_000,
      revision: 9,
    })
    for (const isNewsFirst of [true, false]) {
      const stage = new Stage()
      stage.welcome('citizen', null)
      stage.changed(makeView({ state: 'ringing', revision: 2 }))
      t.equal(stage.phase, 'incoming')
      void stage.session.answer({ withCamera: true })
      stage.devices.grant()
      await settled()
      t.strictSame(stage.devices.live, ['audio', 'video'], 'a tap opens them at once')
      if (isNewsFirst) stage.changed(cancelled)
      await stage.refuse('call.accept', 'CALL_ENDED')
      t.strictSame(stage.devices.live, [])
      stage.changed(cancelled)
      t.equal(stage.phase, 'ended')
      t.strictSame(stage.devices.live, [])
      t.equal(stage.count('call.hangUp'), 0, 'there is nothing to hang up')
    }
  },
)

t.test('CA3 a cancel that crosses the answer: the worker’s window never talks', async (t) => {
  const stage = new Stage()
  stage.welcome('worker', null)
  void stage.session.ring(makeView().citizen.id)
  await stage.reply('call.invite', makeView({ state: 'ringing', seat: 'here', revision: 2 }))
  t.equal(stage.phase, 'outgoing')
  void stage.session.cancel()
  // The answer was there first, and its news comes before the cancel's reply.
  stage.changed(talking({ state: 'connecting', generation: 0, revision: 3 }))
  stage.devices.grant()
  await settled()
  await stage.reply(
    'call.cancel',
    makeView({ state: 'ended', outcome: 'cancelled', endReason: 'hangup_staff', revision: 4 }),
  )
  t.equal(stage.phase, 'ended')
  t.strictSame(stage.devices.live, [])
  stage.changed(talking({ state: 'connecting', generation: 0, revision: 3 }))
  t.equal(stage.phase, 'ended', 'old news brings nothing back')
  t.strictSame(stage.devices.live, [])
})
