/** Who can mend what a code says. */
export const CHECK_ACTORS = ['citizen', 'worker', 'it'] as const
export type CheckActor = (typeof CHECK_ACTORS)[number]

/** Which part of the way a code is about. */
export type CheckArea =
  'camera' | 'microphone' | 'network' | 'notification' | 'browser' | 'server' | 'clock'

/** What a code means for calls: one that is `minor` is told and looked at, and calls work all the same. */
export type CheckSeverity = 'major' | 'minor'

/**
 * The codes that "Prøv din telefon" prints, with who acts first. Each has a page in `docs/codes`: what
 * the supporter says, what the citizen sees, what IT looks at. Codes are stable and never used again.
 */
export const CHECK_CODES = {
  /** The camera is refused. */
  K1: { area: 'camera', actor: 'citizen', severity: 'major' },
  /** Something else uses the camera. */
  K2: { area: 'camera', actor: 'citizen', severity: 'major' },
  /** There is no camera. */
  K3: { area: 'camera', actor: 'worker', severity: 'major' },
  /** The microphone is refused. */
  M1: { area: 'microphone', actor: 'citizen', severity: 'major' },
  /** Something else uses the microphone, or it is muted. */
  M2: { area: 'microphone', actor: 'citizen', severity: 'major' },
  /** There is no microphone. */
  M3: { area: 'microphone', actor: 'worker', severity: 'major' },
  /** There is no network, or one that wants a sign-in first. */
  N1: { area: 'network', actor: 'citizen', severity: 'major' },
  /** UDP does not reach TURN; TCP or TLS does. */
  N2: { area: 'network', actor: 'it', severity: 'minor' },
  /** Nothing reaches TURN, or TURN refuses. */
  N3: { area: 'network', actor: 'it', severity: 'major' },
  /** The WebSocket does not open. */
  N4: { area: 'network', actor: 'it', severity: 'major' },
  /** Notifications are refused. */
  B1: { area: 'notification', actor: 'citizen', severity: 'major' },
  /** Notifications are allowed, and none arrives. */
  B2: { area: 'notification', actor: 'citizen', severity: 'major' },
  /** The browser is too old. */
  V1: { area: 'browser', actor: 'worker', severity: 'major' },
  /** The server answers with an error. */
  S1: { area: 'server', actor: 'it', severity: 'major' },
  /** The server's certificate ends within days, or has ended. */
  S2: { area: 'server', actor: 'it', severity: 'minor' },
  /** The device's clock is wrong. */
  U1: { area: 'clock', actor: 'citizen', severity: 'major' },
} as const satisfies Record<
  string,
  { readonly area: CheckArea; readonly actor: CheckActor; readonly severity: CheckSeverity }
>

export type CheckCode = keyof typeof CHECK_CODES

/** All codes, as they stand in the table. */
// The keys of the table are the codes, and nothing else is in it.
export const CHECK_CODE_NAMES = Object.keys(CHECK_CODES) as CheckCode[]
