import type { FastifyInstance } from 'fastify'
import type { AssignmentId, PersonId, UnixMs } from '@naervaer/shared'
import { newId } from '../../server/src/new-id.ts'
import type {} from '../../server/src/plugins/database.ts'

/** Makes a worker a citizen's substitute for a time, with nobody told of it. */
export async function substitute(
  app: FastifyInstance,
  { workerId, citizenId }: { readonly workerId: PersonId; readonly citizenId: PersonId },
  { fromAt, toAt }: { readonly fromAt: UnixMs; readonly toAt: UnixMs },
): Promise<void> {
  await app.database
    .insertInto('assignments')
    .values({
      id: newId<AssignmentId>(),
      worker_id: workerId,
      citizen_id: citizenId,
      kind: 'substitute',
      from_at: fromAt,
      to_at: toAt,
    })
    .execute()
}
