import { findBuild, type Probe, type TechReport } from '@naervaer/shared'
import { guessKind } from '../services/device/device-kind.ts'
import { isInstalled } from '../services/install-way.ts'
import { listMissing, readBrowser } from './browser.ts'

const NOT_TRIED: Probe = { state: 'notTried', ms: null }

/** A report of a device on which nothing has been tried yet. */
export function makeEmptyReport(): TechReport {
  const scripts = document.querySelectorAll<HTMLScriptElement>('script[type="module"][src]')
  return {
    build: findBuild([...scripts].map(({ src }) => src).join(' ')),
    serviceWorker: { state: 'unknown', build: null },
    device: {
      kind: guessKind(),
      ...readBrowser(navigator),
      isInstalled: isInstalled(),
      canKeepAwake: 'wakeLock' in navigator,
      missing: listMissing(),
    },
    permissions: { camera: 'unknown', microphone: 'unknown', notifications: 'unknown' },
    inputs: { cameras: null, microphones: null },
    camera: { result: 'notTried', error: null },
    microphone: { result: 'notTried', error: null },
    sound: 'notTried',
    line: {
      isOnline: navigator.onLine,
      type: 'unknown',
      http: NOT_TRIED,
      socket: NOT_TRIED,
      socketCloseCode: null,
      clockSkewS: null,
      isProxySeen: null,
      certificateDays: null,
    },
    relay: {
      ...{ udp: NOT_TRIED, tcp: NOT_TRIED, tls: NOT_TRIED },
      loop: NOT_TRIED,
      candidateTypes: [],
    },
    storage: { isPersisted: null, freeMb: null },
    push: { isSubscribed: null, service: null, trial: NOT_TRIED },
    lastCall: null,
  }
}
