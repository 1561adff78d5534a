import { appointmentOf, SOFIE } from './appointments.ts'
import { choiceOf, directoryOf, METTE, NOTHING_NEW, TEN_O_CLOCK } from './fake-services.ts'
import { ended, MINUTE_MS, onHome, plain, signedIn, type GalleryState } from './state-makers.ts'

/** Of three citizens: late for one, called off by the second, and a substitute who is not awaited. */
const PLANNED = [
  [appointmentOf({ lateMinutes: 10, isSeries: true }, -3)],
  [appointmentOf({ calledOff: 'citizen', kind: 'phone' }), appointmentOf({ kind: 'visit' }, 96)],
  [appointmentOf({ worker: SOFIE, insteadOf: METTE, calledOff: 'waiting' }, 24)],
]

/** It begins in a few minutes. */
const NEAR = appointmentOf({}, -3.9)
/** Each citizen is visited tomorrow. */
const withVisits = (state: GalleryState): GalleryState => ({
  ...state,
  world: {
    ...state.world,
    directory: {
      ...directoryOf('worker'),
      citizens: directoryOf('worker').citizens.map((citizen) => ({
        ...citizen,
        appointments: [appointmentOf({ kind: 'visit' }, 24)],
      })),
    },
  },
})

/** The pages that speak of appointments, by the name in `?state=`. */
export const APPOINTMENT_STATES: Readonly<Record<string, GalleryState>> = {
  'trouble-next': {
    ...plain({ session: 'unreachable' }),
    kept: {
      workers: ['Mette'],
      dutyPhone: '12 34 56 78',
      next: {
        kind: 'video',
        startAt: TEN_O_CLOCK + 4 * 60 * MINUTE_MS,
        endAt: TEN_O_CLOCK + 5 * 60 * MINUTE_MS,
        worker: 'Mette',
      },
    },
  },
  'home-appointment': onHome({ appointments: [appointmentOf()] }),
  'home-appointment-moved': onHome({
    appointments: [appointmentOf({ movedFrom: TEN_O_CLOCK + 26 * 60 * MINUTE_MS }, 24)],
  }),
  'home-soon-off': onHome({ appointments: [{ ...NEAR, calledOff: 'citizen' }] }),
  'home-appointment-visit': onHome({
    appointments: [appointmentOf({ kind: 'visit' }, 5 * 24)],
    readyUntil: TEN_O_CLOCK + 30 * MINUTE_MS,
  }),
  'home-appointment-phone': onHome({ appointments: [appointmentOf({ kind: 'phone' }, 24)] }),
  'home-appointment-late': onHome({
    appointments: [appointmentOf({ lateMinutes: 10 }, -3)],
    readyUntil: TEN_O_CLOCK + 30 * MINUTE_MS,
  }),
  'home-appointment-substitute': onHome({
    appointments: [appointmentOf({ worker: SOFIE, insteadOf: METTE })],
  }),
  'home-appointment-waiting': onHome({
    appointments: [appointmentOf({ worker: SOFIE, insteadOf: METTE, calledOff: 'waiting' })],
  }),
  'home-appointment-off': onHome({
    appointments: [appointmentOf({ calledOff: 'citizen' }), appointmentOf({}, 24)],
  }),
  'home-appointment-off-worker': onHome({
    appointments: [appointmentOf({ calledOff: 'worker', kind: 'visit' })],
  }),
  'home-appointment-paused': signedIn('citizen', {
    directory: {
      ...directoryOf('citizen'),
      choice: choiceOf('paused'),
      home: { ...NOTHING_NEW, appointments: [appointmentOf({ kind: 'visit' })] },
    },
  }),
  'home-soon': onHome({ appointments: [NEAR], soon: { id: NEAR.id, day: NEAR.day } }),
  'home-soon-more': onHome({
    appointments: [{ ...NEAR, answered: 'more' }],
    soon: { id: NEAR.id, day: NEAR.day },
  }),
  'home-soon-ready': onHome({
    appointments: [{ ...NEAR, answered: 'ready' }],
    soon: { id: NEAR.id, day: NEAR.day },
    readyUntil: TEN_O_CLOCK + 30 * MINUTE_MS,
  }),
  'citizens-reminded': signedIn('worker', {
    directory: {
      ...directoryOf('worker'),
      citizens: directoryOf('worker').citizens.map((citizen, index) => ({
        ...citizen,
        appointments: index === 0 ? [{ ...NEAR, answered: 'more' as const }] : [NEAR],
        reached: {
          state: index === 1 ? ('arrived' as const) : ('failed' as const),
          at: TEN_O_CLOCK - 3 * MINUTE_MS,
        },
      })),
    },
  }),
  'ended-left-worker-planned': withVisits(ended('worker', 'completed', 'hangup_citizen')),
  'citizens-planned': signedIn('worker', {
    directory: {
      ...directoryOf('worker'),
      citizens: directoryOf('worker').citizens.map((citizen, index) => ({
        ...citizen,
        appointments: PLANNED[index] ?? [],
      })),
    },
  }),
}
