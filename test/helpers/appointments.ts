import type { FastifyInstance } from 'fastify'
import type { AppointmentId, PersonId } from '@naervaer/shared'
import { HttpPerson, ORIGIN } from './http-person.ts'
import { PEOPLE } from './people.ts'

/** Signs in somebody of the demo by id: the names do not have everybody. */
export async function signInAs(app: FastifyInstance, personId: PersonId): Promise<HttpPerson> {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/demo/sign-in',
    headers: { origin: ORIGIN },
    payload: { personId },
  })
  if (answer.statusCode !== 204) throw new Error(`sign-in answered ${answer.statusCode}`)
  const cookies = answer.cookies.map(({ name, value }) => [name, value] as const)
  return new HttpPerson(app, Object.fromEntries(cookies))
}

/** What the audit log has of appointments, in order. */
export const readAuditLines = (app: FastifyInstance) =>
  app.database
    .selectFrom('audit_events')
    .select(['action', 'actor_id', 'subject_id', 'details'])
    .where('action', 'like', 'appointment.%')
    .orderBy('seq')
    .execute()

/** The line of what Mette has done with an appointment of Anna's. */
export const auditLine = (action: string, appointmentId: AppointmentId) => ({
  action,
  actor_id: PEOPLE.mette,
  subject_id: PEOPLE.anna,
  details: JSON.stringify({ appointmentId }),
})
