import * as Type from 'typebox'
import { closedObject } from '../wire/envelope.ts'
import { CHECK_CODE_NAMES } from './code.ts'
import { CheckCodeSchema, TechReportSchema } from './report.ts'

const { device, permissions, line, build } = TechReportSchema.properties

/**
 * How a paired device stands: what explains, when it works no more, what has changed since it did. Like
 * the technical report an allow-list of names from lists and numbers (criterion W-30).
 */
export const DeviceConditionSchema = closedObject({
  /** The client's build; null where it cannot be told. */
  build,
  system: device.properties.system,
  systemVersion: device.properties.systemVersion,
  browser: device.properties.browser,
  browserVersion: device.properties.browserVersion,
  isInstalled: device.properties.isInstalled,
  line: line.properties.type,
  permissions,
})
export type DeviceCondition = Type.Static<typeof DeviceConditionSchema>

/** When a device tells how it stands: its page was opened, a talk was connected, a test came to its end. */
export const DEVICE_OCCASIONS = ['opened', 'connected', 'tested'] as const
export type DeviceOccasion = (typeof DEVICE_OCCASIONS)[number]

/** `POST /api/check/state`: how a paired device stands. */
export const DeviceNoteSchema = closedObject({
  occasion: Type.Unsafe<DeviceOccasion>(Type.Enum([...DEVICE_OCCASIONS])),
  /** All of it was tried and works, or two are talking; false for a page that was opened. */
  isWell: Type.Boolean(),
  /** What a test has found; empty for all else. */
  codes: Type.Array(CheckCodeSchema, { maxItems: CHECK_CODE_NAMES.length, uniqueItems: true }),
  state: DeviceConditionSchema,
})
export type DeviceNote = Type.Static<typeof DeviceNoteSchema>

/** What may be otherwise than when it worked, the likeliest cause of trouble first. */
export const STATE_PARTS = [
  'camera',
  'microphone',
  'notifications',
  'line',
  'installed',
  'browser',
  'system',
  'build',
] as const
export type StatePart = (typeof STATE_PARTS)[number]

/** Says what is otherwise than it was. What one of the two does not know is no change. */
export function compareStates(before: DeviceCondition, now: DeviceCondition): StatePart[] {
  return STATE_PARTS.filter((part) => {
    const [was, is] = [readPart(before, part), readPart(now, part)]
    return was !== null && is !== null && was !== is
  })
}

/** A part in one word, for comparing; null where it is not known. */
function readPart(state: DeviceCondition, part: StatePart): string | null {
  const known = (name: string) => (name === 'unknown' ? null : name)
  switch (part) {
    case 'camera':
    case 'microphone':
    case 'notifications':
      return known(state.permissions[part])
    case 'line':
      return known(state.line)
    case 'installed':
      return String(state.isInstalled)
    case 'browser':
      return withVersion(state.browser, state.browserVersion)
    case 'system':
      return withVersion(state.system, state.systemVersion)
    case 'build':
      return state.build
  }
}

/** Without a version it is not known whether it is the same. */
function withVersion(name: string, version: string | null): string | null {
  return version === null ? null : `${name} ${version}`
}
