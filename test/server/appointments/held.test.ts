import { sql } from 'kysely'
import t from 'tap'
import type { AppointmentId } from '@naervaer/shared'
import { listen } from '../../helpers/build-app.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'

const MINUTE_MS = 60_000
const DAY = '2026-11-02'
/** Two at a quarter to three, of which a talk then is both. */
const WISH = {
  citizenId: PEOPLE.anna,
  ...{ kind: 'video', day: DAY, minute: 885, lengthMinutes: 20, repeat: null },
}

t.test('AP9 what a talk was is kept whole, or not at all', async (t) => {
  const clock = new FakeClock(Date.UTC(2026, 10, 2, 13, 45))
  const server = await listen(t, { isUnlimited: true, clock })
  const { app } = server
  const worker = await HttpPerson.signIn(app, 'mette')
  const make = async () => {
    const { body } = await worker.ask('POST', '/api/appointments', WISH)
    return (body as { id: AppointmentId }).id
  }
  const [, last] = [await make(), await make()]
  // The disc is full just when the second of them is to be kept.
  await sql`create trigger full_disc before insert on appointment_exceptions
    when new.appointment_id = ${sql.lit(last)}
    begin select raise(abort, 'disc full'); end`.execute(app.database)
  const failed = new Promise((resolve) => {
    app.log.error = (_details: unknown, message?: unknown) => resolve(message)
  })
  const [mette, anna] = [await server.connect('mette'), await server.connect('anna')]
  const { id } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await anna.must({ type: 'call.accept', call: id })
  const linked = { type: 'call.connected', call: id, generation: 1, path: 'host' } as const
  await mette.must(linked)
  await anna.must(linked)
  for (let passedMs = 0; passedMs < 3 * MINUTE_MS; passedMs += 20_000) {
    clock.advance(20_000)
    await Promise.all([mette, anna].map((window) => window.request({ type: 'ping' })))
  }
  await mette.must({ type: 'call.hangUp', call: id })
  t.equal(await failed, 'appointments not kept up')
  const rows = await app.database.selectFrom('appointment_exceptions').selectAll().execute()
  t.same(rows, [])
})
