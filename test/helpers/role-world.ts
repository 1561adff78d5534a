import type { FastifyInstance } from 'fastify'
import type { AppointmentId, AssignmentId, PersonId, Role, TeamId } from '@naervaer/shared'
import type {} from '../../server/src/plugins/database.ts'
import { PEOPLE } from './people.ts'

const HOUR_MS = 3_600_000

const idOf = (number: number) => `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`

/** Workers by what they have to do with Anna, besides Mette, who is her own. */
export const RELATIONS = {
  stranger: idOf(901) as PersonId,
  formerly: idOf(902) as PersonId,
  substitute: idOf(903) as PersonId,
  substituteToCome: idOf(904) as PersonId,
  substituteOver: idOf(905) as PersonId,
  otherTeam: idOf(906) as PersonId,
} as const
export type Relation = keyof typeof RELATIONS

/** One of each other role of staff; `otherLeader` leads a team that Anna is not in. */
export const OTHERS = {
  authority: idOf(911) as PersonId,
  auditor: idOf(912) as PersonId,
  otherLeader: idOf(913) as PersonId,
} as const

export const TEAM = idOf(201) as TeamId
export const OTHER_TEAM = idOf(202) as TeamId
/** Mette's of Anna. */
export const ASSIGNMENT = idOf(101) as AssignmentId

/** Anna's with Mette, on `APPOINTMENT_DAY`. */
export const APPOINTMENT = idOf(931) as AppointmentId
export const APPOINTMENT_DAY = '2027-06-01'

/** Adds to the demo whoever a walk through all roles and relations needs. */
export async function makeRoleWorld(app: FastifyInstance, now: number): Promise<void> {
  const add = async (id: PersonId, role: Role, team: TeamId | null) => {
    const person = { id, name: `Person ${id.slice(-3)}`, is_demo: 1 as const, created_at: now }
    await app.database
      .insertInto('people')
      .values({ ...person, disabled_at: null })
      .execute()
    await app.database.insertInto('person_roles').values({ person_id: id, role }).execute()
    if (team === null) return
    await app.database.insertInto('team_members').values({ team_id: team, person_id: id }).execute()
  }
  await app.database
    .insertInto('teams')
    .values({ id: OTHER_TEAM, name: 'Team Skoven', created_at: now })
    .execute()
  for (const [relation, id] of Object.entries(RELATIONS)) {
    await add(id, 'worker', relation === 'otherTeam' ? OTHER_TEAM : TEAM)
  }
  await add(OTHERS.authority, 'authority', null)
  await add(OTHERS.auditor, 'auditor', null)
  await add(OTHERS.otherLeader, 'leader', OTHER_TEAM)
  const periods = [
    { worker: RELATIONS.formerly, kind: 'primary', from: -3, to: -2 },
    { worker: RELATIONS.substitute, kind: 'substitute', from: -1, to: 1 },
    { worker: RELATIONS.substituteToCome, kind: 'substitute', from: 1, to: 2 },
    { worker: RELATIONS.substituteOver, kind: 'substitute', from: -2, to: 0 },
  ] as const
  for (const [index, { worker, kind, from, to }] of periods.entries()) {
    await app.database
      .insertInto('assignments')
      .values({
        id: idOf(920 + index) as AssignmentId,
        worker_id: worker,
        citizen_id: PEOPLE.anna,
        kind,
        from_at: now + from * HOUR_MS,
        to_at: now + to * HOUR_MS,
      })
      .execute()
  }
  await addAppointment(app, now)
}

async function addAppointment(app: FastifyInstance, now: number): Promise<void> {
  await app.database
    .insertInto('appointments')
    .values({
      id: APPOINTMENT,
      citizen_id: PEOPLE.anna,
      worker_id: PEOPLE.mette,
      kind: 'visit',
      first_day: APPOINTMENT_DAY,
      last_day: APPOINTMENT_DAY,
      rhythm: null,
      weekdays: null,
      start_minute: 600,
      length_minutes: 45,
      revision: 1,
      created_at: now,
    })
    .execute()
}
