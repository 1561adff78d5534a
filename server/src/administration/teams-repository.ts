import type { Person, PersonId, Role, StaffTeam, TeamId, UnixMs } from '@naervaer/shared'
import type { Database } from '../database/open.ts'

export type TeamsRepository = ReturnType<typeof makeTeamsRepository>

/** Teams and who is in them, in SQL. A leader leads the teams that they are a member of. */
export function makeTeamsRepository(database: Database) {
  const members = () =>
    database.selectFrom('team_members').innerJoin('people', 'people.id', 'team_members.person_id')
  return {
    loadTeamsOf(personId: PersonId): Promise<{ id: TeamId; name: string }[]> {
      return database
        .selectFrom('teams')
        .innerJoin('team_members', 'team_id', 'teams.id')
        .select(['teams.id', 'name'])
        .where('person_id', '=', personId)
        .orderBy('name')
        .limit(100)
        .execute()
    },

    /** Members with a role, by name; accounts that are closed are left out. */
    loadMembers(teamId: TeamId, role: Role): Promise<Person[]> {
      return members()
        .innerJoin('person_roles', 'person_roles.person_id', 'people.id')
        .select(['people.id', 'name'])
        .where('team_id', '=', teamId)
        .where('role', '=', role)
        .where('disabled_at', 'is', null)
        .orderBy('name')
        .limit(2_000)
        .execute()
    },

    /** Whether somebody with this role is in one of the leader's teams. */
    async isInTeamOf(leaderId: PersonId, personId: PersonId, role: Role): Promise<boolean> {
      const row = await members()
        .innerJoin('person_roles', 'person_roles.person_id', 'people.id')
        .innerJoin('team_members as led', 'led.team_id', 'team_members.team_id')
        .select('people.id')
        .where('people.id', '=', personId)
        .where('led.person_id', '=', leaderId)
        .where('role', '=', role)
        .where('disabled_at', 'is', null)
        .executeTakeFirst()
      return row !== undefined
    },

    async isMember(teamId: TeamId, personId: PersonId): Promise<boolean> {
      const row = await database
        .selectFrom('team_members')
        .select('team_id')
        .where('team_id', '=', teamId)
        .where('person_id', '=', personId)
        .executeTakeFirst()
      return row !== undefined
    },

    async has(teamId: TeamId): Promise<boolean> {
      const row = await database
        .selectFrom('teams')
        .select('id')
        .where('id', '=', teamId)
        .executeTakeFirst()
      return row !== undefined
    },

    /** For IT: every team with its members of staff. */
    async loadWithStaff(): Promise<StaffTeam[]> {
      const teams = await database
        .selectFrom('teams')
        .select(['id', 'name'])
        .orderBy('name')
        .limit(500)
        .execute()
      const rows = await database
        .selectFrom('team_members')
        .innerJoin('person_roles', 'person_roles.person_id', 'team_members.person_id')
        .select(['team_id', 'team_members.person_id as personId'])
        .distinct()
        .where('role', '!=', 'citizen')
        .execute()
      return teams.map((team) => {
        const own = rows.filter((row) => row.team_id === team.id)
        return { ...team, memberIds: own.map(({ personId }) => personId) }
      })
    },

    async add(id: TeamId, name: string, now: UnixMs): Promise<void> {
      await database.insertInto('teams').values({ id, name, created_at: now }).execute()
    },

    async addMember(teamId: TeamId, personId: PersonId): Promise<void> {
      await database
        .insertInto('team_members')
        .values({ team_id: teamId, person_id: personId })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },

    async removeMember(teamId: TeamId, personId: PersonId): Promise<void> {
      await database
        .deleteFrom('team_members')
        .where('team_id', '=', teamId)
        .where('person_id', '=', personId)
        .execute()
    },
  }
}
