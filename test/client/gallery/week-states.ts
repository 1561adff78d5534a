import type { CitizenPresence, Person, PersonId } from '@naervaer/shared'
import type { SpanReply } from '@naervaer/shared/appointments'
import { appointmentOf, SOFIE } from './appointments.ts'
import { ANNA, directoryOf, JENS, MAX, METTE } from './fake-services.ts'
import { sessionOf, plain, type GalleryState } from './state-makers.ts'

const MINUTE_MS = 60_000

type Listed = SpanReply['appointments'][number]

/** Each has an id of its own; hours are counted from two in the afternoon of Thursday 26 November 2026. */
function listed(
  { id }: Person,
  number: number,
  hoursLater: number,
  change: Partial<Listed['appointment']> = {},
  minutes = 20,
): Listed {
  const appointmentId = `00000000-0000-7000-8000-0000000001${String(number).padStart(2, '0')}`
  const base = appointmentOf({}, hoursLater)
  return {
    citizenId: id,
    appointment: {
      ...base,
      endAt: base.startAt + minutes * MINUTE_MS,
      id: appointmentId as Listed['appointment']['id'],
      ...change,
    },
  }
}

/** A usual week: video, visits and telephone, one late, one called off by each side, one of a colleague. */
const USUAL: readonly Listed[] = [
  listed(ANNA, 1, -77, { isSeries: true }),
  listed(JENS, 2, -75.5, { kind: 'visit' }, 60),
  listed(MAX, 3, -73, { kind: 'phone' }, 15),
  listed(MAX, 4, -53.5, { kind: 'visit', isSeries: true }, 90),
  listed(JENS, 5, -51, {}, 30),
  listed(ANNA, 6, -29, { isSeries: true }),
  listed(JENS, 7, -28, { kind: 'phone', calledOff: 'citizen' }, 30),
  listed(MAX, 8, -26, { kind: 'visit', worker: SOFIE, insteadOf: METTE }, 60),
  listed(ANNA, 9, -2.5, { lateMinutes: 10 }),
  listed(MAX, 10, -2.5, { kind: 'phone' }, 15),
  listed(JENS, 11, 0, { kind: 'visit' }, 60),
  listed(ANNA, 12, 19, { isSeries: true }),
  listed(MAX, 13, 21, { calledOff: 'worker' }, 30),
  listed(JENS, 14, 22.5, { kind: 'phone', calledOff: 'waiting', worker: SOFIE, insteadOf: METTE }),
]

const onWeek = (change: Parameters<typeof plain>[0] = {}): GalleryState =>
  plain({ session: sessionOf('worker'), directory: directoryOf('worker'), ...change }, '/min-uge')

/** Eighteen people, as many as a worker has at most. */
const EIGHTEEN: readonly Person[] = Array.from({ length: 18 }, (_, index) => ({
  id: `00000000-0000-7000-8000-0000000002${String(index).padStart(2, '0')}` as PersonId,
  name: `Borger ${String(index + 1)}`,
}))

function makeFull(): readonly CitizenPresence[] {
  const [first] = directoryOf('worker').citizens
  if (first === undefined) return []
  return EIGHTEEN.map((person) => ({ ...first, person }))
}

/** Each of the eighteen twice a week, by all three kinds. */
const FULL: readonly Listed[] = EIGHTEEN.flatMap((person, index) => {
  const day = index % 5
  const hour = -5.5 + Math.floor(index / 5) * 1.5 - (3 - day) * 24
  const kind = (['video', 'visit', 'phone'] as const)[index % 3] ?? 'video'
  return [
    listed(person, index + 20, hour, { kind, isSeries: true }, kind === 'visit' ? 60 : 20),
    listed(person, index + 50, hour + 0.75, { kind: 'video', isSeries: true }),
  ]
})

/** The worker's week, by the name in `?state=`. */
export const WEEK_STATES: Readonly<Record<string, GalleryState>> = {
  'worker-week': onWeek(),
  'worker-week-empty': onWeek(),
  'worker-week-full': onWeek({
    directory: { ...directoryOf('worker'), citizens: makeFull() },
  }),
  'worker-week-nobody': onWeek({ directory: { ...directoryOf('worker'), citizens: [] } }),
}

/** What the server tells of the days in a state. */
export function weekReplyOf(state: string): SpanReply {
  if (state === 'worker-week-full') return { appointments: [...FULL] }
  return { appointments: state === 'worker-week' ? [...USUAL] : [] }
}

/** Whether there is something on the days of that state. */
export const hasWeek = (state: string): boolean =>
  ['worker-week', 'worker-week-full'].includes(state)
