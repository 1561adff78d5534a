import t from 'tap'
import type { Appointment, AppointmentId, Person } from '@naervaer/shared'
import { isAppointmentNear } from '../../../client/src/app/shell/near-appointment.ts'
import type { Directory } from '../../../client/src/services/directory.ts'
import { Store } from '../../../client/src/services/store.ts'
import { directoryOf, METTE, NOTHING_NEW } from '../gallery/fake-services.ts'

const MINUTE_MS = 60_000
const START = Date.UTC(2026, 10, 26, 13)

const appointment = (change: Partial<Appointment> = {}): Appointment => ({
  id: '00000000-0000-7000-8000-000000000091' as AppointmentId,
  day: '2026-11-26',
  kind: 'video',
  startAt: START,
  endAt: START + 20 * MINUTE_MS,
  worker: METTE satisfies Person,
  insteadOf: null,
  calledOff: null,
  lateMinutes: 0,
  isSeries: false,
  revision: 1,
  ...change,
})

const citizenWith = (one: Appointment): Directory => ({
  ...directoryOf('citizen'),
  home: { ...NOTHING_NEW, appointments: [one] },
})
const workerWith = (one: Appointment): Directory => {
  const directory = directoryOf('worker')
  const [first, ...others] = directory.citizens
  if (first === undefined) throw new Error('no citizen')
  return { ...directory, citizens: [{ ...first, appointments: [one] }, ...others] }
}

const isNear = (directory: Directory | null, now: number) =>
  isAppointmentNear({ directory: new Store<Directory | null>(directory) }, () => now)()

t.test('N27 a new version waits from ten minutes before an appointment until it is over', (t) => {
  const rows: [string, Partial<Appointment>, number, boolean][] = [
    ['eleven minutes before', {}, START - 11 * MINUTE_MS, false],
    ['ten minutes before', {}, START - 10 * MINUTE_MS, true],
    ['while it runs', {}, START + 19 * MINUTE_MS, true],
    ['when it is over', {}, START + 20 * MINUTE_MS, false],
    ['when somebody is late', { lateMinutes: 15 }, START + 34 * MINUTE_MS, true],
    ['when that is over too', { lateMinutes: 15 }, START + 35 * MINUTE_MS, false],
    ['when it is called off', { calledOff: 'citizen' }, START, false],
  ]
  for (const [what, change, now, expected] of rows) {
    t.equal(isNear(citizenWith(appointment(change)), now), expected, `${what}: the citizen's page`)
    t.equal(isNear(workerWith(appointment(change)), now), expected, `${what}: the worker's`)
  }
  t.equal(isNear(null, START), false, 'before anything is known')
  t.equal(isNear(directoryOf('citizen'), START), false, 'without any')
  t.end()
})
