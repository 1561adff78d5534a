import t from 'tap'
import { PROTOCOL_VERSION } from '@naervaer/shared'
import { makeCheck } from '../../../client/src/services/socket/check.ts'
import { findRefusals } from './compatible.ts'
import { SERVER_EXAMPLES, withValue, type JsonObject } from './examples.ts'
import { readRecord, readWire, type Recorded } from './recorded.ts'
import * as shared from '@naervaer/shared'

const now = await readWire()

/** What pages of `old` would refuse of what a server of `fresh` says, and that server of what they say. */
function findBreaks(old: Recorded, fresh: Recorded): string[] {
  const both = (one: keyof Recorded['replies'], of: 'replies' | 'bodies') => {
    const [was, is] = [old[of][one], fresh[of][one]]
    if (was === undefined || is === undefined) return [`${one}: no route has it any more`]
    return of === 'replies' ? findRefusals(is, was, true, one) : findRefusals(was, is, false, one)
  }
  return [
    ...findRefusals(onlyKnown(fresh.server, old.server), old.server, true, 'server'),
    ...findRefusals(old.client, fresh.client, false, 'client'),
    ...Object.keys(old.replies).flatMap((name) => both(name, 'replies')),
    ...Object.keys(old.bodies).flatMap((name) => both(name, 'bodies')),
  ]
}

const typesOf = (union: JsonObject) =>
  (union['anyOf'] as JsonObject[]).map(
    (each) => ((each['properties'] as JsonObject)['type'] as JsonObject)['const'],
  )

/** Messages of a type that a client does not know are overlooked by it. */
const onlyKnown = (fresh: JsonObject, old: JsonObject): JsonObject => ({
  anyOf: (fresh['anyOf'] as JsonObject[]).filter((_each, index) =>
    typesOf(old).includes(typesOf(fresh)[index] ?? null),
  ),
})

for (const version of [PROTOCOL_VERSION - 1, PROTOCOL_VERSION].filter((each) => each >= 1)) {
  t.test(
    `CO8 S-19 who was given out with version ${String(version)} and this server understand each other`,
    async (t) => {
      const old = await readRecord(version)
      t.equal(old.version, version)
      t.ok(Object.keys(old.replies).length > 20 && Object.keys(old.bodies).length > 15)
      t.strictSame(
        findBreaks(old, now),
        [],
        'what breaks needs a version of its own, or is recorded anew before the first release',
      )
      t.end()
    },
  )
}

/** A change to a copy of the wire, and what is said of it: null where it does no harm. */
const CHANGES: readonly (readonly [
  what: string,
  change: (wire: Recorded) => void,
  says: RegExp | null,
])[] = [
  ['nothing', () => undefined, null],
  [
    'one more property in what the server says',
    ({ server }) => put(server, 'welcome', 'mood', { type: 'string' }),
    null,
  ],
  [
    'one property less',
    ({ server }) => drop(server, 'welcome', 'quiet'),
    /server<welcome>.quiet: is not sent any more/,
  ],
  [
    'another type',
    ({ server }) => put(server, 'presence.changed', 'isNotified', { type: 'string' }),
    /isNotified: string instead of boolean/,
  ],
  [
    'a word that old pages do not know',
    ({ server }) => widen(server, 'presence.changed', 'availability', 'asleep'),
    /availability: none of the choices/,
  ],
  [
    'a longer list',
    ({ server }) => limit(server, 'welcome', 'workers', 'maxItems', 60),
    /workers: maxItems is wider/,
  ],
  ['a shorter list', ({ server }) => limit(server, 'welcome', 'workers', 'maxItems', 40), null],
  ['a new message of the server', ({ server }) => add(server, 'weather.changed'), null],
  ['a new message of clients', ({ client }) => add(client, 'weather.ask'), null],
  [
    'one more property that clients must send',
    ({ client }) => put(client, 'ping', 'mood', { type: 'string' }),
    /client<ping>.mood: is not sent any more/,
  ],
  [
    'a message of clients that is gone',
    ({ client }) => remove(client, 'call.invite'),
    /client<call.invite>: none of the choices/,
  ],
  [
    'a route that is gone',
    ({ replies }) => Reflect.deleteProperty(replies, 'PushReplySchema'),
    /PushReplySchema: no route has it any more/,
  ],
  [
    'a stricter limit for clients',
    ({ client }) => limit(client, 'call.connected', 'generation', 'maximum', 9),
    /generation: maximum is wider/,
  ],
]

const find = (union: JsonObject, type: string): JsonObject => {
  const index = typesOf(union).indexOf(type)
  const found = (union['anyOf'] as JsonObject[])[index]
  if (found === undefined) throw new Error(`no ${type}`)
  return found
}
const propertiesOf = (union: JsonObject, type: string) =>
  find(union, type)['properties'] as JsonObject
function put(union: JsonObject, type: string, name: string, schema: JsonObject): void {
  propertiesOf(union, type)[name] = schema
  const required = find(union, type)['required'] as string[]
  if (!required.includes(name)) required.push(name)
}
function drop(union: JsonObject, type: string, name: string): void {
  Reflect.deleteProperty(propertiesOf(union, type), name)
  const message = find(union, type)
  message['required'] = (message['required'] as string[]).filter((each) => each !== name)
}
function widen(union: JsonObject, type: string, name: string, word: string): void {
  const property = propertiesOf(union, type)[name] as JsonObject
  ;(property['anyOf'] as JsonObject[]).push({ const: word, type: 'string' })
}
function limit(union: JsonObject, type: string, name: string, what: string, to: number): void {
  ;(propertiesOf(union, type)[name] as JsonObject)[what] = to
}
function add(union: JsonObject, type: string): void {
  const properties = { type: { const: type, type: 'string' } }
  ;(union['anyOf'] as JsonObject[]).push({ type: 'object', properties, required: ['type'] })
}
function remove(union: JsonObject, type: string): void {
  union['anyOf'] = (union['anyOf'] as JsonObject[]).filter((each) => each !== find(union, type))
}

t.test('CO8 the comparison sees each way in which the two could part', (t) => {
  for (const [what, change, says] of CHANGES) {
    const changed = structuredClone(now)
    change(changed)
    const breaks = findBreaks(now, changed)
    if (says === null) t.strictSame(breaks, [], what)
    else t.match(breaks, [says], what)
  }
  t.end()
})

t.test(
  'CO8 a page overlooks what a later server says more, at any depth, and no more than that',
  (t) => {
    const isServerMessage = makeCheck(shared.ServerMessageSchema)
    const { welcome } = SERVER_EXAMPLES
    t.ok(isServerMessage(withValue(welcome, ['mood'], 'calm')))
    t.ok(isServerMessage(withValue(welcome, ['citizens', '0', 'mood'], { is: 'calm' })))
    t.notOk(isServerMessage(withValue(welcome, ['serverTime'], 'noon')))
    t.notOk(isServerMessage(withValue(welcome, ['type'], 'welcome.v2')))
    t.end()
  },
)
