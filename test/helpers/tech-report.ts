import type { DeviceNote, TechReport } from '@naervaer/shared'

/** A report of a phone on which everything works, with what a test changes. */
export function makeReport(change: Partial<TechReport> = {}): TechReport {
  const ok = { state: 'ok', ms: 40 } as const
  return {
    build: null,
    serviceWorker: { state: 'active', build: null },
    device: {
      kind: 'androidPhone',
      system: 'android',
      systemVersion: '14',
      browser: 'chrome',
      browserVersion: '138.0',
      isInstalled: true,
      canKeepAwake: true,
      missing: [],
    },
    permissions: { camera: 'granted', microphone: 'granted', notifications: 'granted' },
    inputs: { cameras: 2, microphones: 1 },
    camera: { result: 'ok', error: null },
    microphone: { result: 'ok', error: null },
    sound: 'heard',
    line: {
      isOnline: true,
      type: '4g',
      http: ok,
      socket: ok,
      socketCloseCode: null,
      clockSkewS: 0,
      isProxySeen: false,
      certificateDays: null,
    },
    relay: {
      udp: ok,
      tcp: ok,
      tls: { state: 'absent', ms: null },
      loop: ok,
      candidateTypes: ['relay'],
    },
    storage: { isPersisted: true, freeMb: 2_000 },
    push: { isSubscribed: false, service: null, trial: { state: 'notTried', ms: null } },
    lastCall: null,
    ...change,
  }
}

/** What the same phone tells of itself when its page is opened, with what a test changes. */
export function makeDeviceNote(change: Partial<DeviceNote> = {}): DeviceNote {
  const { device, line, permissions } = makeReport()
  const { system, systemVersion, browser, browserVersion, isInstalled } = device
  return {
    ...{ occasion: 'opened', isWell: false, codes: [] },
    state: {
      ...{ build: 'abcdef12', system, systemVersion, browser, browserVersion, isInstalled },
      ...{ line: line.type, permissions },
    },
    ...change,
  }
}
