import fc from 'fast-check'
import { mock } from 'node:test'
import t from 'tap'
import type { Side } from '@naervaer/shared'
import { LiveText } from '../../../client/src/call/features/live-text.ts'
import { SideLines } from '../../helpers/side-lines.ts'

/** As T.140 has it: what is typed waits no longer for more (A-04; EN 301 549 § 6.2.4 asks for 500 ms). */
const LONGEST_WAIT_MS = 300

const MISSING = '\uFFFD'
const FAMILY = '👨‍👩‍👧‍👦'
const LETTERS = ['a', 'æ', ' ', 'e\u0301', '🙂', '👍🏽', '🇩🇰', FAMILY, '❤️', 'z']

/** Two people who write to each other. */
class Stage {
  readonly net = new SideLines()
  readonly texts: Record<Side, LiveText> = {
    worker: new LiveText({ line: this.net.lines.worker }),
    citizen: new LiveText({ line: this.net.lines.citizen }),
  }

  async begin(): Promise<void> {
    this.texts.worker.start()
    this.texts.citizen.start()
    this.net.connect()
    await settle()
  }

  async reload(side: Side): Promise<void> {
    this.texts[side].close()
    this.texts[side] = new LiveText({ line: this.net.reload(side) })
    this.texts[side].start()
    this.net.connect()
    await settle()
  }

  close(): void {
    this.texts.worker.close()
    this.texts.citizen.close()
  }

  /** As the other side sees it: its finished lines, and what is being written. */
  shown(side: Side): string[] {
    const { lines, other } = this.texts[side].state.value
    return [...lines.filter(({ party }) => party === 'other').map(({ text }) => text), other]
  }
}

/** Everything that is on its way arrives. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
}

async function wait(ms: number): Promise<void> {
  mock.timers.tick(ms)
  await settle()
}

t.beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval'] })
})
t.afterEach(() => {
  mock.timers.reset()
})

t.test('A-02 A-04 what is typed is with the other within 300 ms, letter by letter', async (t) => {
  const stage = new Stage()
  await stage.begin()
  for (const typed of ['H', 'He', 'Hej']) {
    stage.texts.worker.write(typed)
    await wait(LONGEST_WAIT_MS)
    t.same(stage.shown('citizen'), [typed])
  }
  t.same(stage.net.channel('worker').sent, ['H', 'e', 'j'], 'nothing is sent twice')
  stage.close()
})

t.test('A-02 corrections, line ends and both at once', async (t) => {
  const stage = new Stage()
  await stage.begin()
  stage.texts.worker.write('Hvordan går det?')
  await wait(LONGEST_WAIT_MS)
  stage.texts.worker.write('Hvordan gik det?')
  stage.texts.citizen.write('Fint')
  await wait(LONGEST_WAIT_MS)
  t.same(stage.shown('citizen'), ['Hvordan gik det?'])
  t.same(stage.shown('worker'), ['Fint'])
  t.match(stage.net.channel('worker').sent.at(-1), /^\x08+/, 'T.140 takes back by backspace')
  stage.texts.worker.write('Hvordan gik det?\n')
  t.equal(stage.texts.worker.state.value.own, '', 'the field is empty after the line')
  await wait(LONGEST_WAIT_MS)
  t.equal(stage.net.channel('worker').sent.at(-1), '\u2028', 'T.140 ends lines by LINE SEPARATOR')
  t.same(stage.shown('citizen'), ['Hvordan gik det?', ''])
  stage.texts.citizen.write('Fint\r\nOg du\n')
  await wait(LONGEST_WAIT_MS)
  t.same(
    stage.texts.worker.state.value.lines.map(({ party, text }) => `${party}: ${text}`),
    ['own: Hvordan gik det?', 'other: Fint', 'other: Og du'],
  )
  stage.close()
})

t.test(
  'no character is ever seen in pieces, and no message is longer than 4 KiB (S-11)',
  async (t) => {
    const line = fc.array(fc.constantFrom(...LETTERS), { maxLength: 40 }).map((all) => all.join(''))
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 8 }), async (edits) => {
        const stage = new Stage()
        await stage.begin()
        for (const edit of edits) {
          stage.texts.worker.write(edit)
          await wait(LONGEST_WAIT_MS)
          t.same(stage.shown('citizen'), [edit])
        }
        for (const message of stage.net.channel('worker').sent) {
          if (/\p{Surrogate}/u.test(message))
            throw new Error(`half a character in ${JSON.stringify(message)}`)
        }
        stage.close()
      }),
      { numRuns: 150 },
    )
    t.end()
  },
)

t.test(
  'S-11 of 100 kB that are pasted, 4,000 characters are taken, and that is said',
  async (t) => {
    for (const letter of ['x', 'æ', '🙂', FAMILY]) {
      const stage = new Stage()
      await stage.begin()
      stage.texts.worker.write(letter.repeat(Math.ceil(100_000 / Buffer.byteLength(letter))))
      const { own, isFull } = stage.texts.worker.state.value
      t.equal(isFull, true)
      t.ok(own.length > 4_000 - FAMILY.length && own.length <= 4_000, `${letter}: ${own.length}`)
      t.equal(own.replaceAll(letter, ''), '', 'whole characters only')
      for (let n = 0; n < 5; n += 1) await wait(LONGEST_WAIT_MS)
      t.equal(stage.shown('citizen').join(''), own)
      for (const message of stage.net.channel('worker').sent) {
        t.ok(Buffer.byteLength(message) <= 4_096)
        t.equal(message.replaceAll(letter, ''), '', 'cut between characters')
      }
      stage.texts.worker.write('kort')
      t.equal(stage.texts.worker.state.value.isFull, false)
      stage.close()
    }
  },
)

t.test('text that is under way when a connection breaks is neither lost nor doubled', async (t) => {
  const fault = fc.constantFrom('type', 'type', 'line', 'cut', 'cutOnWay', 'connect', 'wait')
  const step = fc.tuple(fc.constantFrom<Side>('worker', 'citizen'), fault)
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
      const stage = new Stage()
      await stage.begin()
      const written: Record<Side, string> = { worker: '', citizen: '' }
      for (const [index, [side, what]] of steps.entries()) {
        const { own } = stage.texts[side].state.value
        if (what === 'type') stage.texts[side].write(`${own}${String(index)} `)
        if (what === 'type') written[side] += `${String(index)} `
        if (what === 'line') stage.texts[side].write(`${own}\n`)
        if (what === 'wait') await wait(LONGEST_WAIT_MS)
        // What has just been sent has not arrived, and nobody can say so.
        if (what === 'cutOnWay') mock.timers.tick(LONGEST_WAIT_MS)
        if (what === 'cut' || what === 'cutOnWay') stage.net.cut()
        if (what === 'connect')
          stage.net.connect(side === 'worker' ? undefined : ['citizen', 'worker'])
      }
      stage.net.connect()
      for (let n = 0; n < 10; n += 1) await wait(LONGEST_WAIT_MS)
      t.equal(stage.shown('citizen').join(''), written.worker)
      t.equal(stage.shown('worker').join(''), written.citizen)
      stage.close()
    }),
    { numRuns: 300 },
  )
  t.end()
})

t.test('SI14 what was typed while a connection counted as gone goes on over it', async (t) => {
  const stage = new Stage()
  await stage.begin()
  await wait(LONGEST_WAIT_MS)
  stage.net.doubt()
  stage.texts.worker.write('Er du der?')
  await wait(LONGEST_WAIT_MS)
  t.same(stage.shown('citizen'), [''])
  t.equal(stage.texts.worker.state.value.isWaiting, true)
  for (const side of ['worker', 'citizen'] as const) stage.net.tellUp(side)
  await wait(LONGEST_WAIT_MS)
  t.same(stage.shown('citizen'), ['Er du der?'])
  await wait(1_000)
  t.equal(stage.texts.worker.state.value.isWaiting, false)
  stage.close()
})

t.test('one side is told of a new connection long before the other', async (t) => {
  const stage = new Stage()
  await stage.begin()
  stage.texts.worker.write('ja')
  stage.net.connect(['citizen'])
  await wait(5_000)
  t.same(stage.shown('citizen'), [''])
  stage.net.tellUp('worker')
  await wait(2_000)
  t.same(stage.shown('citizen'), ['ja'])
  stage.close()
})

t.test('the question how far the other has come is asked again when it is lost', async (t) => {
  const stage = new Stage()
  await stage.begin()
  stage.net.onControl = () => null
  stage.net.connect()
  stage.texts.citizen.write('nej')
  await wait(LONGEST_WAIT_MS)
  t.same(stage.shown('worker'), [''])
  stage.net.onControl = (text) => text
  for (let n = 0; n < 10; n += 1) await wait(LONGEST_WAIT_MS)
  t.same(stage.shown('worker'), ['nej'])
  stage.close()
})

t.test('text that cannot be had any more is marked as missing, on a line of its own', async (t) => {
  const stage = new Stage()
  await stage.begin()
  stage.texts.worker.write('Vi ses på ')
  await wait(LONGEST_WAIT_MS)
  stage.texts.worker.write('Vi ses på torsdag')
  await stage.reload('worker')
  t.same(stage.shown('citizen'), [`Vi ses på ${MISSING}`, ''], 'who wrote has lost the rest')
  stage.texts.worker.write('torsdag')
  await wait(LONGEST_WAIT_MS)
  t.same(stage.shown('citizen'), [`Vi ses på ${MISSING}`, 'torsdag'])
  await wait(2_000)
  await stage.reload('citizen')
  t.same(stage.shown('citizen'), [MISSING, ''], 'who reads has lost what was there')
  stage.texts.worker.write('tors')
  await wait(LONGEST_WAIT_MS)
  t.same(stage.shown('citizen'), [MISSING, ''], 'what is lost cannot be taken back')
  stage.close()
})

t.test('nothing is marked when nothing was written before a reload', async (t) => {
  const stage = new Stage()
  await stage.begin()
  await stage.reload('worker')
  await stage.reload('citizen')
  t.same(stage.shown('citizen'), [''])
  t.same(stage.shown('worker'), [''])
  stage.close()
})

t.test('what no screen should be told is left out, and what is not T.140 is marked', async (t) => {
  const stage = new Stage()
  await stage.begin()
  const { citizen } = stage.texts
  const channel = stage.net.channel('citizen')
  channel.arrive('\uFEFFa\x07b\x1B[31mc\x9B1;2md\x98skjult\x9Ce\x00f')
  t.same(stage.shown('citizen'), ['abcdef'])
  channel.arrive('\x98uden ende')
  channel.arrive('\r')
  channel.arrive('\ng\r\nh')
  t.same(stage.shown('citizen'), ['abcdef', 'g', 'h'])
  channel.arrive('\b\b')
  t.same(stage.shown('citizen'), ['abcdef', 'g'], 'a line end can be taken back')
  channel.arrive(new ArrayBuffer(8))
  channel.arrive('x'.repeat(4_097))
  channel.arrive('æ'.repeat(2_049))
  t.same(stage.shown('citizen'), ['abcdef', `g${MISSING}`])
  channel.arrive('\b'.repeat(10))
  t.same(stage.shown('citizen'), ['abcdef', `g${MISSING}`])
  channel.arrive('\u2028')
  for (let n = 0; n < 100; n += 1) channel.arrive('y'.repeat(4_000))
  const { lines } = citizen.state.value
  const sum = lines.reduce((length, { text }) => length + text.length, 0)
  t.ok(sum <= 50_000 && sum > 40_000, `the oldest goes: ${String(sum)}`)
  stage.close()
})

t.test('without a connection there is room for some text, and no more', async (t) => {
  const stage = new Stage()
  await stage.begin()
  stage.net.cut()
  const { worker } = stage.texts
  for (let n = 0; n < 10 && !worker.state.value.isFull; n += 1) {
    worker.write(`${'x'.repeat(3_000)}\n`)
    await wait(LONGEST_WAIT_MS)
  }
  t.match(worker.state.value, { isFull: true, isWaiting: true })
  const kept = worker.state.value.lines.map(({ text }) => text)
  stage.net.connect()
  for (let n = 0; n < 10; n += 1) await wait(LONGEST_WAIT_MS)
  t.same(stage.shown('citizen'), [...kept, ''])
  t.equal(worker.state.value.isWaiting, false)
  stage.close()
})

t.test('a clogged line is waited for', async (t) => {
  const stage = new Stage()
  await stage.begin()
  stage.net.channel('worker').bufferedAmount = 100_000
  stage.texts.worker.write('langsomt')
  await wait(LONGEST_WAIT_MS)
  t.same(stage.net.channel('worker').sent, [])
  stage.net.channel('worker').bufferedAmount = 0
  await wait(LONGEST_WAIT_MS)
  t.same(stage.shown('citizen'), ['langsomt'])
  stage.close()
})

t.test(
  'A-03 one knows that the other writes, and that there is something new to read',
  async (t) => {
    const stage = new Stage()
    await stage.begin()
    const { citizen } = stage.texts
    stage.texts.worker.write('Hej')
    await wait(LONGEST_WAIT_MS)
    t.match(citizen.state.value, { isOtherWriting: true, hasNews: true })
    citizen.setOpen(true)
    await wait(3_000)
    t.match(citizen.state.value, { isOtherWriting: false, hasNews: false })
    stage.texts.worker.write('Hej Anna')
    await wait(LONGEST_WAIT_MS)
    t.match(citizen.state.value, { isOtherWriting: true, hasNews: false })
    stage.close()
  },
)

t.test('before the answer nothing is sent, and after the end nothing is left', async (t) => {
  const stage = new Stage()
  stage.net.connect()
  await wait(5_000)
  t.same(stage.net.control, [])
  stage.texts.worker.start()
  stage.texts.citizen.start()
  await settle()
  stage.texts.worker.write('Farvel\nog')
  await wait(LONGEST_WAIT_MS)
  t.same(stage.shown('citizen'), ['Farvel', 'og'])
  stage.close()
  for (const text of Object.values(stage.texts)) {
    t.match(text.state.value, { lines: [], own: '', other: '', hasNews: false })
  }
  const count = stage.net.control.length
  await wait(60_000)
  t.equal(stage.net.control.length, count, 'and nothing more is said')
  t.match(stage.texts.citizen.state.value, { lines: [], other: '' })
})

t.test('what the other side has not said it can take is told of after a second', async (t) => {
  const stage = new Stage()
  const worker = stage.texts.worker
  // The citizen's window is linked, and its script for writing is not there yet.
  worker.start()
  stage.net.connect()
  await settle()
  worker.write('Er du der?')
  await wait(900)
  t.equal(worker.state.value.isHeld, false, 'not at once: it takes a moment')
  await wait(200)
  t.match(worker.state.value, { isHeld: true, isWaiting: false })
  stage.texts.citizen.start()
  await settle()
  await wait(2_000)
  t.same(stage.shown('citizen'), ['Er du der?'])
  t.equal(worker.state.value.isHeld, false)

  stage.net.cut()
  worker.write('Er du der endnu?')
  await wait(3_000)
  t.match(worker.state.value, { isHeld: false, isWaiting: true }, 'away: another sentence')
  stage.close()
})
