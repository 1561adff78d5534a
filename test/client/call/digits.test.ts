import { createHash } from 'node:crypto'
import { mock } from 'node:test'
import t from 'tap'
import type { Side } from '@naervaer/shared'
import { commitTo, makeDigits } from '../../../client/src/call/features/digits-code.ts'
import { Digits } from '../../../client/src/call/features/digits.ts'
import { readFingerprints } from '../../../client/src/call/link/fingerprints.ts'
import { parseSideMessage, type SideMessage } from '../../../client/src/call/link/side-message.ts'
import { SideLines } from '../../helpers/side-lines.ts'

const SIDES = ['worker', 'citizen'] as const

/** Two windows that make their digits. */
class Stage {
  readonly net = new SideLines()
  readonly digits: Record<Side, Digits> = {
    worker: this.#make('worker'),
    citizen: this.#make('citizen'),
  }

  async begin(): Promise<void> {
    for (const side of SIDES) this.digits[side].start()
    this.net.connect()
    await settle()
  }

  async reload(side: Side, print: string): Promise<void> {
    this.digits[side].close()
    this.net.reload(side)
    this.net.prints[side] = print
    this.digits[side] = this.#make(side)
    this.digits[side].start()
    this.net.connect()
    await settle()
  }

  close(): void {
    for (const side of SIDES) this.digits[side].close()
  }

  get shown(): (string | null)[] {
    return SIDES.map((side) => this.digits[side].state.value.digits)
  }

  get stages(): string[] {
    return SIDES.map((side) => this.digits[side].state.value.stage)
  }

  /** Changes what goes over the line, message by message. */
  meddle(change: (message: SideMessage, from: Side) => SideMessage | null): void {
    this.net.onControl = (text, from) => {
      const message = parseSideMessage(text)
      const changed = message === null ? null : change(message, from)
      return changed === null ? null : JSON.stringify(changed)
    }
  }

  /** Says something to one side as if it came from the other. */
  say(to: Side, message: SideMessage): void {
    this.net.lines[to].receive(JSON.stringify(message))
  }

  #make(side: Side): Digits {
    return new Digits({ side, line: this.net.lines[side] })
  }
}

/** Hashes are made outside of this thread, one after the other: each turn waits for one more. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) {
    await crypto.subtle.digest('SHA-256', new Uint8Array(1))
    await new Promise(setImmediate)
  }
}

t.beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] })
})
t.afterEach(() => {
  mock.timers.reset()
})

t.test('S-25 the digits are those of the rule, worked out another way', async (t) => {
  for (let n = 0; n < 200; n += 1) {
    const [callerPrint, calleePrint, callerNumber, calleeNumber] = ['A', 'B', 'a', 'b'].map(
      (name) => createHash('sha256').update(`${name}${n}`).digest('hex'),
    ) as [string, string, string, string]
    const hash = createHash('sha256')
      .update('naervaer-sas-v1')
      .update(Buffer.from(callerPrint, 'hex'))
      .update(Buffer.from(calleePrint, 'hex'))
      .update(Buffer.from(callerNumber, 'hex'))
      .update(Buffer.from(calleeNumber, 'hex'))
      .digest()
    const expected = String(hash.readUInt32BE(0) % 10_000).padStart(4, '0')
    const parts = { callerPrint, calleePrint, callerNumber, calleeNumber }
    t.equal(await makeDigits(parts), expected)
    t.match(expected, /^\d{4}$/)
  }
  const zeros = '00'.repeat(32)
  t.equal(await commitTo(zeros), '66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925')
})

t.test('S-25 a fixed vector', async (t) => {
  const parts = {
    callerPrint: '11'.repeat(32),
    calleePrint: '22'.repeat(32),
    callerNumber: '33'.repeat(32),
    calleeNumber: '44'.repeat(32),
  }
  t.equal(await makeDigits(parts), '1867')
  const swapped = { ...parts, callerPrint: parts.calleePrint, calleePrint: parts.callerPrint }
  t.not(await makeDigits(swapped), '1867', 'it matters who rang')
})

t.test('S-25 an honest pair has the same digits, whoever is told first', async (t) => {
  for (const order of [SIDES, ['citizen', 'worker'] as const]) {
    const stage = new Stage()
    for (const side of order) stage.digits[side].start()
    stage.net.connect(order)
    await settle()
    const [one, other] = stage.shown
    t.match(one, /^\d{4}$/)
    t.equal(one, other)
    t.same(stage.stages, ['shown', 'shown'])
    stage.close()
  }
})

t.test('S-25 nothing is said before the answer, and it comes about after it', async (t) => {
  const stage = new Stage()
  stage.net.connect()
  await settle()
  t.same(stage.net.control, [])
  stage.digits.worker.start()
  await settle()
  t.same(stage.stages, ['waiting', 'waiting'])
  stage.digits.citizen.start()
  await settle()
  t.same(stage.stages, ['shown', 'shown'])
  stage.close()
})

t.test('S-25 with somebody in between, the digits are not the same', async (t) => {
  const same: boolean[] = []
  // Once in 10,000 they are the same by chance.
  for (let n = 0; n < 3; n += 1) {
    const stage = new Stage()
    stage.net.seen = { worker: 'e1'.repeat(32), citizen: 'e2'.repeat(32) }
    await stage.begin()
    t.same(stage.stages, ['shown', 'shown'])
    same.push(stage.shown[0] === stage.shown[1])
    stage.close()
  }
  t.ok(same.includes(false))
})

t.test('S-25 a number that is not the one committed to stops it', async (t) => {
  const stage = new Stage()
  stage.meddle((message) =>
    message.type === 'digits-reveal' ? { ...message, number: '00'.repeat(32) } : message,
  )
  await stage.begin()
  t.equal(stage.stages[1], 'stopped')
  t.equal(stage.shown[1], null)
  stage.meddle((message) => message)
  stage.net.connect()
  await settle()
  t.equal(stage.stages[1], 'stopped', 'for these certificates it stays so')
  stage.close()
})

t.test('S-25 a number that comes too late stops it', async (t) => {
  const stage = new Stage()
  const held: SideMessage[] = []
  stage.meddle((message) => {
    if (message.type !== 'digits-reveal') return message
    held.push(message)
    return null
  })
  await stage.begin()
  t.ok(held.length > 0)
  t.equal(stage.stages[1], 'waiting')
  mock.timers.tick(10_000)
  t.equal(stage.stages[1], 'stopped')
  for (const message of held) stage.say('citizen', message)
  await settle()
  t.same([stage.stages[1], stage.shown[1]], ['stopped', null])
  stage.close()
})

t.test('S-25 a number that was lost with a connection is not late', async (t) => {
  const stage = new Stage()
  stage.meddle((message) => (message.type === 'digits-reveal' ? null : message))
  await stage.begin()
  stage.net.cut()
  mock.timers.tick(30_000)
  stage.meddle((message) => message)
  stage.net.connect()
  await settle()
  t.same(stage.stages, ['shown', 'shown'])
  t.equal(stage.shown[0], stage.shown[1])
  stage.close()
})

t.test('S-25 nobody gets a second guess between the same certificates', async (t) => {
  const stage = new Stage()
  await stage.begin()
  stage.say('citizen', { type: 'digits-commit', commitment: 'c0'.repeat(32) })
  await settle()
  t.equal(stage.stages[1], 'stopped', 'by another commitment')
  stage.close()

  const other = new Stage()
  let commitment = ''
  other.meddle((message) => {
    if (message.type === 'digits-commit') commitment = message.commitment
    return message
  })
  await other.begin()
  other.say('worker', { type: 'digits-answer', commitment, number: 'b0'.repeat(32) })
  await settle()
  t.equal(other.stages[0], 'stopped', 'by another answer')
  other.close()
})

t.test(
  'what belongs to another exchange, or comes from the wrong side, changes nothing',
  async (t) => {
    const stage = new Stage()
    await stage.begin()
    const before = stage.shown
    const foreign = { commitment: 'c0'.repeat(32), number: 'b0'.repeat(32) }
    stage.say('worker', { type: 'digits-commit', commitment: foreign.commitment })
    stage.say('worker', { type: 'digits-answer', ...foreign })
    stage.say('worker', { type: 'digits-reveal', ...foreign })
    stage.say('citizen', { type: 'digits-answer', ...foreign })
    stage.say('citizen', { type: 'digits-reveal', ...foreign })
    await settle()
    t.same(stage.shown, before)
    stage.close()
  },
)

t.test('S-25 the digits stay over new connections with the same certificates', async (t) => {
  const stage = new Stage()
  await stage.begin()
  const before = stage.shown
  for (let n = 0; n < 10; n += 1) {
    stage.net.connect(n % 2 === 0 ? SIDES : ['citizen', 'worker'])
    await settle()
    t.same(stage.shown, before)
  }
  t.equal(stage.digits.worker.state.value.isRenewed, false)
  stage.close()
})

t.test('S-27 after a reload they are new, the same for both, and staff can be told', async (t) => {
  for (const side of SIDES) {
    const stage = new Stage()
    await stage.begin()
    const other = side === 'worker' ? 'citizen' : 'worker'
    await stage.reload(side, 'dd'.repeat(32))
    t.same(stage.stages, ['shown', 'shown'])
    t.equal(stage.shown[0], stage.shown[1])
    t.equal(stage.digits[other].state.value.isRenewed, true)
    t.equal(stage.digits[side].state.value.isRenewed, false, 'who has come back knows of no other')
    stage.close()
  }
})

t.test('S-25 ever new certificates are not ever new guesses', async (t) => {
  const stage = new Stage()
  await stage.begin()
  const seen: string[] = []
  for (let n = 1; n <= 8; n += 1) {
    await stage.reload('worker', `0${n}`.repeat(32))
    seen.push(stage.stages[1] ?? '')
  }
  t.same(seen, [...Array<string>(4).fill('shown'), ...Array<string>(4).fill('stopped')])
  stage.close()
})

t.test('S-25 a certificate in use that is not the one told of is said', async (t) => {
  const stage = new Stage()
  stage.net.isAsDescribed = false
  await stage.begin()
  t.same(stage.stages, ['different', 'different'])
  t.same(stage.shown, [null, null])
  stage.close()
})

t.test(
  'S-25 digits of an earlier connection are not those of one that cannot be read',
  async (t) => {
    const stage = new Stage()
    await stage.begin()
    t.same(stage.stages, ['shown', 'shown'])
    stage.net.unreadable = 'citizen'
    stage.net.connect()
    await settle()
    t.same([stage.stages[1], stage.shown[1]], ['stopped', null])
    stage.close()
  },
)

t.test('S-25 no connection yet is none that cannot be read', async (t) => {
  const stage = new Stage()
  stage.net.unreadable = 'citizen'
  for (const side of SIDES) stage.digits[side].start()
  await settle()
  t.same(stage.stages, ['waiting', 'waiting'])
  stage.net.unreadable = null
  stage.net.connect()
  await settle()
  t.same(stage.stages, ['shown', 'shown'])
  stage.close()
})

t.test('S-25 what has been stopped is not begun again by a new certificate', async (t) => {
  const stage = new Stage()
  await stage.begin()
  stage.say('citizen', { type: 'digits-commit', commitment: 'c0'.repeat(32) })
  await settle()
  t.equal(stage.stages[1], 'stopped')
  await stage.reload('worker', 'dd'.repeat(32))
  const { stage: after, digits, isRenewed } = stage.digits.citizen.state.value
  t.same({ after, digits, isRenewed }, { after: 'stopped', digits: null, isRenewed: true })
  stage.close()

  const other = new Stage()
  other.net.isAsDescribed = false
  await other.begin()
  other.net.isAsDescribed = true
  await other.reload('worker', 'dd'.repeat(32))
  t.same([other.stages[1], other.shown[1]], ['different', null])
  other.close()
})

t.test('after the end nothing is left', async (t) => {
  const stage = new Stage()
  await stage.begin()
  stage.close()
  t.same(stage.shown, [null, null])
  const count = stage.net.control.length
  stage.net.connect()
  mock.timers.tick(60_000)
  await settle()
  t.equal(stage.net.control.length, count)
})

const DER = [new Uint8Array([1, 2, 3]), new Uint8Array([4, 5, 6])] as const
const printOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const inSdp = (hex: string): string => (hex.match(/../g) ?? []).join(':').toUpperCase()
const OWN = printOf(DER[0])
const REMOTE = printOf(DER[1])

/** As much of a peer connection as is asked for fingerprints. */
function fakeConnection(local: string, remote: string, certificates?: readonly Uint8Array[]) {
  const describe = (hex: string) => ({ sdp: `v=0\r\na=fingerprint:sha-256 ${inSdp(hex)}\r\n` })
  const transport =
    certificates === undefined
      ? {}
      : { getRemoteCertificates: () => certificates.map(({ buffer }) => buffer) }
  return {
    localDescription: describe(local),
    remoteDescription: describe(remote),
    sctp: { transport },
  } as unknown as RTCPeerConnection
}
const certificateOf = (hex: string) =>
  ({
    getFingerprints: () => [{ algorithm: 'sha-256', value: inSdp(hex) }],
  }) as unknown as RTCCertificate

t.test('S-25 fingerprints are read from the certificates in use', async (t) => {
  const read = readFingerprints(fakeConnection(OWN, REMOTE, [DER[1]]), certificateOf(OWN))
  t.same(await read, { own: OWN, remote: REMOTE, isAsDescribed: true })
  const lied = readFingerprints(fakeConnection(OWN, OWN, [DER[1]]), certificateOf(OWN))
  t.same(await lied, { own: OWN, remote: REMOTE, isAsDescribed: false })
})

t.test(
  'S-25 and from the descriptions only where a browser does not show certificates',
  async (t) => {
    const plain = {} as unknown as RTCCertificate
    const read = readFingerprints(fakeConnection(OWN, REMOTE), plain)
    t.same(await read, { own: OWN, remote: REMOTE, isAsDescribed: true })
    t.same(await readFingerprints(fakeConnection(OWN, REMOTE, []), null), {
      own: OWN,
      remote: REMOTE,
      isAsDescribed: true,
    })
    const none = Object.assign(fakeConnection(OWN, REMOTE), { remoteDescription: null })
    t.equal(await readFingerprints(none, null), null)
    const sdp = [OWN, REMOTE].map((hex) => `a=fingerprint:sha-256 ${inSdp(hex)}\r\n`).join('')
    const two = Object.assign(fakeConnection(OWN, REMOTE), { remoteDescription: { sdp } })
    t.equal(await readFingerprints(two, null), null, 'two in one description are none')
  },
)

t.test(
  'S-25 a line about a fingerprint that is not as it must be makes all of them void',
  async (t) => {
    const good = `a=fingerprint:sha-256 ${inSdp(REMOTE)}`
    const read = (lines: readonly string[]) => {
      const sdp = ['v=0', ...lines, ''].join('\r\n')
      const connection = fakeConnection(OWN, REMOTE)
      return readFingerprints(Object.assign(connection, { remoteDescription: { sdp } }), null)
    }
    t.equal((await read([good, good]))?.remote, REMOTE, 'the same twice is the same')
    for (const bad of [
      `a=fingerprint:sha-256  ${inSdp(OWN)}`,
      `a=fingerprint:sha-256 ${inSdp(OWN)} `,
      `a=fingerprint: sha-256 ${inSdp(OWN)}`,
      `a=fingerprint:sha-256 ${OWN}`,
      `a=fingerprint:sha-256 ${inSdp(OWN.slice(2))}`,
      `a=fingerprint:sha-1 ${inSdp(OWN.slice(24))}`,
      'a=fingerprint',
    ]) {
      t.equal(await read([good, bad]), null, bad)
      t.equal(await read([bad]), null, bad)
    }
  },
)
