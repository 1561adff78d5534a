import type { ChecklistReply, NewReportReply, PairedDevice, StoredReport } from '@naervaer/shared'
import { makeReport } from '../../helpers/tech-report.ts'

/** 23 November 2026, 9.00 in Copenhagen. */
const AT = Date.UTC(2026, 10, 23, 8)
const DAY_MS = 24 * 3_600_000
const FAILED = { state: 'failed', ms: null } as const

export const NEW_REPORT: NewReportReply = { code: 'F7K3', expiresAt: AT + DAY_MS }

const REPORT = makeReport({ camera: { result: 'refused', error: 'NotAllowedError' } })

/** What IT finds behind the code. */
export const STORED_REPORT: StoredReport = {
  ...NEW_REPORT,
  createdAt: AT,
  findings: ['K1', 'N2'],
  isBuildCurrent: true,
  report: { ...REPORT, relay: { ...REPORT.relay, udp: FAILED } },
}

/** A visit that is nearly over. */
export const CHECKLIST: ChecklistReply = {
  devices: [
    {
      id: '00000000-0000-7000-8000-0000000000ab' as PairedDevice['id'],
      kind: 'ipad',
      pairedAt: AT,
      lines: {
        installed: { isOk: true, at: AT + 60_000 },
        camera: { isOk: true, at: AT + 120_000 },
        microphone: { isOk: false, at: AT + 180_000 },
        sound: { isOk: true, at: AT + 200_000 },
        relay: { isOk: null, at: null },
        woken: { isOk: true, at: AT + 240_000 },
      },
    },
  ],
}
