import { Buffer } from 'node:buffer'
import { PEOPLE } from './people.ts'
import { GOOD_SDP } from './sdp.ts'

/** A small seeded generator (mulberry32), so that a failing run can be had again. */
function makeRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const STRANGE: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  'x'.repeat(40),
  '\u0000',
  '🙂'.repeat(20),
  [],
  {},
  [[[]]],
  { __proto__: 1 },
  '01900000-0000-7000-8000-00000000ffff',
  '__proto__',
  'constructor',
]

/**
 * An endless source of frames: bytes, text, JSON of any shape, and valid messages about a real
 * call, whole or with one thing wrong.
 */
export function makeFrameSource(
  seed: number,
  call: string,
  { isMostlyValid = false } = {},
): () => string | Buffer {
  const random = makeRandom(seed)
  const pick = <T>(values: readonly T[]): T => {
    const value = values[Math.floor(random() * values.length)]
    if (value === undefined && values.length === 0) throw new Error('nothing to pick')
    // In range, as the index says.
    return value as T
  }
  const id = () => String(Math.floor(random() * 1000))
  const generation = () => Math.floor(random() * 4)
  const valid: readonly (() => Record<string, unknown>)[] = [
    () => ({ type: 'ping', id: id() }),
    () => ({ type: 'call.invite', id: id(), citizenId: pick(Object.values(PEOPLE)) }),
    ...['ringing', 'accept', 'decline', 'cancel', 'hangUp', 'attach'].map((verb) => () => ({
      type: `call.${verb}`,
      id: id(),
      call,
    })),
    () => ({ type: 'call.media', id: id(), call, media: { camera: 'on', microphone: 'inUse' } }),
    () => ({ type: 'call.connected', id: id(), call, generation: generation(), path: 'host' }),
    () => ({ type: 'call.lost', id: id(), call, generation: generation() }),
    () => ({
      type: 'signal.description',
      call,
      generation: generation(),
      seq: 0,
      description: { type: pick(['offer', 'answer']), sdp: GOOD_SDP },
    }),
    () => ({
      type: 'signal.candidate',
      call,
      generation: generation(),
      seq: 1,
      candidate: { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0 },
    }),
    () => ({ type: 'signal.ack', call, generation: generation(), seq: 2 }),
    () => ({ type: 'signal.please', call, generation: generation() }),
    () => ({ type: 'turn.fetch', id: id(), call }),
  ]
  const spoilObject = (frame: Record<string, unknown>) => {
    const key = pick(Object.keys(frame))
    const choice = random()
    if (choice < 0.3) return { ...frame, [key]: pick(STRANGE) }
    if (choice < 0.5) return { ...frame, [`${key}x`]: pick(STRANGE) }
    return Object.fromEntries(Object.entries(frame).filter(([name]) => name !== key))
  }
  const spoilText = (text: string) => {
    const at = Math.floor(random() * text.length)
    const choice = random()
    if (choice < 0.3) return text.slice(0, at)
    if (choice < 0.6) return text.slice(0, at) + text.slice(at + 1)
    return (
      text.slice(0, at) + String.fromCharCode(32 + Math.floor(random() * 95)) + text.slice(at + 1)
    )
  }
  const bytes = () =>
    Buffer.from(
      Array.from({ length: Math.floor(random() * 200) }, () => Math.floor(random() * 256)),
    )
  return () => {
    const choice = random()
    if (isMostlyValid ? choice < 0.8 : choice < 0.35) return JSON.stringify(pick(valid)())
    if (choice < 0.85) return JSON.stringify(spoilObject(pick(valid)()))
    if (choice < 0.93) return spoilText(JSON.stringify(pick(valid)()))
    if (choice < 0.96) return JSON.stringify(pick(STRANGE))
    if (choice < 0.98) return bytes().toString('latin1')
    if (choice < 0.985) return bytes()
    if (choice < 0.99) return '['.repeat(20_000)
    return JSON.stringify({
      type: 'ping',
      id: 'x',
      filler: 'y'.repeat(Math.floor(random() * 60_000)),
    })
  }
}
