import type { CitizenPresence, PersonId } from '@naervaer/shared'

/** Why a citizen waits for the worker: they have asked to be rung, or have said "Jeg er klar". */
export type WaitsFor = 'callback' | 'ready'

/** Who waits for the worker, and why. */
export type Waiting = ReadonlyMap<PersonId, WaitsFor>

type Citizen = Pick<CitizenPresence, 'person' | 'callback' | 'availability'> &
  Partial<Pick<CitizenPresence, 'appointments'>>

/** On a notice, with no app open. Who is ready for a visit, or at the telephone, waits for no ring. */
const hasSaidReady = (appointments: CitizenPresence['appointments'] = []): boolean =>
  appointments.some(
    ({ kind, answered, calledOff }) =>
      kind === 'video' && answered === 'ready' && calledOff === null,
  )

/** A wish that has been seen waits in the list, and calls nobody any more. */
export function findWaiting(citizens: readonly Citizen[]): Waiting {
  return new Map(
    citizens.flatMap(({ person, callback, availability, appointments }): [PersonId, WaitsFor][] => {
      if (callback?.seenAt === null) return [[person.id, 'callback']]
      return availability === 'ready' || hasSaidReady(appointments) ? [[person.id, 'ready']] : []
    }),
  )
}

/** Those who did not wait before, or for something else. */
export function findArrivals(before: Waiting, now: Waiting): Waiting {
  return new Map([...now].filter(([id, why]) => before.get(id) !== why))
}

/** What stands before the title of a window: "(2) ", and nothing while nobody waits. */
export function describeBadge({ size }: Waiting): string {
  return size === 0 ? '' : `(${String(size)}) `
}

/** Who has asked to be rung comes first, whoever has waited longest before the others; the rest stays as it is. */
export function putFirst<C extends Pick<CitizenPresence, 'callback'>>(citizens: readonly C[]): C[] {
  const askedAt = ({ callback }: C): number => callback?.askedAt ?? Number.POSITIVE_INFINITY
  return [...citizens].sort((one, other) => {
    const [mine, theirs] = [askedAt(one), askedAt(other)]
    return mine === theirs ? 0 : mine - theirs
  })
}

/** The citizens in an order that is known already; whoever is not in it comes at the end. */
export function keepOrder<C extends Pick<CitizenPresence, 'person'>>(
  citizens: readonly C[],
  order: readonly PersonId[],
): C[] {
  const places = new Map(order.map((id, index) => [id, index]))
  const placeOf = ({ person }: C): number => places.get(person.id) ?? order.length
  return [...citizens].sort((one, other) => placeOf(one) - placeOf(other))
}
