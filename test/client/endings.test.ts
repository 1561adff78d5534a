import { OUTCOMES, type CallView } from '@naervaer/shared'
import t from 'tap'
import { describeEnding } from '../../client/src/components/call-ending.ts'
import { describeMissingPicture, describeTalk } from '../../client/src/components/talk-notices.ts'
import type { CallSnapshot } from '../../client/src/call/call-snapshot.ts'
import { ANNA, fakeCall, METTE } from './gallery/fake-services.ts'

const ended = (outcome: CallView['outcome'], endReason: CallView['endReason'] = null): CallView =>
  fakeCall({ state: 'ended', outcome, endReason })

t.test('the worker is told the truth about every end, and they stay apart', (t) => {
  const titles = OUTCOMES.map((outcome) => describeEnding(ended(outcome), 'worker').title)
  t.same(titles, [
    'Samtalen er slut',
    'Anna kan ikke tale lige nu.',
    'Anna svarede ikke.',
    'Du stoppede opkaldet.',
    'Anna er optaget i en anden samtale.',
    'Anna er ikke i appen lige nu.',
    'Vi kunne ikke få forbindelse.',
    'Forbindelsen blev afbrudt.',
  ])
  t.notOk(describeEnding(ended('declined'), 'worker').canRingAgain, 'a "not now" is respected')
  t.ok(describeEnding(ended('missed'), 'worker').canRingAgain)
  t.end()
})

t.test('a missed call is told to the citizen without counters and without blame', (t) => {
  for (const outcome of ['missed', 'cancelled'] as const) {
    t.same(describeEnding(ended(outcome), 'citizen'), {
      title: 'Mette ringede kl. 10.00',
      body: 'Det gør ikke noget, at du ikke nåede det.',
      canRingAgain: false,
    })
  }
  t.end()
})

t.test('who hung up is told to the one who did not', (t) => {
  const byCitizen = ended('completed', 'hangup_citizen')
  t.equal(describeEnding(byCitizen, 'worker').body, 'Anna har lagt på.')
  t.equal(describeEnding(byCitizen, 'citizen').body, null)
  const byWorker = ended('completed', 'hangup_staff')
  t.equal(describeEnding(byWorker, 'citizen').body, 'Mette har lagt på.')
  t.equal(describeEnding(byWorker, 'worker').body, null)
  t.end()
})

t.test('an end that nobody saw is told as far as it is known', (t) => {
  t.equal(describeEnding(ended(null), 'worker').title, 'Samtalen er slut')
  const unanswered = fakeCall({ state: 'ended', answeredAt: null, connectedAt: null })
  t.equal(describeEnding(unanswered, 'worker').title, 'Opkaldet er slut.')
  t.equal(describeEnding(unanswered, 'citizen').title, 'Mette ringede kl. 10.00')
  t.end()
})

const talk = (change: Partial<CallSnapshot>): CallSnapshot => ({
  phase: 'talking',
  call: fakeCall({}),
  counterpart: METTE,
  ownMedia: { camera: 'on', microphone: 'on' },
  counterpartMedia: { camera: 'on', microphone: 'on' },
  localStream: null,
  remoteStream: null,
  ringTone: 'none',
  isBusy: false,
  error: null,
  ...change,
})
const say = (change: Partial<CallSnapshot>): string[] =>
  describeTalk(talk(change), { connection: 'open', isTouch: true })

t.test('a talk in which all is well has nothing to say', (t) => {
  t.same(say({}), [])
  t.equal(describeMissingPicture(talk({})), null)
  t.end()
})

t.test('what is off, refused, missing or used by others is said, with what to do', (t) => {
  t.same(say({ ownMedia: { camera: 'on', microphone: 'off' } }), [
    'Din mikrofon er slukket. Mette kan ikke høre dig.',
  ])
  t.same(say({ ownMedia: { camera: 'missing', microphone: 'on' } }), [
    'Vi kan ikke finde et kamera. I kan godt tale sammen uden billede.',
  ])
  t.same(say({ ownMedia: { camera: 'inUse', microphone: 'on' } }), [
    'En anden app bruger kameraet. Luk den, og prøv igen.',
  ])
  t.match(say({ ownMedia: { camera: 'refused', microphone: 'on' } })[0], /I kan godt tale sammen/)
  t.equal(say({ ownMedia: { camera: 'refused', microphone: 'refused' } }).length, 1)
  t.equal(say({ ownMedia: { camera: 'off', microphone: 'off' } }).length, 2)
  t.end()
})

t.test('a lost line and a person who is away are told apart', (t) => {
  const reconnecting = (isCounterpartPresent: boolean): Partial<CallSnapshot> => ({
    call: fakeCall({ state: 'reconnecting', isCounterpartPresent }),
  })
  t.same(say(reconnecting(true)), ['Forbindelsen blev afbrudt. Vi prøver igen.'])
  t.same(say(reconnecting(false)), ['Mette er væk et øjeblik. Vi venter.'])
  const offline = describeTalk(talk(reconnecting(true)), { connection: 'offline', isTouch: true })
  t.match(offline[0], /^Du er ikke på nettet/)
  t.end()
})

t.test("the other's missing picture is explained", (t) => {
  const without = (camera: 'off' | 'missing'): string | null =>
    describeMissingPicture(
      talk({ counterpart: ANNA, counterpartMedia: { camera, microphone: 'on' } }),
    )
  t.equal(without('off'), 'Anna har slukket sit kamera.')
  t.equal(without('missing'), 'Anna har ikke billede på.')
  t.end()
})
