import fp from 'fastify-plugin'
import type { CitizenPresence, Person, PersonId } from '@naervaer/shared'
import type { Connection } from './connection.ts'
import { PresenceHub } from './hub.ts'

/** What presence knows of a worker's citizen; other rooms add what they know. */
export type BarePresence = Pick<
  CitizenPresence,
  'person' | 'assignment' | 'availability' | 'isNotified'
>

declare module 'fastify' {
  interface FastifyInstance {
    presence: PresenceHub
    /** Presence's part of the snapshot: the people of somebody who has just connected. */
    loadOwnPeople: (connection: Connection) => Promise<{
      citizens: BarePresence[]
      workers: Person[]
    }>
  }
}

/**
 * Who is there: connections in, availability out.
 *
 * Owns the list of connections, in memory. Asks accounts who is assigned to whom.
 */
export const presencePlugin = fp(
  async (app) => {
    const { assignments } = app.accounts
    const hub = new PresenceHub({
      now: () => app.clock.now(),
      loadWorkersOf: (citizenId, now) => assignments.loadWorkersOf(citizenId, now),
      onError: (error) => app.log.error({ err: error }, 'presence not announced'),
    })
    const loadCitizens = async (workerId: PersonId) => {
      const now = app.clock.now()
      const people = await assignments.loadCitizensOf(workerId, now)
      const covered = people.filter(({ kind }) => kind === 'substitute').map(({ id }) => id)
      const stands = await assignments.loadStandsIn(workerId, covered, now)
      return people.map(({ id, name, kind }) => {
        const standsIn = stands.get(id)
        const own = { person: { id, name }, assignment: kind, ...hub.getPresence(id) }
        return standsIn === undefined ? own : { ...own, standsIn }
      })
    }
    app.decorate('presence', hub)
    app.addHook('preClose', (done) => {
      hub.stop()
      done()
    })
    app.decorate('loadOwnPeople', async ({ role, personId }) =>
      role === 'worker'
        ? { citizens: await loadCitizens(personId), workers: [] }
        : { citizens: [], workers: await assignments.loadWorkersOf(personId, app.clock.now()) },
    )
  },
  { name: 'presence', dependencies: ['accounts', 'clock'] },
)
