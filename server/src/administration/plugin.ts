import fp from 'fastify-plugin'
import type {} from '../sign-in/plugin.ts'
import type { Assignment, PersonId } from '@naervaer/shared'
import type { Audit } from '../audit/audit.ts'
import type { Database } from '../database/open.ts'
import { Leading } from './leading.ts'
import { Overseeing } from './overseeing.ts'
import { PeriodWatch } from './period-watch.ts'
import { PSEUDONYMS } from './pseudonyms.ts'
import { makePeriodsRepository } from './periods-repository.ts'
import { Staffing } from './staffing.ts'

declare module 'fastify' {
  interface FastifyInstance {
    leading: Leading
    overseeing: Overseeing
    staffing: Staffing
  }
}

/**
 * Teams, who is assigned to whom and until when, and the accounts of staff.
 *
 * Owns teams and team_members, and the timer of the next period. Writes people, person_roles and
 * assignments, which accounts reads. Tells calls and the sockets of those concerned.
 */
export const administrationPlugin = fp(
  async (app) => {
    const { accounts, audit, calls, choice, clock, database, invitations, presence, protection } =
      app
    const { appointments, home, phones, quiet } = app
    const isOwn = (workerId: PersonId, citizenId: PersonId) =>
      accounts.assignments.isAssigned(workerId, citizenId, clock.now())
    const tellPeople = async (personId: PersonId) => {
      for (const connection of presence.listConnections(personId)) {
        const people = await choice.withChoices(connection, await app.loadOwnPeople(connection))
        const whole = await protection.withProtection(connection, people)
        const { citizens, workers } = await home.withHome(
          connection,
          await appointments.withAppointments(
            await phones.withPhones(connection, await quiet.withQuiet(connection, whole)),
          ),
        )
        connection.send({ type: 'directory.changed', citizens, workers })
      }
    }
    const periods = new PeriodWatch({
      clock,
      repository: makePeriodsRepository(database),
      onChanged: async (workerId, citizenId) => {
        if (!(await isOwn(workerId, citizenId))) await calls.stopRing(workerId, citizenId)
        await tellPeople(workerId)
        await tellPeople(citizenId)
        // Who rings or comes may be somebody else now.
        await appointments.announce(citizenId)
      },
      onEnded: (assignment) => recordEnd(database, audit, assignment),
      onError: (error) => app.log.error({ err: error }, 'a change of assignments was not told'),
    })
    app.addHook('preClose', (done) => {
      periods.stop()
      done()
    })
    const pseudonymKey = app.secrets.key(PSEUDONYMS)
    app.decorate(
      'leading',
      new Leading({
        ...{ database, clock, audit, periods, choice, protection, phones },
        travel: app.travel,
      }),
    )
    app.decorate('overseeing', new Overseeing({ database, audit, choice }))
    app.decorate(
      'staffing',
      new Staffing({ ...{ database, clock, audit, accounts }, pseudonymKey, invitations }),
    )
    await periods.start()
  },
  {
    name: 'administration',
    dependencies: [
      'accounts',
      'appointments',
      'audit',
      'calls',
      'choice',
      'clock',
      'home',
      'presence',
      'phones',
      'protection',
      'travel',
      'quiet',
      'secrets',
      'sign-in',
    ],
  },
)

/** One line for each end, whatever happens in between: the note and the line are written together. */
async function recordEnd(
  database: Database,
  audit: Audit,
  { id, citizenId, kind, toAt }: Assignment,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    if (!(await makePeriodsRepository(transaction).noteEndRecorded(id))) return
    const details = { assignmentId: id, kind, ...(toAt === null ? {} : { toAt }) }
    const event = { actor: { kind: 'system' }, subjectId: citizenId, details } as const
    await audit.record({ action: 'assignment.ended', ...event }, transaction)
  })
}
