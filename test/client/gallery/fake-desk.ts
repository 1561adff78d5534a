import type {
  ChecklistReply,
  DeviceCondition,
  DeviceId,
  ItCall,
  ItDevice,
  ItDeviceReply,
  ItDevicesReply,
} from '@naervaer/shared'
import { CHECKLIST } from './fake-check.ts'

/** 23 November 2026, 9.00 in Copenhagen. */
const AT = Date.UTC(2026, 10, 23, 8)
const DAY_MS = 24 * 3_600_000

const STATE: DeviceCondition = {
  ...{ build: 'abcdef12', system: 'ios', systemVersion: '18.2', browser: 'safari' },
  ...{ browserVersion: '18.2', isInstalled: true, line: '4g' },
  permissions: { camera: 'granted', microphone: 'granted', notifications: 'granted' },
}

const GOOD_CALL: ItCall = {
  ...{ day: '2026-11-16', outcome: 'completed', path: 'srflx', protocol: 'udp' },
  ...{ rttMs: 40, lossPercent: 0, jitterMs: 5, freezes: 0 },
}
const BAD_CALL: ItCall = {
  ...{ day: '2026-11-22', outcome: 'dropped', path: 'relay', protocol: 'tcp' },
  ...{ rttMs: 310, lossPercent: 8, jitterMs: 60, freezes: 4 },
}

const device = (n: number, code: string, change: Partial<ItDevice>): ItDevice => ({
  id: `00000000-0000-7000-8000-0000000001${String(n).padStart(2, '0')}` as DeviceId,
  ...{ code, kind: 'ipad', pairedAt: AT - 60 * DAY_MS, seenAt: AT - n * 3_600_000 },
  ...{ isConnected: false, last: null, isBuildCurrent: null, test: null, push: null },
  lastCall: null,
  ...change,
})

const DENIED = { ...STATE.permissions, camera: 'denied' as const }

const FAULTY = device(1, '4F2A', {
  isConnected: true,
  last: {
    day: '2026-11-23',
    state: { ...STATE, build: 'zyxwvu98', systemVersion: '18.3', permissions: DENIED },
  },
  isBuildCurrent: true,
  test: { at: AT, codes: ['K1', 'N2'] },
  push: { provenAt: AT - DAY_MS },
  lastCall: BAD_CALL,
})

/** What the help desk has on its list. */
export const DESK_DEVICES: ItDevicesReply = {
  devices: [
    FAULTY,
    device(2, '91C0', {
      kind: 'androidPhone',
      last: {
        day: '2026-11-20',
        state: { ...STATE, system: 'android', systemVersion: '14', browser: 'samsung' },
      },
      isBuildCurrent: false,
      test: { at: AT - 3 * DAY_MS, codes: [] },
      push: { provenAt: null },
      lastCall: GOOD_CALL,
    }),
    device(3, 'C20E', { kind: 'computer', seenAt: null }),
  ],
  total: 3,
}

// The list of a visit has one device.
const [{ lines }] = CHECKLIST.devices as [ChecklistReply['devices'][number]]

/** One of them, with what it was like when it worked. */
export const DESK_DEVICE: ItDeviceReply = {
  device: FAULTY,
  well: { day: '2026-11-16', state: STATE },
  wellCall: GOOD_CALL,
  lines,
}
