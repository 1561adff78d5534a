import {
  ChecklistReplySchema,
  NewReportReplySchema,
  StoredReportSchema,
  type ChecklistReply,
  type CheckResult,
  type NewReportReply,
  type PersonId,
  type StoredReport,
  type TechReport,
} from '@naervaer/shared'
import { read, send } from '../services/http-request.ts'
import { makeCheck } from '../services/socket/check.ts'

const isNewReport = makeCheck(NewReportReplySchema)
const isStoredReport = makeCheck(StoredReportSchema)
const isChecklist = makeCheck(ChecklistReplySchema)

/** Leaves a report with the server, which answers with its code. Rejects as `send` does. */
export async function sendReport(report: TechReport): Promise<NewReportReply> {
  return read(await send('POST', '/api/check/reports', report), isNewReport)
}

/** For IT: what lies behind a code that was read aloud. Rejects as `send` does. */
export async function fetchReport(code: string): Promise<StoredReport> {
  return read(await send('GET', `/api/it/reports/${code}`), isStoredReport)
}

/** For the list of a home visit: what this device has found of itself. Rejects as `send` does. */
export async function tellResult(result: CheckResult): Promise<void> {
  await send('POST', '/api/check/results', result)
}

/** For a worker: what the devices of one of their citizens have shown. Rejects as `send` does. */
export async function fetchChecklist(citizenId: PersonId): Promise<ChecklistReply> {
  return read(await send('GET', `/api/citizens/${citizenId}/checklist`), isChecklist)
}
