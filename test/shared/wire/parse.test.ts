import { ClientMessageSchema, parseFrame, type ClientMessage } from '@naervaer/shared'
import fc from 'fast-check'
import t from 'tap'
import { Compile } from 'typebox/compile'
import { CLIENT_EXAMPLES } from './examples.ts'

const compiled = Compile(ClientMessageSchema)
const check = (value: unknown): value is ClientMessage => compiled.Check(value)
const RUNS = { seed: 20_240_802, numRuns: 5_000 }

t.test('FR1 a good frame comes out as it went in', (t) => {
  for (const example of Object.values(CLIENT_EXAMPLES)) {
    t.same(parseFrame(JSON.stringify(example), check), { ok: true, message: example })
  }
  t.end()
})

const REFUSED: readonly (readonly [text: string, id: string | null])[] = [
  ['', null],
  ['{', null],
  ['null', null],
  ['7', null],
  ['"ping"', null],
  ['[]', null],
  ['[{"type":"ping","id":"r1"}]', null],
  ['{}', null],
  ['{"id":"r1"}', 'r1'],
  ['{"type":"nonsense","id":"r1"}', 'r1'],
  ['{"type":"ping","id":"r1","surprise":true}', 'r1'],
  [`{"type":"nonsense","id":"${'x'.repeat(36)}"}`, 'x'.repeat(36)],
  [`{"type":"ping","id":"${'x'.repeat(37)}"}`, null],
  ['{"type":"ping","id":""}', null],
  ['{"type":"ping","id":7}', null],
  ['{"type":"ping","id":null}', null],
  ['{"type":"ping","id":{"toString":"r1"}}', null],
  ['{"type":"ping","id":"r1","__proto__":{"id":"r2"}}', 'r1'],
  ['{"__proto__":{"type":"ping","id":"r1"}}', null],
  ['{"type":"ping","id":"r1"}{"type":"ping","id":"r2"}', null],
  ['\u0000', null],
  ['['.repeat(200_000), null],
]

t.test('FR11 a refused frame keeps the id that can be read', (t) => {
  for (const [text, id] of REFUSED) {
    t.same(parseFrame(text, check), { ok: false, id }, text.slice(0, 60))
  }
  t.end()
})

/** Texts near to frames: what random strings would never find. */
const mutated = fc
  .record({
    text: fc.constantFrom(...Object.values(CLIENT_EXAMPLES).map((each) => JSON.stringify(each))),
    at: fc.nat(200),
    length: fc.nat(5),
    put: fc.string({ maxLength: 5, unit: 'binary' }),
  })
  .map(({ text, at, length, put }) => text.slice(0, at) + put + text.slice(at + length))

t.test('FR1 no text whatever makes the parser throw', (t) => {
  const texts = fc.oneof(fc.string({ unit: 'binary', size: 'large' }), fc.json(), mutated)
  fc.assert(
    fc.property(texts, (text) => {
      const frame = parseFrame(text, check)
      if (frame.ok) return compiled.Check(frame.message)
      return frame.id === null || (frame.id.length >= 1 && frame.id.length <= 36)
    }),
    RUNS,
  )
  t.pass('held')
  t.end()
})

t.test('FR11 the id of any refused object is found again', (t) => {
  const ids = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 36 })
    .filter((id) => id.length <= 36)
  fc.assert(
    fc.property(ids, fc.dictionary(fc.string(), fc.jsonValue()), (id, rest) => {
      const frame = parseFrame(JSON.stringify({ ...rest, id, type: 'nonsense' }), check)
      return !frame.ok && frame.id === id
    }),
    RUNS,
  )
  t.pass('held')
  t.end()
})
