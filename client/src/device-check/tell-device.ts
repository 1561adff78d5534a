import type { DeviceCondition, TechReport } from '@naervaer/shared'
import type { CallControl } from '../call/call-snapshot.ts'
import { makeEmptyReport } from './empty-report.ts'
import { tellDeviceNote } from './report-client.ts'
import { readSurroundings } from './surroundings.ts'

/** What of a report is kept of a paired device, for the day on which it works no more. */
export function toCondition({ build, device, line, permissions }: TechReport): DeviceCondition {
  const { system, systemVersion, browser, browserVersion, isInstalled } = device
  return {
    ...{ build, system, systemVersion, browser, browserVersion, isInstalled },
    ...{ line: line.type, permissions },
  }
}

/**
 * Tells the help desk how this paired device stands: when its page has been opened, and once for each talk
 * that is connected, which shows that all of it works. What does not get there is told the next time.
 */
export function tellDevice({ calls }: { readonly calls: Pick<CallControl, 'snapshot'> }): void {
  void tell(false)
  let connected: string | null = null
  const follow = () => {
    const { call, phase } = calls.snapshot.value
    if (phase !== 'talking' || call?.state !== 'connected' || call.id === connected) return
    connected = call.id
    void tell(true)
  }
  calls.snapshot.subscribe(follow)
  follow()
}

async function tell(isConnected: boolean): Promise<void> {
  if (!navigator.onLine) return
  const { lineType, permissions } = await readSurroundings()
  const report = makeEmptyReport()
  const state = toCondition({ ...report, permissions, line: { ...report.line, type: lineType } })
  const occasion = isConnected ? 'connected' : 'opened'
  await tellDeviceNote({ occasion, isWell: isConnected, codes: [], state }).catch(() => undefined)
}
