import { mock } from 'node:test'
import type { SocketRole } from '@naervaer/shared'
import t from 'tap'
import { holdClock, NEXT_CALL, nextRing, type Stage, talk, talking } from './call-stage.ts'
import { makeView } from './make-view.ts'

holdClock()

/** A talk that this window's person has hung up, and that the server knows of. */
async function hungUp(role: SocketRole): Promise<Stage> {
  const stage = await talk(role)
  void stage.session.hangUp()
  const endReason = role === 'worker' ? 'hangup_staff' : 'hangup_citizen'
  const media = { worker: null, citizen: { camera: 'on', microphone: 'on' } } as const
  const end = {
    state: 'ended',
    outcome: 'completed',
    endReason,
    answeredAt: 2,
    endedAt: 9,
  } as const
  await stage.reply('call.hangUp', talking({ ...end, media, revision: 7 }))
  stage.requests.length = 0
  return stage
}

t.test('CI12 a citizen asks to go back, and the ring that follows is answered here', async (t) => {
  const stage = await hungUp('citizen')
  const { back } = stage.session
  t.equal(back.state.value.own, 'offered')
  const asking = back.goBack()
  t.equal(back.state.value.own, 'waiting')
  await stage.reply('call.goBack', talking({ state: 'ended', revision: 7 }))
  await asking
  t.equal(stage.phase, 'ended', 'the page says that one waits')

  stage.changed(nextRing())
  t.equal(stage.count('call.accept'), 1)
  t.equal(stage.count('call.ringing'), 0, 'it does not ring here')
  t.equal(stage.phase, 'ended', 'nor looks as if it did')
  t.strictSame(stage.devices.openings.at(-1)?.kinds, ['audio', 'video'], 'as it was before')
  await stage.reply('call.accept', {
    ...nextRing(),
    state: 'connecting',
    seat: 'here',
    revision: 9,
  })
  t.equal(stage.phase, 'talking')
  t.equal(back.state.value.own, 'none')
})

t.test('CI12 whoever goes back is seen and heard no more than before', async (t) => {
  const stage = await talk('citizen')
  await stage.session.setMicrophone(false)
  void stage.session.hangUp()
  const media = { worker: null, citizen: { camera: 'inUse', microphone: 'off' } } as const
  const end = { state: 'ended', outcome: 'completed', endReason: 'hangup_citizen' } as const
  const ended = talking({ ...end, answeredAt: 2, endedAt: 9, media, revision: 7 })
  await stage.reply('call.hangUp', ended)
  void stage.session.back.goBack()
  await stage.reply('call.goBack', ended)
  stage.changed(nextRing())
  t.strictSame(stage.devices.openings.at(-1)?.kinds, ['video'])
})

t.test('CI12 an answer that did not get through leaves an ordinary ring', async (t) => {
  const stage = await hungUp('citizen')
  void stage.session.back.goBack()
  await stage.reply('call.goBack', talking({ state: 'ended', revision: 7 }))
  stage.changed(nextRing())
  await stage.refuse('call.accept', 'INTERNAL')
  t.equal(stage.phase, 'incoming')
  t.equal(stage.count('call.ringing'), 1)
})

t.test('CI12 a window that nobody sees opens nothing by itself: it rings', async (t) => {
  const stage = await hungUp('citizen')
  void stage.session.back.goBack()
  await stage.reply('call.goBack', talking({ state: 'ended', revision: 7 }))
  const openings = stage.devices.openings.length
  Object.assign(document, { visibilityState: 'hidden' })
  stage.changed(nextRing())
  t.equal(stage.count('call.accept'), 0)
  t.equal(stage.count('call.ringing'), 1)
  t.equal(stage.phase, 'incoming')
  t.equal(stage.devices.openings.length, openings)
  t.equal(stage.session.back.state.value.own, 'none', 'the worker has rung: that was it')

  Object.assign(document, { visibilityState: 'visible' })
  stage.changed({ ...nextRing(), state: 'ringing', revision: 2 })
  t.equal(stage.count('call.accept'), 0, 'nor when somebody comes to look')
})

t.test('CI12 a ring that nobody asked for rings, also within the two minutes', async (t) => {
  const stage = await hungUp('citizen')
  stage.changed(nextRing())
  t.equal(stage.phase, 'incoming')
  t.equal(stage.count('call.accept'), 0)
  t.equal(stage.count('call.ringing'), 1)
})

t.test('CI12 whoever thinks better of it, or leaves the page, takes it back', async (t) => {
  const stage = await hungUp('citizen')
  void stage.session.back.goBack()
  await stage.reply('call.goBack', talking({ state: 'ended', revision: 7 }))
  void stage.session.back.stop()
  t.match(stage.requests.at(-1)?.body, { type: 'call.goBack', isWanted: false })
  t.equal(stage.session.back.state.value.own, 'offered')

  void stage.session.back.goBack()
  stage.session.dismiss()
  t.match(stage.requests.at(-1)?.body, { type: 'call.goBack', isWanted: false })
  t.equal(stage.session.back.state.value.own, 'none')
})

t.test('going back is offered for two minutes, and not to whom the other has left', async (t) => {
  const stage = await hungUp('citizen')
  mock.timers.tick(119_999)
  t.equal(stage.session.back.state.value.own, 'offered')
  mock.timers.tick(1)
  t.equal(stage.session.back.state.value.own, 'over', 'what goes is not gone without a word')

  const late = await hungUp('citizen')
  void late.session.back.goBack()
  await late.reply('call.goBack', talking({ state: 'ended', revision: 7 }))
  mock.timers.tick(120_000)
  t.equal(late.session.back.state.value.own, 'late')

  const left = await talk('citizen')
  left.changed(
    talking({ state: 'ended', outcome: 'completed', endReason: 'hangup_staff', revision: 7 }),
  )
  t.equal(left.session.back.state.value.own, 'none')
})

t.test('a worker goes back by ringing, and answers who asks with one tap', async (t) => {
  const stage = await hungUp('worker')
  void stage.session.back.goBack()
  t.match(stage.requests.at(-1)?.body, { type: 'call.invite' })

  const { citizen, id: call } = makeView()
  stage.news({ type: 'call.backAsked', call, citizen, leftMs: 100_000 })
  t.equal(stage.session.back.state.value.asked[0]?.id, citizen.id)
  void stage.session.back.answer(citizen.id)
  t.match(stage.requests.at(-1)?.body, { type: 'call.invite', citizenId: citizen.id })
  stage.news({ type: 'call.backAsked', call, citizen, leftMs: 0 })
  t.same(stage.session.back.state.value.asked, [])
  stage.news({ type: 'call.backAsked', call, citizen, leftMs: 3_000 })
  mock.timers.tick(3_000)
  t.same(stage.session.back.state.value.asked, [], 'no longer than it is wanted')
})

t.test('CI12 two citizens may ask at once, and each is answered or put off alone', async (t) => {
  const stage = await hungUp('worker')
  const { back } = stage.session
  const { citizen: anna, id: call } = makeView()
  const jens = { ...anna, id: '0190a000-0000-7000-8000-00000000000e' as typeof anna.id }
  const askedIds = () => back.state.value.asked.map(({ id }) => id)
  stage.news({ type: 'call.backAsked', call, citizen: anna, leftMs: 100_000 })
  stage.news({ type: 'call.backAsked', call: NEXT_CALL, citizen: jens, leftMs: 110_000 })
  t.same(askedIds(), [anna.id, jens.id])
  stage.news({ type: 'call.backAsked', call, citizen: anna, leftMs: 90_000 })
  t.same(askedIds(), [anna.id, jens.id], 'said again: the same wish')

  back.dismiss(jens.id)
  t.match(stage.requests.at(-1)?.body, { type: 'call.goBack', call: NEXT_CALL, isWanted: false })
  t.same(askedIds(), [anna.id])
  await stage.refuse('call.goBack', 'INTERNAL')
  t.equal(stage.session.snapshot.value.error, null, 'what was put off is put off')
  mock.timers.tick(90_000)
  t.same(askedIds(), [])
  t.equal(stage.count('call.goBack'), 1, 'what is over needs no answer')
})

t.test('CI12 a citizen who is put off is told, and waits for nothing', async (t) => {
  const stage = await hungUp('citizen')
  const { citizen, id: call } = makeView()
  stage.news({ type: 'call.backAsked', call, citizen, leftMs: 0 })
  t.equal(stage.session.back.state.value.own, 'offered', 'another window has asked')
  void stage.session.back.goBack()
  await stage.reply('call.goBack', talking({ state: 'ended', revision: 7 }))
  stage.news({ type: 'call.backAsked', call: NEXT_CALL, citizen, leftMs: 0 })
  t.equal(stage.session.back.state.value.own, 'waiting', 'of another call')
  stage.news({ type: 'call.backAsked', call, citizen, leftMs: 0 })
  t.equal(stage.session.back.state.value.own, 'notNow')
  mock.timers.tick(120_000)
  t.equal(stage.session.back.state.value.own, 'notNow', 'said as long as the page stands')
  stage.changed(nextRing())
  t.equal(stage.phase, 'incoming')
  t.equal(stage.count('call.accept'), 0, 'it rings')
})

t.test(
  'CI12 a wish does not outlive the connection that told of it, nor the sign-in',
  async (t) => {
    const { citizen, id: call } = makeView()
    for (const end of ['welcome', 'signedOut', 'stopped'] as const) {
      const stage = await hungUp('worker')
      stage.news({ type: 'call.backAsked', call, citizen, leftMs: 100_000 })
      t.equal(stage.session.back.state.value.asked.length, 1)
      if (end === 'welcome') stage.welcome('worker', null)
      else stage.connection.set(end)
      t.same(stage.session.back.state.value.asked, [], end)
      stage.news({ type: 'call.backAsked', call, citizen, leftMs: 90_000 })
      t.equal(stage.session.back.state.value.asked.length, 1, 'told anew where it still holds')
    }
  },
)

t.test('CI12 a citizen who waits says so again over a new connection', async (t) => {
  const stage = await hungUp('citizen')
  void stage.session.back.goBack()
  const ended = talking({ state: 'ended', revision: 7 })
  await stage.reply('call.goBack', ended)
  stage.welcome('citizen', null)
  t.equal(stage.count('call.goBack'), 2)
  await stage.reply('call.goBack', ended)
  t.equal(stage.session.back.state.value.own, 'waiting')

  stage.welcome('citizen', null)
  await stage.refuse('call.goBack', 'CALL_NOT_RESUMABLE')
  t.equal(stage.session.back.state.value.own, 'late', 'who cannot be waited for is not')
  stage.welcome('citizen', null)
  t.equal(stage.count('call.goBack'), 3)
})
