import {
  CHECK_CODES,
  diagnose,
  isRelayAtFault,
  type CheckActor,
  type CheckArea,
  type CheckCode,
  type TechReport,
} from '@naervaer/shared'

/** Which sentences belong to what was found: those of a code, or of one of its kinds. */
export type FindingKind =
  CheckCode | 'M2silent' | 'N1captive' | 'N3server' | 'B2refused' | 'dark' | 'noSound'

/** Something that is wrong, as it is told to the person. */
export interface Finding {
  readonly kind: FindingKind
  /** Null for what a hand puts right and nobody needs a code for. */
  readonly code: CheckCode | null
  readonly actor: CheckActor
  /** Calls work all the same: it is told calmly, and the step is said to work. */
  readonly isMinor: boolean
}

/** What is tried, one after the other. */
export const CHECK_STEPS = ['camera', 'microphone', 'sound', 'line', 'notification'] as const
export type CheckStep = (typeof CHECK_STEPS)[number]

const STEP_OF: Readonly<Record<CheckArea, CheckStep | null>> = {
  camera: 'camera',
  microphone: 'microphone',
  network: 'line',
  server: 'line',
  clock: 'line',
  notification: 'notification',
  // Said before anything is tried.
  browser: null,
}

/** Who holds the device: nobody but citizens is ever notified of a ring. */
export interface Viewer {
  readonly isCitizen: boolean
}

/** The first thing that is wrong at a step; null where all is well or not tried. */
export function findFinding(
  step: CheckStep | 'browser',
  report: TechReport,
  { isCitizen }: Viewer,
): Finding | null {
  if (step === 'notification' && !isCitizen) return null
  if (step === 'sound') return report.sound === 'notHeard' ? byHand('noSound') : null
  if (step === 'camera' && report.camera.result === 'unconfirmed') return byHand('dark')
  const code = diagnose(report).find((each) => {
    const { area } = CHECK_CODES[each]
    return step === 'browser' ? area === 'browser' : STEP_OF[area] === step
  })
  if (code === undefined) return null
  const kind = toKind(code, report)
  const { actor, severity } = CHECK_CODES[code]
  return {
    ...{ kind, code },
    // What never left us is nothing that anybody can mend at the device.
    actor: kind === 'B2refused' ? 'it' : actor,
    isMinor: severity === 'minor',
  }
}

const byHand = (kind: FindingKind): Finding => ({
  ...{ kind, code: null },
  ...{ actor: 'citizen', isMinor: false },
})

/** Which sentences belong to a code, by what else the report says. */
export function toKind(code: CheckCode, report: TechReport): FindingKind {
  if (code === 'M2' && report.microphone.result === 'unconfirmed') return 'M2silent'
  if (code === 'N1' && report.line.http.state === 'strange') return 'N1captive'
  if (code === 'N3' && isRelayAtFault(report)) return 'N3server'
  if (code === 'B2' && report.push.trial.state === 'refused') return 'B2refused'
  return code
}

/** Whether a step has been tried, and so can be said to work. */
export function isTried(step: CheckStep, report: TechReport, { isCitizen }: Viewer): boolean {
  switch (step) {
    case 'camera':
      return report.camera.result !== 'notTried'
    case 'microphone':
      return report.microphone.result !== 'notTried'
    case 'sound':
      return report.sound !== 'notTried'
    case 'line':
      return isLineTried(report)
    case 'notification':
      return !isCitizen || report.push.trial.state !== 'notTried'
  }
}

/** Where the server is reached the relay belongs to it, unless there is none. */
function isLineTried({ line, relay }: TechReport): boolean {
  if (line.http.state !== 'ok') return line.http.state !== 'notTried'
  const ways = [relay.udp, relay.tcp, relay.tls]
  // One that is open is tried there and back; no credentials may have been given, or no relay for now.
  if (ways.some(({ state }) => state === 'ok')) return relay.loop.state !== 'notTried'
  return ways.every(({ state }) => state !== 'notTried')
}
