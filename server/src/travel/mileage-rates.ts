import type { MileageRate } from '@naervaer/shared'
import type { Audit } from '../audit/audit.ts'
import type { Database } from '../database/open.ts'

export interface MileageRatesOptions {
  readonly database: Database
  readonly audit: Pick<Audit, 'record'>
}

/** What a kilometre is paid with, by the day from which it is. Changed on the command line. */
export class MileageRates {
  readonly #options: MileageRatesOptions

  constructor(options: MileageRatesOptions) {
    this.#options = options
  }

  /** The oldest first. */
  async list(): Promise<MileageRate[]> {
    const rows = await this.#options.database
      .selectFrom('mileage_rates')
      .selectAll()
      .orderBy('valid_from')
      .execute()
    return rows.map(({ valid_from, ore_per_km }) => ({
      validFrom: valid_from,
      orePerKm: ore_per_km,
    }))
  }

  /** @returns whether there was none from that day before; one that is there is not changed */
  add({ validFrom, orePerKm }: MileageRate): Promise<boolean> {
    return this.#record('rate.added', validFrom, async (transaction) => {
      const added = await transaction
        .insertInto('mileage_rates')
        .values({ valid_from: validFrom, ore_per_km: orePerKm })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return added.numInsertedOrUpdatedRows === 1n
    })
  }

  /** @returns whether there was one from that day */
  remove(validFrom: string): Promise<boolean> {
    return this.#record('rate.removed', validFrom, async (transaction) => {
      const removed = await transaction
        .deleteFrom('mileage_rates')
        .where('valid_from', '=', validFrom)
        .executeTakeFirst()
      return removed.numDeletedRows === 1n
    })
  }

  /** What has been done leaves a line, in the same transaction. */
  #record(
    action: 'rate.added' | 'rate.removed',
    validFrom: string,
    work: (transaction: Database) => Promise<boolean>,
  ): Promise<boolean> {
    const { database, audit } = this.#options
    return database.transaction().execute(async (transaction) => {
      if (!(await work(transaction))) return false
      const event = { action, actor: { kind: 'cli' }, subjectId: null } as const
      await audit.record({ ...event, details: { kind: validFrom } }, transaction)
      return true
    })
  }
}
