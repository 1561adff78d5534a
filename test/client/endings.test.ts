import { ALL_WELL, type QualityState } from '../../client/src/call/features/quality-state.ts'
import { describeQuality } from '../../client/src/components/quality-notices.ts'
import { OUTCOMES, type CallView } from '@naervaer/shared'
import t from 'tap'
import { describeElsewhere } from '../../client/src/components/call-elsewhere.ts'
import { describeEnding, isHungUp } from '../../client/src/components/call-ending.ts'
import '../../client/src/components/worker-endings.ts'
import {
  describeStage,
  describeTalk,
  type Surroundings,
} from '../../client/src/components/talk-notices.ts'
import { IDLE, type CallSnapshot } from '../../client/src/call/call-snapshot.ts'
import { texts as staff } from '../../client/src/texts/da/staff.ts'
import { addTexts } from '../../client/src/texts/text.ts'
import { ANNA, fakeCall, METTE } from './gallery/fake-services.ts'

addTexts(staff)

const LEFT_IN_PEACE = 'Anna har lagt på. Giv Anna lidt ro. Du kan ringe igen om et minut.'
const ENDED_BY_ONESELF = { title: 'Samtalen er slut', body: null, canRingAgain: false }

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
  t.equal(describeEnding(byCitizen, 'worker').body, LEFT_IN_PEACE)
  t.notOk(describeEnding(byCitizen, 'worker').canRingAgain, 'a minute of peace')
  const asked = describeEnding(byCitizen, 'worker', { isBackAsked: true })
  t.equal(asked.body, 'Anna har lagt på.', 'unless they want to go back')
  t.equal(describeEnding(byCitizen, 'citizen').body, null)
  const byWorker = ended('completed', 'hangup_staff')
  t.equal(describeEnding(byWorker, 'citizen').body, 'Mette har lagt på.')
  t.equal(describeEnding(byWorker, 'worker').body, null)
  t.end()
})

t.test('hanging up before the connection stood is an ending too, and no failure', (t) => {
  for (const outcome of ['failed', 'dropped'] as const) {
    const byCitizen = ended(outcome, 'hangup_citizen')
    t.same(describeEnding(byCitizen, 'citizen'), ENDED_BY_ONESELF)
    t.same(describeEnding(byCitizen, 'worker'), { ...ENDED_BY_ONESELF, body: LEFT_IN_PEACE })
    const byWorker = ended(outcome, 'hangup_staff')
    t.same(describeEnding(byWorker, 'worker'), ENDED_BY_ONESELF)
    t.same(describeEnding(byWorker, 'citizen'), { ...ENDED_BY_ONESELF, body: 'Mette har lagt på.' })
    t.ok(isHungUp(byWorker))
    t.notOk(isHungUp(ended(outcome, 'timeout')))
  }
  t.equal(
    describeEnding(ended('failed', 'timeout'), 'worker').title,
    'Vi kunne ikke få forbindelse.',
  )
  t.end()
})

t.test('a ring in another window is not yet a talk', (t) => {
  const ringing = fakeCall({ state: 'ringing', seat: 'elsewhere' })
  t.same(describeElsewhere(ringing, 'worker'), {
    title: 'Du ringer til Anna i et andet vindue.',
    body: null,
  })
  const talking = fakeCall({ seat: 'elsewhere' })
  t.equal(describeElsewhere(talking, 'worker').title, 'Du taler et andet sted')
  t.equal(
    describeElsewhere(talking, 'citizen').body,
    'Du taler med Mette i et andet vindue eller på en anden enhed.',
  )
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
  ...IDLE,
  phase: 'talking',
  call: fakeCall({}),
  counterpart: METTE,
  ownMedia: { camera: 'on', microphone: 'on' },
  counterpartMedia: { camera: 'on', microphone: 'on' },
  isLinked: true,
  ...change,
})
const PLAIN: Surroundings = {
  isAsking: false,
  stillOff: null,
  isTouch: true,
  isInstalled: false,
  isPaused: false,
  isOtherPaused: false,
  isScreenShown: false,
  isOtherScreenShown: false,
  isSpokenInVain: false,
}
const say = (change: Partial<CallSnapshot>, surroundings: Partial<Surroundings> = {}): string[] =>
  describeTalk(talk(change), { ...PLAIN, ...surroundings })

t.test('a talk in which all is well has nothing to say', (t) => {
  t.same(say({}), [])
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
    'En anden app bruger kameraet. Luk den. Tryk så på »Tænd kamera«.',
  ])
  t.equal(say({ ownMedia: { camera: 'refused', microphone: 'refused' } }).length, 1)
  t.equal(say({ ownMedia: { camera: 'off', microphone: 'off' } }).length, 2)
  t.end()
})

t.test('leave is given where it is true: at the address, or in the settings of the device', (t) => {
  const refused = { ownMedia: { camera: 'refused', microphone: 'on' } } as const
  const why = 'Appen har ikke lov til at bruge dit kamera. I kan godt tale sammen uden billede.'
  t.same(say(refused), [
    `${why} Tryk på ikonet ved adressen, og giv lov. Tryk så på »Tænd kamera«.`,
  ])
  t.same(say(refused, { isInstalled: true }), [
    `${why} Giv lov i enhedens indstillinger. Tryk så på »Tænd kamera«.`,
  ])
  const both = say({ ownMedia: { camera: 'refused', microphone: 'refused' } })
  t.match(both[0], /»Tænd kamera« og »Tænd mikrofon«/)
  t.end()
})

t.test('a device that is tried again in vain is said to be off still, and only then', (t) => {
  const refused = { ownMedia: { camera: 'refused', microphone: 'on' } } as const
  t.equal(say(refused, { stillOff: 'camera' })[0], 'Kameraet er stadig slået fra.')
  t.equal(say(refused, { stillOff: 'camera' }).length, 2, 'what to do is said as well')
  const noSound = { ownMedia: { camera: 'on', microphone: 'inUse' } } as const
  t.equal(say(noSound, { stillOff: 'microphone' })[0], 'Mikrofonen er stadig slået fra.')
  t.same(say({}, { stillOff: 'camera' }), [], 'it has come on since')
  t.end()
})

t.test('while the browser asks for leave that is all there is to say', (t) => {
  const off = { ownMedia: { camera: 'off', microphone: 'on' } } as const
  t.same(say(off, { isAsking: true }), ['Skærmen spørger om lov. Tryk på »Tillad«.'])
  t.same(say(off, { isAsking: true, isTouch: false }), [
    'Browseren spørger om lov. Tryk på »Tillad«.',
  ])
  t.end()
})

const stand = (
  change: Partial<CallSnapshot>,
  known: Partial<Parameters<typeof describeStage>[1]> = {},
): string | null => {
  const plain = {
    connection: 'open',
    hasPicture: true,
    isScreen: false,
    isOtherPaused: false,
    isGivenUp: false,
  } as const
  return describeStage(talk(change), { ...plain, ...known })?.sentence ?? null
}

t.test('a pause says all there is to say, calmly, at both sides', (t) => {
  const off = { ownMedia: { camera: 'off', microphone: 'off' } } as const
  t.same(say(off, { isPaused: true }), [])
  const other = { counterpartMedia: { camera: 'off', microphone: 'off' } } as const
  t.same(say(other, { isOtherPaused: true }), [])
  t.equal(stand(other, { isOtherPaused: true }), 'Mette holder pause.')
  t.end()
})

t.test('a screen in the place of the picture is told, and seen although the camera is off', (t) => {
  t.same(say({}, { isOtherScreenShown: true }), ['Mette viser sin skærm.'])
  t.match(say({}, { isScreenShown: true })[0], /^Du viser din skærm\./)
  const cameraOff = { counterpartMedia: { camera: 'off', microphone: 'on' } } as const
  t.equal(stand(cameraOff, { isScreen: true }), null)
  t.equal(stand(cameraOff), 'Mette har slukket sit kamera.')
  t.end()
})

t.test('what the system has taken away is one sentence, whatever else is off', (t) => {
  const taken = {
    isInterrupted: true,
    ownMedia: { camera: 'inUse', microphone: 'missing' },
  } as const
  // Nobody knows here whether it was a telephone call: what is said is true of all.
  for (const isTouch of [true, false]) {
    t.same(say(taken, { isTouch }), ['Lyd eller billede blev afbrudt. Tryk for at komme tilbage.'])
  }
  t.end()
})

t.test("the other's picture is shown only while it is one", (t) => {
  t.equal(stand({}), null)
  t.equal(stand({}, { connection: 'lost' }), null, 'media goes on without the server')
  t.equal(stand({}, { hasPicture: false }), 'Forbinder …')
  t.equal(stand({ call: fakeCall({ state: 'connecting' }), isLinked: false }), 'Forbinder …')
  t.equal(
    stand({ isLinked: false }),
    'Forbindelsen blev afbrudt. Vi prøver igen.',
    'the other hung up while the server was away',
  )
  t.end()
})

t.test('a lost line and a person who is away are told apart', (t) => {
  const reconnecting = (isCounterpartPresent: boolean): Partial<CallSnapshot> => ({
    call: fakeCall({ state: 'reconnecting', isCounterpartPresent }),
  })
  t.equal(stand(reconnecting(true)), 'Forbindelsen blev afbrudt. Vi prøver igen.')
  t.equal(stand(reconnecting(false)), 'Mette er væk et øjeblik. Vi venter.')
  t.match(stand(reconnecting(true), { connection: 'offline' }), /^Du er ikke på nettet/)
  t.end()
})

t.test("the other's missing picture is explained", (t) => {
  const without = (camera: 'off' | 'missing'): string | null =>
    stand({ counterpart: ANNA, counterpartMedia: { camera, microphone: 'on' } })
  t.equal(without('off'), 'Anna har slukket sit kamera.')
  t.equal(without('missing'), 'Anna har ikke billede på.')
  t.end()
})

const hear = (change: Partial<QualityState>): readonly string[] => {
  const { urgent, calm } = describeQuality({ ...ALL_WELL, ...change }, 'Mette')
  return [...urgent, ...calm]
}

t.test('how well the two see and hear each other is said only where it is not well', (t) => {
  t.same(hear({}), [])
  t.same(hear({ isUnheard: true }), ['Mette kan ikke høre dig.'])
  t.same(hear({ isUnseen: true }), ['Mette kan ikke se dig.'])
  t.match(hear({ isMicrophoneSilent: true }), [/^Der kommer ingen lyd fra din mikrofon\./])
  t.same(describeQuality({ ...ALL_WELL, isSpeakingWhileOff: true }, 'Mette').urgent, [
    'Din mikrofon er slukket. Mette kan ikke høre dig.',
  ])
  const off = { ownMedia: { camera: 'on', microphone: 'off' } } as const
  t.same(say(off), ['Din mikrofon er slukket. Mette kan ikke høre dig.'])
  t.same(say(off, { isSpokenInVain: true }), [], 'it is said once, and louder')
  t.same(describeQuality({ ...ALL_WELL, isUnheard: true }, '').calm, [], 'nobody to speak of yet')
  t.end()
})

t.test(
  'a thin line is told of at both sides, once, and in place of a picture that is gone',
  (t) => {
    t.same(hear({ line: 'weak' }), ['Forbindelsen er svag.'])
    t.same(hear({ otherLine: 'weak' }), ['Forbindelsen er svag.'])
    t.match(hear({ line: 'soundOnly' }), [/Vi har slukket for billedet/])
    t.same(
      hear({ line: 'soundOnly', otherLine: 'soundOnly' }),
      [],
      'it stands where the picture was',
    )
    t.match(stand({}, { isGivenUp: true }), /Vi har slukket for billedet/)
    const off = { counterpartMedia: { camera: 'off', microphone: 'on' } } as const
    t.match(stand(off, { isGivenUp: true }), /har slukket sit kamera/, 'their wish comes first')
    t.same(hear({ line: 'weak', isPictureBack: true }), ['Billedet er tilbage.'])
    t.end()
  },
)
