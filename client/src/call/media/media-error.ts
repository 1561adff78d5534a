import type { DeviceState } from '@naervaer/shared'

/**
 * Puts the error of `getUserMedia` into one of the states that a person can do something about.
 *
 * @see W3C mediacapture-streams § 10.2.1 for the names; some browsers still use older ones
 */
export function toDeviceState(
  error: unknown,
): Extract<DeviceState, 'refused' | 'missing' | 'inUse'> {
  const name = error instanceof DOMException ? error.name : ''
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
    case 'PermissionDeniedError':
      return 'refused'
    case 'NotReadableError':
    case 'AbortError':
    case 'TrackStartError':
      return 'inUse'
    default:
      return 'missing'
  }
}
