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

/** The first thing that is wrong at a step; null where all is well or not tried. */
export function findFinding(step: CheckStep | 'browser', report: TechReport): Finding | null {
  if (step === 'sound') return report.sound === 'notHeard' ? byHand('noSound') : null
  if (step === 'camera' && report.camera.result === 'unconfirmed') return byHand('dark')
  const code = diagnose(report).find((each) => {
    const { area } = CHECK_CODES[each]
    return step === 'browser' ? area === 'browser' : STEP_OF[area] === step
  })
  if (code === undefined) return null
  const kind = toKind(code, report)
  // What never left us is nothing that anybody can mend at the device.
  return { kind, code, actor: kind === 'B2refused' ? 'it' : CHECK_CODES[code].actor }
}

const byHand = (kind: FindingKind): Finding => ({ kind, code: null, actor: 'citizen' })

/** Which sentences belong to a code, by what else the report says. */
export function toKind(code: CheckCode, report: TechReport): FindingKind {
  if (code === 'M2' && report.microphone.result === 'unconfirmed') return 'M2silent'
  if (code === 'N1' && report.line.http.state === 'strange') return 'N1captive'
  if (code === 'N3' && isRelayAtFault(report)) return 'N3server'
  if (code === 'B2' && report.push.trial.state === 'refused') return 'B2refused'
  return code
}

/** Whether a step has been tried, and so can be said to work. */
export function isTried(step: CheckStep, { camera, microphone, sound, line }: TechReport): boolean {
  switch (step) {
    case 'camera':
      return camera.result !== 'notTried'
    case 'microphone':
      return microphone.result !== 'notTried'
    case 'sound':
      return sound !== 'notTried'
    case 'line':
      return line.http.state !== 'notTried'
    case 'notification':
      // Only looked at.
      return true
  }
}
