import {
  CHECK_CODES,
  compareStates,
  type DeviceCondition,
  type ItCall,
  type ItDevice,
  type ItDeviceReply,
  type StatePart,
} from '@naervaer/shared'
import type { Day } from '@naervaer/shared/wall'
import { clockTime, shortDate, t } from '../texts/text.ts'

/** Something that is otherwise than it was. */
export interface Change {
  readonly what: string
  /** Null where it says nothing to anybody, such as the mark of a build. */
  readonly before: string | null
  readonly now: string
}

const withVersion = (name: string, version: string | null): string =>
  version === null ? name : `${name} ${version}`

/** A moment as it is told on the telephone; "unknown" where there was none. */
export function describeMoment(at: number | null): string {
  if (at === null) return t('support.unknown')
  return t('desk.moment', { date: shortDate(at), time: clockTime(at) })
}

/** A day as it is told; of its hours nothing is known here. */
export function describeDay(day: Day): string {
  return shortDate(Date.parse(`${day}T12:00:00Z`))
}

/** Browser and system; "unknown" before the device has told. */
export function describeBrowser(state: DeviceCondition | null): string {
  if (state === null) return t('support.unknown')
  return `${describePart(state, 'browser')}, ${describePart(state, 'system')}`
}

/** Whether the app is behind the times. */
export function describeApp({ isBuildCurrent }: ItDevice): string {
  if (isBuildCurrent === null) return t('support.unknown')
  return t(isBuildCurrent ? 'desk.appNew' : 'desk.appOld')
}

/** When it was tried last, and what that found. */
export function describeTest({ test }: ItDevice): string {
  if (test === null) return t('desk.noTest')
  const found = test.codes.length === 0 ? t('desk.nothingFound') : test.codes.join(', ')
  return `${describeMoment(test.at)}: ${found}`
}

/** Whether a notice has ever arrived, and when last. */
export function describePush({ push }: ItDevice): string {
  if (push === null) return t('desk.pushOff')
  if (push.provenAt === null) return t('desk.pushNever')
  return t('desk.pushProven', { when: describeMoment(push.provenAt) })
}

/** How the last call went, over which way, and how good that was. */
export function describeCall(call: ItCall | null): string {
  if (call === null) return t('desk.noCall')
  const { day, outcome, path } = call
  const parts = [describeDay(day), t(`desk.outcome.${outcome}`)]
  if (path !== null) parts.push(t(`desk.path.${path}`), ...describeQuality(call))
  return parts.join(', ')
}

function describeQuality({ protocol, rttMs, lossPercent, freezes }: ItCall): string[] {
  return [
    ...(protocol === null ? [] : [protocol.toUpperCase()]),
    ...(rttMs === null ? [] : [t('desk.rtt', { n: String(rttMs) })]),
    ...(lossPercent === null ? [] : [t('desk.loss', { n: String(lossPercent) })]),
    ...(freezes === null || freezes === 0 ? [] : [t('desk.freezes', { n: String(freezes) })]),
  ]
}

/** Whether something is known to be wrong with it: by its last test or its last call. */
export function hasFault({ test, lastCall }: ItDevice): boolean {
  const isMajor = test?.codes.some((code) => CHECK_CODES[code].severity === 'major') ?? false
  return isMajor || lastCall?.outcome === 'failed' || lastCall?.outcome === 'dropped'
}

/** What is otherwise than when it worked; null where it is not known how that was. */
export function listChanges({ device, well, wellCall }: ItDeviceReply): Change[] | null {
  const { last, lastCall } = device
  const states = well === null || last === null ? null : ([well.state, last.state] as const)
  const isWayKnown = wellCall !== null && lastCall !== null && lastCall.path !== null
  const ways = isWayKnown ? ([wellCall, lastCall] as const) : null
  if (states === null && ways === null) return null
  return [
    ...(states === null ? [] : compareStates(...states).map((part) => toChange(...states, part))),
    ...(ways === null ? [] : compareWays(...ways)),
  ]
}

function toChange(before: DeviceCondition, now: DeviceCondition, part: StatePart): Change {
  return {
    what: t(`desk.part.${part}`),
    before: part === 'build' ? null : describePart(before, part),
    now: describePart(now, part),
  }
}

function compareWays(before: ItCall, now: ItCall): Change[] {
  const way = ({ path, protocol }: ItCall): string =>
    [path === null ? null : t(`desk.path.${path}`), protocol?.toUpperCase()]
      .filter((word) => word !== null && word !== undefined)
      .join(', ')
  return way(before) === way(now)
    ? []
    : [{ what: t('desk.part.path'), before: way(before), now: way(now) }]
}

function describePart(state: DeviceCondition, part: StatePart): string {
  switch (part) {
    case 'camera':
    case 'microphone':
    case 'notifications':
      return t(`desk.permission.${state.permissions[part]}`)
    case 'line':
      return state.line === 'unknown' ? t('support.unknown') : state.line
    case 'installed':
      return t(state.isInstalled ? 'support.yes' : 'support.no')
    case 'browser':
      return withVersion(t(`desk.browser.${state.browser}`), state.browserVersion)
    case 'system':
      return withVersion(t(`desk.system.${state.system}`), state.systemVersion)
    case 'build':
      return t('desk.otherBuild')
  }
}
