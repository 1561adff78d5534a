import {
  ChoiceAnswerSchema,
  ChoicePauseSchema,
  ChoiceReplySchema,
  ClientMessageSchema,
  DemoPeopleReplySchema,
  DemoSignInSchema,
  MAX_FRAME_BYTES,
  MAX_SDP_CHARS,
  ProblemSchema,
  ServerMessageSchema,
  SessionReplySchema,
} from '@naervaer/shared'
import t from 'tap'
import { Compile } from 'typebox/compile'
import { Check } from 'typebox/schema'
import type { TSchema } from 'typebox'
import {
  CALL_ID,
  CITIZEN_ID,
  CLIENT_EXAMPLES,
  ENDED_VIEW,
  getValue,
  listPaths,
  SERVER_EXAMPLES,
  WORKER_ID,
  withoutProperty,
  withValue,
  type Json,
  type JsonObject,
} from './examples.ts'

/** Both engines: the one the server compiles with, and the one the browser interprets with. */
function makeBoth(schema: TSchema): (value: unknown) => boolean {
  const compiled = Compile(schema)
  return (value) => {
    const answers = [compiled.Check(value), Check(schema, value)]
    if (answers[0] !== answers[1]) throw new Error(`the engines differ on ${JSON.stringify(value)}`)
    return answers[0] === true
  }
}

const isClientMessage = makeBoth(ClientMessageSchema)
const isServerMessage = makeBoth(ServerMessageSchema)

const SIDES = [
  { side: 'client', examples: CLIENT_EXAMPLES, check: isClientMessage },
  { side: 'server', examples: SERVER_EXAMPLES, check: isServerMessage },
] as const

/** A value of another JSON type than any that could stand there. */
function makeWrong(value: Json): Json {
  if (typeof value === 'string') return 7
  if (typeof value === 'number') return 'seven'
  if (typeof value === 'boolean') return 'true'
  if (value === null) return true
  return Array.isArray(value) ? {} : []
}

for (const { side, examples, check } of SIDES) {
  for (const [type, example] of Object.entries(examples)) {
    t.test(`FR2 ${side} ${type}: closed, whole and of the right types`, (t) => {
      t.ok(check(example), 'the example passes')
      t.ok(check(JSON.parse(JSON.stringify(example))), 'and has come through JSON')
      const objects = [[], ...listPaths(example)].filter((path) => {
        const value = path.length === 0 ? example : getValue(example, path)
        return typeof value === 'object' && value !== null && !Array.isArray(value)
      })
      for (const path of objects) {
        t.notOk(
          check(withValue(example, [...path, 'surprise'], 1)),
          `surprise in ${path.join('.')}`,
        )
      }
      for (const path of listPaths(example)) {
        const name = path.join('.')
        t.notOk(
          check(withValue(example, path, makeWrong(getValue(example, path)))),
          `wrong ${name}`,
        )
        const isElement = Array.isArray(getValue({ root: example }, ['root', ...path.slice(0, -1)]))
        if (!isElement) t.notOk(check(withoutProperty(example, path)), `missing ${name}`)
      }
      t.end()
    })
  }
}

t.test('FR3 each type belongs to the side that may send it', (t) => {
  const clientOnly = Object.entries(CLIENT_EXAMPLES).filter(([type]) => !(type in SERVER_EXAMPLES))
  const serverOnly = Object.entries(SERVER_EXAMPLES).filter(([type]) => !(type in CLIENT_EXAMPLES))
  for (const [type, example] of clientOnly) t.notOk(isServerMessage(example), type)
  for (const [type, example] of serverOnly) t.notOk(isClientMessage(example), type)
  const shared = Object.keys(CLIENT_EXAMPLES).filter((type) => type in SERVER_EXAMPLES)
  t.same(shared, ['signal.description', 'signal.candidate', 'signal.ack', 'signal.please'])
  t.end()
})

t.test('FR4 a client message either has an id or is a signal', (t) => {
  for (const [type, example] of Object.entries(CLIENT_EXAMPLES)) {
    t.equal('id' in example, !type.startsWith('signal.'), type)
  }
  t.end()
})

const times = (length: number, value: Json): Json => Array.from({ length }, () => value)
const PRESENT = getValue(SERVER_EXAMPLES.welcome, ['citizens', '0'])
const ICE_SERVER = getValue(SERVER_EXAMPLES['turn.reply'], ['iceServers', '0'])

type Limit = readonly [path: string, good: readonly Json[], bad: readonly Json[]]

const uuid = (path: string): Limit => [
  path,
  [CALL_ID, WORKER_ID, 'ffffffff-ffff-7fff-bfff-ffffffffffff'],
  [
    '',
    `${CALL_ID} `,
    `${CALL_ID}\n`,
    ` ${CALL_ID}`,
    CALL_ID.slice(0, -1),
    CALL_ID.replaceAll('-', ''),
    CITIZEN_ID.toUpperCase(),
    '019b75a0-1111-4000-9000-000000000003',
    '019b75a0-1111-7000-c000-000000000003',
    'g19b75a0-1111-7000-9000-000000000003',
  ],
]

const IDS: Limit = ['id', ['1', 'x'.repeat(36), 'æøå'], ['', 'x'.repeat(37), null]]
const INSTANT_BAD: readonly Json[] = [-1, 1.5, '1']
const GENERATION: Limit = ['generation', [0, 1, 10_000], [-1, 1.5, 10_001, null]]

const CLIENT_LIMITS: Partial<Record<keyof typeof CLIENT_EXAMPLES, readonly Limit[]>> = {
  ping: [IDS],
  'call.invite': [IDS, uuid('citizenId')],
  'call.hangUp': [IDS, uuid('call')],
  'call.media': [
    ['media.camera', ['on', 'off', 'refused', 'missing', 'inUse'], ['', 'ON', 'broken', null]],
    ['media.microphone', ['on', 'off', 'refused', 'missing', 'inUse'], ['muted', null]],
  ],
  'call.leg': [
    GENERATION,
    ['quality.protocol', ['udp', 'tcp', 'tls'], ['203.0.113.10', '', null]],
    ['quality.rttMs', [0, 10, 10_000, null], [-10, 7, 12.5, 10_010]],
    ['quality.lossPercent', [0, 100, null], [-1, 0.5, 101]],
    ['quality.jitterMs', [0, 5, 1_000, null], [3, 1_005]],
    ['quality.freezes', [0, 999], [-1, 1_000, null]],
    ['quality.steps', [0, 999], [0.5, 1_000, null]],
  ],
  'call.connected': [GENERATION, ['path', ['host', 'srflx', 'relay'], ['prflx', '', null]]],
  'signal.description': [
    uuid('call'),
    GENERATION,
    ['seq', [0, 100_000], [-1, 0.5, 100_001, null]],
    ['description.type', ['offer', 'answer'], ['rollback', 'pranswer', '', null]],
    ['description.sdp', ['v', 'x'.repeat(32_768)], ['', 'x'.repeat(32_769), null]],
  ],
  'signal.candidate': [
    ['candidate.candidate', ['', 'x'.repeat(1_024)], ['x'.repeat(1_025), null]],
    ['candidate.sdpMid', [null, '', 'x'.repeat(16)], ['x'.repeat(17)]],
    ['candidate.sdpMLineIndex', [null, 0, 16], [-1, 17, 0.5]],
  ],
}

const SERVER_LIMITS: Partial<Record<keyof typeof SERVER_EXAMPLES, readonly Limit[]>> = {
  welcome: [
    ['protocol', [1, 2], [0, 1.5]],
    ['you.name', ['Å', 'x'.repeat(100)], ['', 'x'.repeat(101)]],
    ['role', ['worker', 'citizen'], ['leader', '']],
    ['citizens', [[], times(500, PRESENT)], [times(501, PRESENT)]],
    [
      'choice',
      [null, { state: 'paused', pausedUntil: 0 }],
      [{}, { state: 'asleep', pausedUntil: null }],
    ],
    ['citizens.0.choice.state', ['notOffered', 'withdrawn'], ['', null]],
    ['citizens.0.choice.pausedUntil', [null, 0], INSTANT_BAD],
    ['call', [null, ENDED_VIEW], [{}, { ...ENDED_VIEW, revision: -1 }]],
    ['call.seat', ['none', 'here', 'elsewhere', 'vacant'], ['there', null]],
    ['call.notice', ['none', 'sending', 'sent', 'arrived', 'failed'], ['read', null]],
    ['call.createdAt', [0], INSTANT_BAD],
    ['call.endedAt', [null, 1], INSTANT_BAD],
    ['call.outcome', [null, 'completed', 'busy'], ['', 'forgotten']],
    ['call.endReason', [null, 'timeout'], ['bored']],
    ['call.state', ['inviting', 'ended'], ['idle', null]],
  ],
  'presence.changed': [
    ['availability', ['ready', 'open', 'busy', 'reachable', 'unreachable'], ['asleep', '']],
  ],
  'maintenance.changed': [
    ['maintenance', [null, { until: null }], [{}, { until: -1 }]],
    ['maintenance.until', [null, 0], [-1, 0.5]],
  ],
  'quiet.changed': [
    ['quiet', [null], [{}, { from: 0 }]],
    ['quiet.from', [0, 1439], [-1, 1440, 0.5, null]],
    ['quiet.to', [0, 1439], [-1, 1440, 0.5, null]],
  ],
  'home.changed': [
    ['home.readyUntil', [null, 0], [-1, 0.5]],
    ['home.callback', [null, { askedAt: 0, seenAt: null }], [{}, { askedAt: null, seenAt: null }]],
    ['home.missed', [null], [{}]],
  ],
  'callback.changed': [['callback', [null, { askedAt: 0, seenAt: 1 }], [{}]]],
  'turn.reply': [
    ['iceServers', [[], times(4, ICE_SERVER)], [times(5, ICE_SERVER)]],
    ['iceServers.0.urls', [times(10, 'turn:a')], [[], times(11, 'turn:a'), ['x'.repeat(301)]]],
    ['policy', ['all', 'relay'], ['none']],
  ],
  error: [
    ['replyTo', [null, 'r1'], ['', 'x'.repeat(37)]],
    ['code', ['FRAME_INVALID', 'A_CODE_OF_A_LATER_VERSION'], ['x'.repeat(41), null]],
  ],
}

function testLimits(
  limits: Partial<Record<string, readonly Limit[]>>,
  examples: Record<string, JsonObject>,
  check: (value: unknown) => boolean,
): void {
  for (const [type, rows = []] of Object.entries(limits)) {
    t.test(`FR2 limits of ${type}`, (t) => {
      const example = examples[type] ?? {}
      for (const [path, good, bad] of rows) {
        const say = (value: Json) => `${path} = ${JSON.stringify(value).slice(0, 40)}`
        const put = (value: Json) => withValue(example, path.split('.'), value)
        for (const value of good) t.ok(check(put(value)), say(value))
        for (const value of bad) t.notOk(check(put(value)), say(value))
      }
      t.end()
    })
  }
}

testLimits(CLIENT_LIMITS, CLIENT_EXAMPLES, isClientMessage)
testLimits(SERVER_LIMITS, SERVER_EXAMPLES, isServerMessage)

t.test('FR1 the largest description fits in a frame, escaped and all', (t) => {
  // A line of SDP is some 60 characters and its end two, which JSON doubles.
  const line = `a=${'x'.repeat(38)}\r\n`
  const sdp = line.repeat(Math.floor(MAX_SDP_CHARS / line.length))
  const frame = withValue(CLIENT_EXAMPLES['signal.description'], ['description', 'sdp'], sdp)
  t.ok(isClientMessage(frame))
  t.ok(new TextEncoder().encode(JSON.stringify(frame)).length < MAX_FRAME_BYTES)
  t.end()
})

t.test('HT1 HTTP bodies are closed too', (t) => {
  const person = { id: CITIZEN_ID, name: 'Anna' }
  const bodies: readonly (readonly [TSchema, JsonObject])[] = [
    [
      SessionReplySchema,
      { you: person, role: 'citizen', roles: ['citizen'], isDemo: false, dutyPhone: '12 34 56 78' },
    ],
    [SessionReplySchema, { you: null, role: null, roles: [], isDemo: true, dutyPhone: null }],
    [DemoPeopleReplySchema, { people: [{ person, roles: ['citizen'] }], otherAddress: null }],
    [ChoiceAnswerSchema, { answer: 'yes', textVersion: 1, language: 'da' }],
    [ChoicePauseSchema, { weeks: 2 }],
    [ChoiceReplySchema, { choice: { state: 'accepted', pausedUntil: null } }],
    [DemoSignInSchema, { personId: CITIZEN_ID }],
    [
      ProblemSchema,
      { type: 'about:blank', title: 'Not Found', status: 404, code: 'NOT_FOUND', retry: 'never' },
    ],
  ]
  for (const [schema, body] of bodies) {
    const check = makeBoth(schema)
    t.ok(check(body))
    t.notOk(check({ ...body, surprise: 1 }), 'unknown property')
    for (const name of Object.keys(body)) {
      t.notOk(check(withoutProperty(body, [name])), `missing ${name}`)
      t.notOk(check(withValue(body, [name], makeWrong(getValue(body, [name])))), `wrong ${name}`)
    }
  }
  t.end()
})
