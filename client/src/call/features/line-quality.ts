import type { DurationMs } from '@naervaer/shared'

/** One size of the own picture, and what it needs of the line. */
export interface PictureStep {
  /** The shorter side of the picture, in pixels. */
  readonly height: number
  /** With less than this it is better made smaller, in bits per second. */
  readonly fromBps: number
  readonly maxBps: number
}

/** The smallest is at least QVGA (EN 301 549 clause 6.5.2): what is thinner carries sound only. */
export const PICTURE_STEPS: readonly PictureStep[] = [
  { height: 720, fromBps: 600_000, maxBps: 1_800_000 },
  { height: 480, fromBps: 350_000, maxBps: 800_000 },
  { height: 360, fromBps: 200_000, maxBps: 450_000 },
  { height: 240, fromBps: 90_000, maxBps: 200_000 },
]

/** The step below the smallest picture. */
export const SOUND_ONLY = PICTURE_STEPS.length
const SMALLEST = SOUND_ONLY - 1

/** From this step on a person sees that the picture is not what it was. */
const VISIBLY_SMALL = 2

/** Frames for gestures and lip reading (EN 301 549 clause 6.5.3): size is given up before they are. */
export const LEAST_FRAMES_PER_SECOND = 20

const BAD_LOSS = 0.12
const GOOD_LOSS = 0.08
/** Nothing but sound gets through this. */
const TERRIBLE_LOSS = 0.3
/** Queues on the way are full. */
const BAD_RTT_MS: DurationMs = 1_000
const GOOD_RTT_MS: DurationMs = 700
/** How much one look counts in the mean loss: single reports of few packets jump. */
const LOSS_WEIGHT = 0.3

/**
 * Bad for this long, and a step is taken. Longer before the picture goes altogether: the browser needs some
 * seconds to find what a line that has broken in still carries.
 */
const BAD_FOR_MS: DurationMs = 2_000
const BAD_FOR_SOUND_ONLY_MS: DurationMs = 8_000
/** After a step the browser's own estimate must settle. */
const SETTLE_MS: DurationMs = 4_000
/** At the beginning it feels its way up from little. */
const FIRST_SETTLE_MS: DurationMs = 10_000

/** Before a larger picture is tried. After a try that failed twice as long, so that it does not flap. */
const FIRST_WAIT_MS: DurationMs = 8_000
const LONGEST_WAIT_MS: DurationMs = 120_000
/** A larger picture that held this long was no mistake, and has not failed when it goes later. */
const HELD_MS: DurationMs = 30_000

/** What is known of the line at one moment; null where the browser does not say. */
export interface LineSample {
  /** By a clock that only goes forward. */
  readonly atMs: number
  /** Of what was sent, as the other side counts it, from 0 to 1. */
  readonly lossShare: number | null
  readonly rttMs: DurationMs | null
  /** What the browser believes that the line can carry. */
  readonly availableBps: number | null
  /** Of the picture that is sent; null while none is. */
  readonly framesPerSecond: number | null
  /** What keeps the browser from sending the picture as it is (W3C webrtc-stats § 8.4). */
  readonly limitation: 'none' | 'bandwidth' | 'cpu' | 'other' | null
  /** A person moves; a shared screen stands still most of the time, and its frame rate says nothing. */
  readonly isMoving: boolean
}

/** What is sent of the picture, and why. */
export interface LineState {
  /** Index into `PICTURE_STEPS`, or `SOUND_ONLY`. */
  readonly step: number
  /** The device, not the line, is too slow for more. */
  readonly isForDevice: boolean
  readonly steppedAtMs: number
  /** When a larger picture was last tried. */
  readonly raisedAtMs: number
  readonly badSinceMs: number | null
  readonly goodSinceMs: number | null
  /** How long all must be good before a larger picture is tried. */
  readonly waitMs: DurationMs
  readonly lossShare: number
  /** The picture is being tried after a time without, and has not held yet: nobody is told of it before. */
  readonly isOnTrial: boolean
  /** Steps taken so far, down and up. */
  readonly steps: number
}

/** What a person is told of a line. */
export type LineLevel = 'good' | 'weak' | 'soundOnly'

export function beginLine(atMs: number): LineState {
  return {
    step: 0,
    isForDevice: false,
    steppedAtMs: atMs + FIRST_SETTLE_MS - SETTLE_MS,
    raisedAtMs: -Infinity,
    badSinceMs: null,
    goodSinceMs: null,
    waitMs: FIRST_WAIT_MS,
    lossShare: 0,
    isOnTrial: false,
    steps: 0,
  }
}

/** A new connection goes on where the one before it was, and is given time to settle. */
export function continueLine(state: LineState, atMs: number): LineState {
  return { ...state, steppedAtMs: atMs, badSinceMs: null, goodSinceMs: null, lossShare: 0 }
}

/**
 * Decides how much of the own picture the line carries, sound first: size goes before frame rate, then
 * the picture goes, and it comes back by trying, with longer and longer waits. Pure.
 */
export function judgeLine(state: LineState, sample: LineSample): LineState {
  const { atMs } = sample
  const lossShare =
    sample.lossShare === null
      ? state.lossShare
      : state.lossShare * (1 - LOSS_WEIGHT) + sample.lossShare * LOSS_WEIGHT
  const trouble = findTrouble(state.step, lossShare, sample)
  const isGood = trouble === null && isGoodEnough(state.step, lossShare, sample)
  const next: LineState = {
    ...state,
    lossShare,
    badSinceMs: trouble === null ? null : (state.badSinceMs ?? atMs),
    goodSinceMs: isGood ? (state.goodSinceMs ?? atMs) : null,
    waitMs: hasHeld(state, atMs) ? FIRST_WAIT_MS : state.waitMs,
    isOnTrial: state.isOnTrial && (trouble !== null || atMs - state.raisedAtMs < SETTLE_MS),
  }
  if (atMs - next.steppedAtMs < SETTLE_MS) return next
  if (trouble !== null && hasLasted(next, atMs)) return stepDown(next, sample, trouble)
  if (isGood && next.step > 0 && atMs - (next.goodSinceMs ?? atMs) >= state.waitMs) {
    return stepUp(next, atMs)
  }
  return next
}

/** @returns what the two people are told, or not: a slow device is nobody's weak line */
export function describeLine({ step, isForDevice, isOnTrial }: LineState): LineLevel {
  if (step === SOUND_ONLY || isOnTrial) return 'soundOnly'
  return step >= VISIBLY_SMALL && !isForDevice ? 'weak' : 'good'
}

type Trouble = 'line' | 'device'

function findTrouble(step: number, lossShare: number, sample: LineSample): Trouble | null {
  if (step === SOUND_ONLY) return null
  const { rttMs, availableBps, framesPerSecond, limitation, isMoving } = sample
  if (lossShare >= BAD_LOSS || (rttMs ?? 0) >= BAD_RTT_MS) return 'line'
  const isNarrow = availableBps !== null && availableBps < (PICTURE_STEPS[step]?.fromBps ?? 0)
  const isSlow = isMoving && framesPerSecond !== null && framesPerSecond < LEAST_FRAMES_PER_SECOND
  // A line that breaks in shows in the frames for seconds before the browser says what limits them.
  if (isNarrow && (isSlow || limitation === 'bandwidth')) return 'line'
  if (isSlow && limitation === 'bandwidth') return 'line'
  // The smallest picture of a slow device is better than none.
  return isSlow && limitation === 'cpu' && step < SMALLEST ? 'device' : null
}

function isGoodEnough(step: number, lossShare: number, sample: LineSample): boolean {
  const { rttMs, availableBps, limitation } = sample
  if (lossShare > GOOD_LOSS || (rttMs ?? 0) > GOOD_RTT_MS || limitation === 'cpu') return false
  // What is not sent is not measured: without a picture, or one that the line carries with ease, the
  // browser's estimate stays low, and only a try can tell.
  if (step === SOUND_ONLY || limitation !== 'bandwidth' || availableBps === null) return true
  return availableBps >= (PICTURE_STEPS[step - 1]?.fromBps ?? 0)
}

/** Whether the last step was up, and has proved right. */
function hasHeld({ raisedAtMs, steppedAtMs }: LineState, atMs: number): boolean {
  return steppedAtMs === raisedAtMs && atMs - raisedAtMs >= HELD_MS
}

function hasLasted({ badSinceMs, step }: LineState, atMs: number): boolean {
  const limitMs = step === SMALLEST ? BAD_FOR_SOUND_ONLY_MS : BAD_FOR_MS
  return badSinceMs !== null && atMs - badSinceMs >= limitMs
}

function stepDown(state: LineState, sample: LineSample, trouble: Trouble): LineState {
  const { atMs } = sample
  const hasFailed = atMs - state.raisedAtMs < HELD_MS
  return {
    ...state,
    step: trouble === 'line' ? chooseLower(state, sample) : state.step + 1,
    isForDevice: trouble === 'device',
    steppedAtMs: atMs,
    badSinceMs: null,
    goodSinceMs: null,
    waitMs: hasFailed ? Math.min(state.waitMs * 2, LONGEST_WAIT_MS) : state.waitMs,
    isOnTrial: false,
    steps: state.steps + 1,
  }
}

/** At once to what the line carries, instead of disturbing the sound on the way down. */
function chooseLower({ step, lossShare }: LineState, { availableBps }: LineSample): number {
  if (lossShare >= TERRIBLE_LOSS || step === SMALLEST) return SOUND_ONLY
  if (availableBps === null) return step + 1
  const fitting = PICTURE_STEPS.findIndex(({ fromBps }) => fromBps <= availableBps)
  return Math.max(step + 1, fitting === -1 ? SMALLEST : fitting)
}

function stepUp(state: LineState, atMs: number): LineState {
  return {
    ...state,
    step: state.step - 1,
    steppedAtMs: atMs,
    raisedAtMs: atMs,
    badSinceMs: null,
    goodSinceMs: null,
    isOnTrial: state.step === SOUND_ONLY,
    steps: state.steps + 1,
  }
}
