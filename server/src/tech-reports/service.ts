import { randomInt } from 'node:crypto'
import {
  diagnose,
  NaervaerError,
  SUPPORT_CODE_LENGTH,
  SUPPORT_CODE_LIFE_MS,
  SUPPORT_CODE_SIGNS,
  type AuditActor,
  type NewReportReply,
  type StoredReport,
  type TechReport,
} from '@naervaer/shared'
import type { Audit } from '../audit/audit.ts'
import type { Database } from '../database/open.ts'
import type { Clock } from '../plugins/clock.ts'
import { makeTechReportsRepository } from './repository.ts'

/** Of the 194,481 codes there are: so few that a free one is found at once, and so many that nobody waits. */
export const MAX_REPORTS = 20_000

/** With a tenth of all codes in use, so many attempts fail together once in 10^20 reports. */
const MAX_ATTEMPTS = 20

export interface TechReportsOptions {
  readonly database: Database
  readonly clock: Clock
  readonly audit: Pick<Audit, 'record'>
  /** The client that the server has now; null where there is none. */
  readonly build: string | null
}

/** Technical reports and the support codes that open them, for a day each. */
export class TechReports {
  readonly #options: TechReportsOptions

  constructor(options: TechReportsOptions) {
    this.#options = options
  }

  /** @throws NaervaerError RATE_LIMITED while there are too many */
  async add(report: TechReport): Promise<NewReportReply> {
    const createdAt = this.#options.clock.now()
    const expiresAt = createdAt + SUPPORT_CODE_LIFE_MS
    await this.forgetOld()
    if ((await this.#repository.count()) >= MAX_REPORTS) throw new NaervaerError('RATE_LIMITED')
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const code = makeSupportCode()
      const row = { code, report: JSON.stringify(report), createdAt, expiresAt }
      if (await this.#repository.add(row)) return { code, expiresAt }
    }
    throw new NaervaerError('RATE_LIMITED')
  }

  /**
   * Opens a report, which leaves a line in the audit log. Whose it is is not known.
   *
   * @throws NaervaerError REPORT_NOT_FOUND, also for one that has expired
   */
  async open(code: string, actor: AuditActor): Promise<StoredReport> {
    const { clock, audit, build } = this.#options
    const row = await this.#repository.find(code, clock.now())
    if (row === null) throw new NaervaerError('REPORT_NOT_FOUND')
    await audit.record({ action: 'report.read', actor, subjectId: null })
    // Checked against its schema before it was written.
    const report = JSON.parse(row.report) as TechReport
    const { createdAt, expiresAt } = row
    const isBuildCurrent = report.build === null || build === null ? null : report.build === build
    return { code, createdAt, expiresAt, findings: diagnose(report), isBuildCurrent, report }
  }

  forgetOld(): Promise<void> {
    return this.#repository.forget(this.#options.clock.now())
  }

  get #repository() {
    return makeTechReportsRepository(this.#options.database)
  }
}

function makeSupportCode(): string {
  const signs = Array.from(
    { length: SUPPORT_CODE_LENGTH },
    () => SUPPORT_CODE_SIGNS[randomInt(SUPPORT_CODE_SIGNS.length)],
  )
  return signs.join('')
}
