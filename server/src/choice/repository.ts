import type {
  ChoiceLanguage,
  ChoicePurpose,
  ChoiceStepKind,
  DeviceId,
  PersonId,
  Role,
  UnixMs,
} from '@naervaer/shared'
import type { Database } from '../database/open.ts'
import { newId } from '../new-id.ts'

/** One step as it is kept: what was said, to which text, who asked, and who says so. */
export interface StoredStep {
  readonly kind: ChoiceStepKind
  readonly at: UnixMs
  readonly until: UnixMs | null
  /** The text that was shown or read aloud; null where there was none. */
  readonly textVersion: number | null
  readonly language: ChoiceLanguage | null
  /** Whose question it is or answers; null for what nobody asked about. */
  readonly askedBy: PersonId | null
  readonly askedRole: Extract<Role, 'citizen' | 'worker' | 'leader' | 'authority'> | null
  /** The citizen's own device; null where it was spoken. */
  readonly saidOnDevice: DeviceId | null
  /** The member of staff who heard it; null where the citizen said it here. */
  readonly heardBy: PersonId | null
}

export type ChoiceRepository = ReturnType<typeof makeChoiceRepository>

/** The steps in SQL. There is nothing in here that changes or removes one; retention removes old ones. */
export function makeChoiceRepository(database: Database) {
  const loadOf = async (
    where: Database,
    citizenIds: readonly PersonId[],
    purpose: ChoicePurpose,
  ): Promise<Map<PersonId, StoredStep[]>> => {
    if (citizenIds.length === 0) return new Map()
    const rows = await where
      .selectFrom('choice_steps')
      .selectAll()
      .where('citizen_id', 'in', [...citizenIds])
      .where('purpose', '=', purpose)
      .orderBy('citizen_id')
      .orderBy('number')
      .execute()
    const steps = new Map<PersonId, StoredStep[]>()
    for (const row of rows) {
      const own = steps.get(row.citizen_id) ?? []
      own.push({
        kind: row.kind,
        at: row.at,
        until: row.until_at,
        textVersion: row.text_version,
        language: row.language,
        askedBy: row.asked_by,
        askedRole: row.asked_role,
        saidOnDevice: row.said_on_device,
        heardBy: row.heard_by,
      })
      steps.set(row.citizen_id, own)
    }
    return steps
  }

  /** Old steps may have been removed: their numbers are not used again while newer ones stand. */
  const nextNumber = async (where: Database, citizenId: PersonId, purpose: ChoicePurpose) => {
    const { last } = await where
      .selectFrom('choice_steps')
      .select((step) => step.fn.max('number').as('last'))
      .where('citizen_id', '=', citizenId)
      .where('purpose', '=', purpose)
      .executeTakeFirstOrThrow()
    return ((last as number | null) ?? 0) + 1
  }

  return {
    /** The histories of several citizens, oldest step first; nothing for those who have none. */
    loadSteps: (citizenIds: readonly PersonId[], purpose: ChoicePurpose) =>
      loadOf(database, citizenIds, purpose),

    /**
     * Adds the step that `decide` makes of the history so far, as one transaction.
     *
     * @param alongside - what is written in the same transaction: both happen or neither
     * @returns the step, or null where there is nothing to add
     */
    async addStep(
      citizenId: PersonId,
      purpose: ChoicePurpose,
      decide: (steps: readonly StoredStep[]) => StoredStep | null,
      alongside: (step: StoredStep, transaction: Database) => Promise<void> = () =>
        Promise.resolve(),
    ): Promise<StoredStep | null> {
      return database.transaction().execute(async (transaction) => {
        const steps = (await loadOf(transaction, [citizenId], purpose)).get(citizenId) ?? []
        const step = decide(steps)
        if (step === null) return null
        await transaction
          .insertInto('choice_steps')
          .values({
            id: newId<string>(),
            citizen_id: citizenId,
            purpose,
            number: await nextNumber(transaction, citizenId, purpose),
            kind: step.kind,
            at: step.at,
            until_at: step.until,
            text_version: step.textVersion,
            language: step.language,
            asked_by: step.askedBy,
            asked_role: step.askedRole,
            said_on_device: step.saidOnDevice,
            heard_by: step.heardBy,
          })
          .execute()
        await alongside(step, transaction)
        return step
      })
    },

    /** Everybody whose last step is a stop. */
    async loadWithdrawn(): Promise<PersonId[]> {
      const rows = await database
        .selectFrom('choice_steps as step')
        .select('step.citizen_id')
        .where('step.purpose', '=', 'video')
        .where('step.kind', '=', 'withdrawn')
        .where((where) =>
          where.not(
            where.exists(
              where
                .selectFrom('choice_steps as later')
                .select('later.id')
                .whereRef('later.citizen_id', '=', 'step.citizen_id')
                .whereRef('later.purpose', '=', 'step.purpose')
                .whereRef('later.number', '>', 'step.number'),
            ),
          ),
        )
        .execute()
      return rows.map((row) => row.citizen_id)
    },

    /** Everybody with a pause that is not over by its date. It may have been ended by hand since. */
    async loadPausing(now: UnixMs): Promise<PersonId[]> {
      const rows = await database
        .selectFrom('choice_steps')
        .select('citizen_id')
        .distinct()
        .where('kind', '=', 'paused')
        .where('until_at', '>', now)
        .execute()
      return rows.map((row) => row.citizen_id)
    },
  }
}
