import type { PersonId } from '@naervaer/shared'
import type { NewAppointment, Warning } from '@naervaer/shared/appointments'
import t from 'tap'
import { PlanWarnings } from '../../../client/src/controllers/plan-warnings.ts'
import { makeDeferred, type Deferred } from '../../helpers/deferred.ts'

const wishAt = (minute: number): NewAppointment => ({
  ...{ citizenId: 'anna' as PersonId, kind: 'video', day: '2026-11-27', minute },
  ...{ lengthMinutes: 20, repeat: null },
})

function makeWorld() {
  const asked: { minute: number; answer: Deferred }[] = []
  const host = { requestUpdate: () => undefined }
  const check = ({ minute }: NewAppointment) => {
    const answer = makeDeferred()
    asked.push({ minute, answer })
    return answer.promise as Promise<readonly Warning[]>
  }
  const warnings = new PlanWarnings(host, () => ({ check, checkChange: () => Promise.resolve([]) }))
  const look = (minute: number) => warnings.look({ which: null, wish: wishAt(minute) })
  return { asked, warnings, look }
}

const QUIET: Warning = { code: 'quiet', day: '2026-11-27', count: 1 }

t.test('AP14 while one fills in, only the last wish is asked about after the first', async (t) => {
  const { asked, warnings, look } = makeWorld()
  for (const minute of [600, 600, 660, 720, 780]) look(minute)
  t.same(
    asked.map(({ minute }) => minute),
    [600],
  )
  asked[0]?.answer.resolve([QUIET])
  await asked[0]?.answer.promise
  await new Promise(setImmediate)
  t.same(
    asked.map(({ minute }) => minute),
    [600, 780],
  )
  asked[1]?.answer.resolve([])
  await new Promise(setImmediate)
  t.same(warnings.found, [])
})

t.test('AP14 of what cannot be planned, and without a server, nothing is said', async (t) => {
  const { asked, warnings, look } = makeWorld()
  look(600)
  asked[0]?.answer.resolve([QUIET])
  await new Promise(setImmediate)
  t.same(warnings.found, [QUIET])
  look(660)
  asked[1]?.answer.reject(new TypeError('Failed to fetch'))
  await new Promise(setImmediate)
  t.same(warnings.found, [])
})
