import type { NewsId, ReminderId, UnixMs } from '@naervaer/shared'
import type { Database } from '../database/open.ts'

/** The newest tag under which any of these was told, or is being told; null where nothing was. */
export async function findTag(
  { reminderIds, newsIds }: { reminderIds: readonly ReminderId[]; newsIds: readonly NewsId[] },
  within: Database,
): Promise<string | null> {
  const row = await within
    .selectFrom('push_notices')
    .select('tag')
    .where('state', '<>', 'failed')
    .where((where) =>
      where.or([
        ...reminderIds.map((id) => where('reminder_id', '=', id)),
        ...newsIds.map((id) => where('news_id', '=', id)),
      ]),
    )
    .orderBy('created_at', 'desc')
    .executeTakeFirst()
  return row?.tag ?? null
}

/**
 * A reminder is told once more, under the same tag: no device counts as told.
 *
 * @param before - what is told from this moment on counts
 */
export async function forgetTold(
  reminderId: ReminderId,
  within: Database,
  before: UnixMs = Infinity,
): Promise<void> {
  await within
    .updateTable('push_notices')
    .set({ state: 'failed' })
    .where('reminder_id', '=', reminderId)
    .where('created_at', '<', before)
    .execute()
}
