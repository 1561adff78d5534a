import type { CitizenPresence, PersonId } from '@naervaer/shared'
import { appointmentOf } from './appointments.ts'
import { choiceOf, directoryOf, TEN_O_CLOCK } from './fake-services.ts'
import { MINUTE_MS, signedIn, type GalleryState } from './state-makers.ts'

const [ANNA_ROW, , MAX_ROW] = directoryOf('worker').citizens

/** What can be in a row at once. */
const FULL: Partial<CitizenPresence> = {
  phone: '+4520304050',
  quiet: { from: 21 * 60, to: 9 * 60 },
  appointments: [appointmentOf({ isSeries: true }, -2.25)],
}

const NAMES = [
  'Anna Lind',
  'Birgit Vestergaard Christoffersen',
  'Casper Juul',
  'Dorthe Bech',
  'Emil Krogh',
  'Fatima Yildiz',
  'Grethe Nørskov',
  'Hassan Omar',
  'Ida Marie Søndergaard',
  'Jens Toft',
  'Kirsten Aagaard',
  'Lone Damgaard',
  'Max Riis',
  'Nikolaj Bang',
  'Oda Villadsen',
  'Peter Østergaard',
  'Ruth Lauritsen',
  'Svend Åge Mikkelsen',
]

const AVAILABILITIES = [
  'open',
  'reachable',
  'unreachable',
  'reachable',
  'busy',
  'reachable',
] as const

/** A working day like others: few of eighteen want something, and those few are to be found. */
function rowOf(name: string, index: number): CitizenPresence {
  const base = ANNA_ROW ?? MAX_ROW
  if (base === undefined) throw new Error('the gallery has no citizens')
  const id = `${base.person.id.slice(0, -2)}${String(index + 40)}` as PersonId
  const availability = AVAILABILITIES[index % AVAILABILITIES.length] ?? 'open'
  return {
    ...base,
    person: { id, name },
    availability,
    isNotified: index !== 8,
    phone: index === 14 ? null : '+4520304050',
    choice: index === 7 ? choiceOf('paused') : index === 14 ? choiceOf('declined') : base.choice,
    callback: index === 11 ? { askedAt: TEN_O_CLOCK - 20 * MINUTE_MS, seenAt: null } : null,
    appointments:
      index === 3
        ? [appointmentOf({ calledOff: 'citizen' }), appointmentOf({}, 7 * 24)]
        : index % 5 === 4
          ? []
          : [appointmentOf({ kind: index % 3 === 1 ? 'visit' : 'video' }, index * 9 - 2)],
  }
}

const withCitizens = (citizens: readonly CitizenPresence[]): GalleryState =>
  signedIn('worker', { directory: { ...directoryOf('worker'), citizens: [...citizens] } })

/** Rows of the worker's page, by the name in `?state=`. */
export const CITIZEN_ROW_STATES: Readonly<Record<string, GalleryState>> = {
  'citizens-row': withCitizens(
    [ANNA_ROW, MAX_ROW].flatMap((row) => (row === undefined ? [] : [{ ...row, ...FULL }])),
  ),
  'citizens-row-open': {
    ...withCitizens(directoryOf('worker').citizens.map((row) => ({ ...row, ...FULL }))),
    pressed: 'Mere',
  },
  'citizens-row-open-substitute': {
    ...withCitizens(
      directoryOf('worker').citizens.map((row) => ({ ...row, ...FULL, assignment: 'substitute' })),
    ),
    pressed: 'Mere',
  },
  'citizens-many': withCitizens(NAMES.map(rowOf)),
}
