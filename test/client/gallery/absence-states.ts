import type { AbsenceId } from '@naervaer/shared'
import type { AbsencesReply } from '@naervaer/shared/appointments'
import { appointmentOf, SOFIE } from './appointments.ts'
import { ANNA, directoryOf, JENS, MAX, METTE, NOTHING_NEW, TEN_O_CLOCK } from './fake-services.ts'
import {
  ended,
  inCall,
  MINUTE_MS,
  onHome,
  plain,
  sessionOf,
  signedIn,
  type GalleryState,
} from './state-makers.ts'

/** Mette comes back on Wednesday; it is Thursday 26 November 2026. */
const AWAY = { away: [{ worker: METTE, lastDay: '2026-12-01' }] }

/** Sofie stands in. */
const withSofie = (state: GalleryState): GalleryState => ({
  ...state,
  world: {
    ...state.world,
    directory: {
      ...directoryOf('citizen'),
      workers: [METTE, SOFIE],
      home: { ...NOTHING_NEW, ...state.world.directory?.home },
    },
  },
})

const rungBySofie = { state: 'ringing', worker: SOFIE, insteadOf: METTE } as const

const at = (hours: number) => TEN_O_CLOCK + hours * 60 * MINUTE_MS

/** One absence that lasts, of which one citizen has a substitute, one for some of it, and one nobody. */
const ABSENT: AbsencesReply = {
  absences: [
    {
      id: '00000000-0000-7000-8000-0000000003a1' as AbsenceId,
      firstDay: '2026-11-26',
      lastDay: '2026-12-01',
      others: 0,
      touched: [
        {
          citizen: ANNA,
          cover: 'whole',
          substitutes: [SOFIE],
          appointments: [{ startAt: at(24), kind: 'video', substitute: SOFIE }],
        },
        {
          citizen: JENS,
          cover: 'none',
          substitutes: [],
          appointments: [
            { startAt: at(26), kind: 'visit', substitute: null },
            { startAt: at(5 * 24), kind: 'phone', substitute: null },
          ],
        },
        { citizen: MAX, cover: 'partly', substitutes: [SOFIE], appointments: [] },
      ],
    },
  ],
}

/** Who is away, and who rings in whose place, by the name in `?state=`. */
export const ABSENCE_STATES: Readonly<Record<string, GalleryState>> = {
  'incoming-substitute': inCall('citizen', 'incoming', rungBySofie, {
    counterpart: SOFIE,
    ringTone: 'playing',
  }),
  'home-away': onHome(AWAY),
  'home-away-substitute': withSofie(onHome(AWAY)),
  'home-away-appointment': onHome({ ...AWAY, appointments: [appointmentOf({ isAway: true }, 24)] }),
  'home-waits': withSofie(
    onHome({ callback: { askedAt: TEN_O_CLOCK, seenAt: null, waitsFor: METTE } }),
  ),
  'home-waits-near': withSofie(
    onHome({
      callback: { askedAt: TEN_O_CLOCK, seenAt: null, waitsFor: METTE },
      appointments: [appointmentOf({ worker: SOFIE, insteadOf: METTE, calledOff: 'waiting' })],
    }),
  ),
  'citizens-waits': signedIn('worker', {
    directory: {
      ...directoryOf('worker'),
      citizens: directoryOf('worker').citizens.map((citizen, index) => ({
        ...citizen,
        callback: index > 0 ? null : { askedAt: TEN_O_CLOCK, seenAt: null, waitsFor: METTE },
      })),
    },
  }),
  'citizens-waits-substitute': signedIn('worker', {
    directory: {
      ...directoryOf('worker'),
      citizens: directoryOf('worker').citizens.map((citizen, index) => ({
        ...citizen,
        assignment: 'substitute' as const,
        standsIn: { insteadOf: METTE, until: Date.parse('2026-12-02T00:00:00+01:00') },
        callback: index > 0 ? null : { askedAt: TEN_O_CLOCK, seenAt: null, waitsFor: METTE },
      })),
    },
  }),
  'ended-awaits-worker': inAwaited(),
  'worker-week-absent': plain(
    { session: sessionOf('worker'), directory: directoryOf('worker') },
    '/min-uge',
  ),
}

function inAwaited(): GalleryState {
  const state = ended('worker', 'declined', 'hangup_citizen')
  const call = state.world.call.call ?? null
  if (call === null) throw new Error('the gallery has no call')
  const awaited = { ...call, worker: SOFIE, insteadOf: METTE, isAwaited: true }
  return { ...state, world: { ...state.world, call: { ...state.world.call, call: awaited } } }
}

/** What the server tells of a worker's absences in a state. */
export const absencesReplyOf = (state: string): AbsencesReply =>
  state === 'worker-week-absent' ? ABSENT : { absences: [] }
