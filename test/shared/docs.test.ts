import * as shared from '@naervaer/shared'
import { readFile, readdir } from 'node:fs/promises'
import t from 'tap'
import { Check } from 'typebox/schema'
import { CLIENT_EXAMPLES, SERVER_EXAMPLES } from './wire/examples.ts'

const ROOT = new URL('../../', import.meta.url)
const read = (path: string) => readFile(new URL(path, ROOT), 'utf8')

const protocol = await read('docs/protocol.md')
const lifecycle = await read('docs/call-lifecycle.md')

/** The rows of the tables of a page, each as its cells. */
function listRows(page: string): string[][] {
  return page
    .split('\n')
    .filter((line) => line.trimStart().startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

const rows = listRows(protocol)
const code = (name: string) => `\`${name}\``

t.test('the protocol page names every message, with an example', (t) => {
  const types = new Set([...Object.keys(CLIENT_EXAMPLES), ...Object.keys(SERVER_EXAMPLES)])
  for (const type of types) {
    t.ok(protocol.includes(code(type)), type)
    if (type !== 'call.reply') t.ok(protocol.includes(`"type": "${type}"`), `example of ${type}`)
  }
  t.end()
})

/** The JSON of the page: a block is one value, or one on each line. */
function listExamples(page: string): unknown[] {
  const blocks = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, block = '']) => block)
  return blocks.flatMap((block): unknown[] => {
    try {
      return [JSON.parse(block)]
    } catch {
      return block
        .trim()
        .split('\n')
        .map((line): unknown => JSON.parse(line))
    }
  })
}

t.test('every example of the protocol page is a valid message', (t) => {
  const schemas = [shared.ClientMessageSchema, shared.ServerMessageSchema, shared.ProblemSchema]
  const examples = listExamples(protocol)
  t.ok(examples.length > 20)
  for (const example of examples) {
    t.ok(
      schemas.some((schema) => Check(schema, example)),
      JSON.stringify(example).slice(0, 60),
    )
  }
  t.end()
})

t.test('the protocol page says of every error code its status and retry', (t) => {
  for (const [name, { status, retry }] of Object.entries(shared.ERROR_TABLE)) {
    const row = rows.find(([first]) => first === code(name))
    t.same(row?.slice(1, 3), [String(status), retry], name)
  }
  const listed = rows
    .map(([first = '']) => first.slice(1, -1))
    .filter((cell) => /^[A-Z]+_[A-Z_]+$/.test(cell))
  for (const name of listed) t.ok(name in shared.ERROR_TABLE, `${name} exists`)
  t.end()
})

const AFTER_CLOSE: Record<shared.AfterClose, RegExp> = {
  reconnectSoon: /^reconnects soon/,
  reconnectLater: /^reconnects later/,
  stay: /^stays away/,
}

t.test('the protocol page says of every close code what the client does', (t) => {
  for (const [name, number] of Object.entries(shared.CLOSE_CODES)) {
    const row = rows.find(([first]) => first === String(number))
    t.equal(row?.[1], code(name))
    t.match(row?.[3], AFTER_CLOSE[shared.getAfterClose(number)], name)
  }
  t.end()
})

const LIMITS: Record<string, readonly number[]> = {
  frame: [shared.MAX_FRAME_BYTES],
  '`sdp`': [shared.MAX_SDP_CHARS],
  '`candidate`': [shared.MAX_CANDIDATE_CHARS],
  '`generation`': [shared.MAX_GENERATION],
  rate: [shared.MESSAGES_PER_SECOND, shared.MESSAGE_BURST],
  'refused frames': [shared.MAX_REFUSED_FRAMES, shared.REFUSED_WINDOW_MS],
  'waiting for a slow receiver': [shared.MAX_BUFFERED_BYTES],
  'sockets of a person, of an address': [
    shared.MAX_CONNECTIONS_PER_PERSON,
    shared.MAX_CONNECTIONS_PER_ADDRESS,
  ],
  "server's ping": [shared.SERVER_PING_INTERVAL_MS],
  "client's ping, its patience": [shared.CLIENT_PING_INTERVAL_MS, shared.CLIENT_PING_TIMEOUT_MS],
}

t.test('the protocol page has every limit', async (t) => {
  const found: number[] = []
  for (const [name, values] of Object.entries(LIMITS)) {
    const cell = rows.find(([first]) => first === name)?.[1] ?? ''
    for (const value of values) {
      t.match(cell, new RegExp(`\\b${String(value)}\\b`), `${name}: ${String(value)}`)
      found.push(value)
    }
  }
  const source = await read('shared/src/wire/limits.ts')
  t.equal(found.length, source.match(/^export const /gm)?.length, 'a new limit needs a row')
  t.end()
})

t.test('the protocol page has the version, seats, states, availability and roles', (t) => {
  const names = [
    shared.SUBPROTOCOL,
    ...shared.SEAT_VIEWS,
    ...shared.CALL_STATES,
    ...shared.DEVICE_STATES,
    ...shared.PATHS,
    ...shared.NOTICES,
    ...['ready', 'open', 'busy', 'reachable', 'unreachable', 'citizen', 'worker', 'all', 'relay'],
  ]
  for (const name of names) t.ok(protocol.includes(code(name)), name)
  for (const name of Object.keys(shared.CallViewSchema.properties))
    t.ok(protocol.includes(`"${name}"`), name)
  t.end()
})

t.test('the lifecycle page has every state, outcome, reason and timeout', (t) => {
  const names = [...shared.CALL_STATES, ...shared.OUTCOMES, ...shared.END_REASONS]
  for (const name of names) t.ok(lifecycle.includes(code(name)), name)
  const timeouts = [
    shared.RING_TIMEOUT_MS,
    shared.CALLER_RETURN_MS,
    shared.CONNECT_TIMEOUT_MS,
    shared.RETURN_TIMEOUT_MS,
    shared.GOODBYE_TIMEOUT_MS,
    shared.LONGEST_RING_MS,
    shared.NOTICED_RING_MS,
  ]
  const deadlines = listRows(lifecycle).map(([, cell = '']) => cell)
  for (const timeoutMs of timeouts) {
    t.ok(
      deadlines.some((cell) => cell.startsWith(`${String(timeoutMs / 1000)} s `)),
      String(timeoutMs),
    )
  }
  for (const spanMs of [shared.GO_BACK_MS, shared.PEACE_MS]) {
    t.ok(lifecycle.includes(`for ${String(spanMs / 1000)} s`), String(spanMs))
  }
  t.end()
})

t.test(
  'each rule has one number, and tests of the shared part cite numbers that exist',
  async (t) => {
    const defined = [...`${protocol}\n${lifecycle}`.matchAll(/^- \*\*([A-Z]{2}\d+)\*\*/gm)].map(
      ([, id]) => id,
    )
    t.equal(new Set(defined).size, defined.length, 'no number twice')
    const folder = new URL('test/shared/', ROOT)
    const files = await readdir(folder, { recursive: true })
    for (const file of files.filter((each) => each.endsWith('.test.ts'))) {
      const text = await readFile(new URL(file, folder), 'utf8')
      for (const [, id = ''] of text.matchAll(/t\.test\(['"`]([A-Z]{2}\d+)/g)) {
        t.ok(defined.includes(id), `${file} cites ${id}`)
      }
    }
    t.end()
  },
)
