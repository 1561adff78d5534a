import { TravelSchema, type PersonId, type Travel } from '@naervaer/shared'
import { read, send } from './http-request.ts'
import { makeCheck } from './socket/check.ts'

const isTravel = makeCheck(TravelSchema)

/** The way to a worker's citizen (TR1). */
export const travelClient = {
  async fetch(citizenId: PersonId): Promise<Travel | null> {
    return (await read(await send('GET', `/api/citizens/${citizenId}/travel`), isTravel)).travel
  },

  async save(citizenId: PersonId, travel: Travel | null): Promise<void> {
    await send('PUT', `/api/citizens/${citizenId}/travel`, { travel })
  },
}
