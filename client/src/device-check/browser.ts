import type { BrowserName, NeededFeature, SystemName } from '@naervaer/shared'

/** Which browser this is, as far as the report and the words about mending need it. */
export interface BrowserFacts {
  readonly browser: BrowserName
  /** As in "138.0"; null where it does not say. */
  readonly browserVersion: string | null
  readonly system: SystemName
  readonly systemVersion: string | null
}

/** The first that fits: all of them say of themselves that they are Safari, and most that they are Chrome. */
const BROWSER_MARKS: readonly (readonly [BrowserName, RegExp])[] = [
  ['edge', /Edg(?:e|A|iOS)?\/(\d+(?:\.\d+)?)/],
  ['samsung', /SamsungBrowser\/(\d+(?:\.\d+)?)/],
  ['opera', /OPR\/(\d+(?:\.\d+)?)/],
  ['firefox', /(?:Firefox|FxiOS)\/(\d+(?:\.\d+)?)/],
  ['chrome', /(?:Chrome|CriOS)\/(\d+(?:\.\d+)?)/],
  ['safari', /Version\/(\d+(?:\.\d+)?).*Safari/],
]

const SYSTEM_MARKS: readonly (readonly [SystemName, RegExp])[] = [
  ['ios', /(?:iPhone|iPad).*? OS (\d+(?:_\d+)?)/],
  ['android', /Android (\d+(?:\.\d+)?)/],
  ['windows', /Windows NT (\d+(?:\.\d+)?)/],
  ['chromeos', /CrOS \w+ (\d+(?:\.\d+)?)/],
  ['mac', /Mac OS X (\d+(?:[._]\d+)?)/],
  ['linux', /Linux()/],
]

/** Reads what a browser says that it is. An iPad says that it is a Mac, which has no touch screen. */
export function readBrowser({
  userAgent,
  maxTouchPoints,
}: Pick<Navigator, 'userAgent' | 'maxTouchPoints'>): BrowserFacts {
  const [browser, browserVersion] = find(BROWSER_MARKS, userAgent)
  const [system, systemVersion] = find(SYSTEM_MARKS, userAgent)
  const isPad = system === 'mac' && maxTouchPoints > 1
  return {
    ...{ browser, browserVersion },
    system: isPad ? 'ios' : system,
    systemVersion: isPad ? null : systemVersion,
  }
}

function find<Name extends string>(
  marks: readonly (readonly [Name, RegExp])[],
  text: string,
): [Name | 'other', string | null] {
  for (const [name, mark] of marks) {
    const found = mark.exec(text)
    if (found === null) continue
    const version = (found[1] ?? '').replace('_', '.').slice(0, 8)
    return [name, /^\d{1,4}(\.\d{1,3})?$/.test(version) ? version : null]
  }
  return ['other', null]
}

/** Where a permission that was refused is given after all: each browser has its own place for it. */
export type MendWay =
  | 'iosApp'
  | 'iosSafari'
  | 'iosOther'
  | 'androidApp'
  | 'androidChrome'
  | 'androidSamsung'
  | 'androidFirefox'
  | 'deskChrome'
  | 'deskEdge'
  | 'deskFirefox'
  | 'deskSafari'
  | 'other'

/** The place in this very browser. */
export function findMendWay({ browser, system }: BrowserFacts, isInstalled: boolean): MendWay {
  if (system === 'ios') {
    if (isInstalled) return 'iosApp'
    return browser === 'safari' ? 'iosSafari' : 'iosOther'
  }
  if (system === 'android') {
    if (browser === 'samsung') return 'androidSamsung'
    if (browser === 'firefox') return 'androidFirefox'
    return isInstalled ? 'androidApp' : 'androidChrome'
  }
  switch (browser) {
    case 'edge':
      return 'deskEdge'
    case 'firefox':
      return 'deskFirefox'
    case 'safari':
      return 'deskSafari'
    case 'chrome':
    case 'opera':
      return 'deskChrome'
    case 'samsung':
    case 'other':
      return 'other'
  }
}

/** What this browser lacks for a call. */
export function listMissing(scope: Window & typeof globalThis = window): NeededFeature[] {
  const { navigator } = scope
  // Absent in old browsers and outside secure pages, whatever the DOM types say.
  const devices = navigator.mediaDevices as Partial<MediaDevices> | undefined
  const connection = Reflect.get(scope, 'RTCPeerConnection') as
    { readonly prototype: object } | undefined
  const missing: Record<NeededFeature, boolean> = {
    mediaDevices: typeof devices?.getUserMedia !== 'function',
    peerConnection: connection === undefined,
    dataChannel: connection !== undefined && !('createDataChannel' in connection.prototype),
    webSocket: !('WebSocket' in scope),
    audioContext: !('AudioContext' in scope),
    cryptoKeys: (scope.crypto as Partial<Crypto> | undefined)?.subtle === undefined,
  }
  return (Object.keys(missing) as NeededFeature[]).filter((feature) => missing[feature])
}
