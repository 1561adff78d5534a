import t from 'tap'
import { ArrivalWatch, MissWatch, type Arrival } from '../../../client/src/call/features/arrival.ts'
import { SilenceMeter, VoiceMeter } from '../../../client/src/call/features/speaking.ts'

interface Flow {
  /** Packets, energy and frames of one second. */
  readonly packets?: number
  readonly energy?: number
  readonly frames?: number | null
  readonly isPlaying?: boolean
}

/** Looks once a second. */
class Looks {
  readonly watch: ArrivalWatch
  #atMs = 0
  #packets = 0
  #energy = 0
  #frames = 0

  constructor(hasSounded = false) {
    this.watch = new ArrivalWatch(0, hasSounded)
  }

  pass(
    seconds: number,
    { packets = 50, energy = 0.01, frames = 25, isPlaying = true }: Flow = {},
  ): Arrival {
    let arrival: Arrival = { sound: null, picture: null }
    for (let second = 0; second < seconds; second += 1) {
      this.#atMs += 1_000
      this.#packets += packets
      this.#energy += energy
      this.#frames += frames ?? 0
      arrival = this.watch.look({
        atMs: this.#atMs,
        soundPackets: this.#packets,
        soundEnergy: this.#energy,
        shownFrames: frames === null ? null : this.#frames,
        isPlaying,
      })
    }
    return arrival
  }
}

const NOTHING: Flow = { packets: 0, energy: 0, frames: 0 }

t.test('what flows arrives, from the first look on', (t) => {
  t.same(new Looks().pass(1), { sound: true, picture: true })
  t.end()
})

t.test('what never comes is unknown for four seconds, and then missing', (t) => {
  const looks = new Looks()
  t.same(looks.pass(3, NOTHING), { sound: null, picture: null })
  t.same(looks.pass(2, NOTHING), { sound: false, picture: false })
  t.end()
})

t.test('sound and picture are told apart', (t) => {
  t.same(new Looks().pass(6, { frames: 0 }), { sound: true, picture: false })
  t.same(new Looks().pass(6, { packets: 0, energy: 0 }), { sound: false, picture: true })
  t.end()
})

t.test('what stops is missing after three seconds, and there again with the next packet', (t) => {
  const looks = new Looks()
  looks.pass(30)
  t.same(looks.pass(2, NOTHING), { sound: true, picture: true })
  t.same(looks.pass(1, NOTHING), { sound: false, picture: false })
  t.same(looks.pass(1), { sound: true, picture: true })
  t.end()
})

t.test('what comes and is not played does not arrive', (t) => {
  const looks = new Looks()
  looks.pass(30)
  t.equal(looks.pass(2, { isPlaying: false }).sound, true, 'a new stream takes a moment')
  t.equal(looks.pass(2, { isPlaying: false }).sound, false)
  t.equal(looks.pass(1).sound, true, 'a tap, and it is heard')
  t.end()
})

t.test('packets without any energy are no sound', (t) => {
  const looks = new Looks()
  t.equal(looks.pass(3, { energy: 0 }).sound, null)
  t.equal(looks.pass(1, { energy: 0 }).sound, false)
  t.equal(looks.pass(1).sound, true)
  t.equal(looks.pass(30, { energy: 0 }).sound, true, 'a gated headset may be silent for long')
  t.end()
})

t.test('after a recovery packets are enough of whoever has been heard before', (t) => {
  t.equal(new Looks(true).pass(30, { energy: 0 }).sound, true)
  t.equal(new Looks(true).pass(30, { packets: 0, energy: 0 }).sound, false)
  t.end()
})

t.test('nobody looks, and nothing is said of the picture', (t) => {
  const looks = new Looks()
  looks.pass(10)
  t.equal(looks.pass(10, { frames: null }).picture, null, 'a page in the background')
  t.equal(looks.pass(4, { frames: 0 }).picture, null, 'and it is given time when it is back')
  t.equal(looks.pass(1, { frames: 0 }).picture, false)
  t.end()
})

/** What comes of each second. */
function miss(watch: MissWatch, seconds: readonly (readonly [boolean, boolean | null])[]) {
  return seconds.map(([isSent, told], second) => watch.look(isSent, told, second * 1_000))
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value)

t.test('the own microphone is on, and they say that nothing comes: it is missed', (t) => {
  const looks = miss(new MissWatch(), times(8, [true, false] as const))
  t.same(
    looks.map(({ isMissed }) => isMissed),
    [false, false, false, false, true, true, true, true],
    'after four seconds: it may just have been turned on',
  )
  t.end()
})

t.test('nothing is missed that is off, that arrives, or of which nobody can tell', (t) => {
  for (const [isSent, told] of [
    [false, false],
    [true, true],
    [true, null],
  ] as const) {
    const looks = miss(new MissWatch(), times(60, [isSent, told] as const))
    t.notOk(looks.some(({ isMissed, isRenewalDue }) => isMissed || isRenewalDue))
  }
  t.end()
})

t.test(
  'a new connection after eight seconds, then after longer waits, three times at most',
  (t) => {
    const looks = miss(new MissWatch(), times(300, [true, false] as const))
    const due = looks.flatMap(({ isRenewalDue }, second) => (isRenewalDue ? [second] : []))
    t.same(due, [12, 29, 62])
    t.end()
  },
)

t.test('what the other window does not play is missed, and no new connection mends it', (t) => {
  const watch = new MissWatch()
  const looks = times(300, 0).map((_, second) => watch.look(true, false, second * 1_000, false))
  t.match(looks.at(-1), { isMissed: true })
  t.notOk(looks.some(({ isRenewalDue }) => isRenewalDue))
  t.end()
})

t.test('what has arrived in between is worth a new connection at once again', (t) => {
  const watch = new MissWatch()
  miss(watch, times(70, [true, false] as const))
  t.match(watch.look(true, true, 70_000), { isMissed: false })
  const later = times(20, 0).map((_, n) => watch.look(true, false, 71_000 + n * 1_000))
  t.equal(
    later.findIndex(({ isRenewalDue }) => isRenewalDue),
    8,
  )
  t.end()
})

t.test('A-07 speech lights the mark, and it stays between syllables', (t) => {
  const meter = new VoiceMeter()
  const take = (level: number | null, ticks: number, fromMs: number) =>
    times(ticks, 0).map((_, n) => meter.take(level, fromMs + n * 100))
  t.same(take(0.05, 4, 0), [false, false, true, true], 'not at a click')
  t.same(take(0, 8, 400), [true, true, true, true, true, false, false, false])
  t.same(take(0.006, 10, 1_200), times(10, false), 'a fan is no speech')
  take(0.05, 3, 2_200)
  t.same(take(0.006, 10, 2_500), times(10, true), 'but the end of a word is')
  t.same(take(null, 1, 3_500), [false], 'nobody is there')
  t.end()
})

t.test('digital silence for five seconds is told; a quiet room is not', (t) => {
  const take = (peak: number | null, seconds: number) => {
    const meter = new SilenceMeter()
    return times(seconds, 0).map((_, n) => meter.take(peak, n * 1_000))
  }
  t.same(take(0, 7), [false, false, false, false, false, true, true])
  t.same(take(0.0001, 60), times(60, false))
  t.same(take(null, 60), times(60, false), 'nothing is known')
  const meter = new SilenceMeter()
  for (let n = 0; n < 10; n += 1) meter.take(0, n * 1_000)
  t.equal(meter.take(0.01, 10_000), false, 'over with the first sound')
  t.end()
})

t.test('a headset that gates between sentences is not taken for a silent one', (t) => {
  const meter = new SilenceMeter()
  meter.take(0.01, 0)
  const gated = times(90, 0).map((_, n) => meter.take(0, 1_000 + n * 1_000))
  t.equal(gated.indexOf(true), 60, 'somebody may listen for a minute')
  t.equal(meter.take(0.01, 91_000), false)
  t.notOk(
    times(240, 0).some((_, n) => meter.take(n % 50 === 0 ? 0.01 : 0, 92_000 + n * 1_000)),
    'a word now and then',
  )
  t.end()
})
