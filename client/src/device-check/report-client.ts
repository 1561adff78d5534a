import {
  ChecklistReplySchema,
  LastCallReplySchema,
  NewReportReplySchema,
  OwnPseudonymReplySchema,
  StoredReportSchema,
  WakeReplySchema,
  type ChecklistReply,
  type CheckResult,
  type DeviceId,
  type DeviceNote,
  type LastCallReply,
  type NewReportReply,
  type PersonId,
  type StoredReport,
  type TechReport,
  type WakeState,
} from '@naervaer/shared'
import { read, send } from '../services/http-request.ts'
import { makeCheck } from '../services/socket/check.ts'

const isNewReport = makeCheck(NewReportReplySchema)
const isStoredReport = makeCheck(StoredReportSchema)
const isLastCall = makeCheck(LastCallReplySchema)
const isWakeReply = makeCheck(WakeReplySchema)
const isOwnPseudonym = makeCheck(OwnPseudonymReplySchema)
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

/** For the help desk: how this device stands. Rejects as `send` does. */
export async function tellDeviceNote(note: DeviceNote): Promise<void> {
  await send('POST', '/api/check/state', note)
}

/** Under which name IT knows whoever is signed in. Rejects as `send` does. */
export async function fetchOwnPseudonym(): Promise<string> {
  return (await read(await send('GET', '/api/own/pseudonym'), isOwnPseudonym)).code
}

/** For a worker: what the devices of one of their citizens have shown. Rejects as `send` does. */
export async function fetchChecklist(citizenId: PersonId): Promise<ChecklistReply> {
  return read(await send('GET', `/api/citizens/${citizenId}/checklist`), isChecklist)
}

/** For a worker: sends a notice to a device whose app is closed. Rejects as `send` does. */
export async function wakeDevice(citizenId: PersonId, deviceId: DeviceId): Promise<WakeState> {
  const path = `/api/citizens/${citizenId}/devices/${deviceId}/notice`
  return (await read(await send('POST', path), isWakeReply)).state
}

/** How the own last call ended. Rejects as `send` does. */
export async function fetchLastCall(): Promise<LastCallReply['last']> {
  return (await read(await send('GET', '/api/own/last-call'), isLastCall)).last
}
