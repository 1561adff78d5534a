import { MEDIA_ERRORS, type TechReport } from '@naervaer/shared'
import { toDeviceState } from '../call/media/media-error.ts'
import { requestMedia, type MediaKind } from '../call/media/media-request.ts'

/** A device that was asked for: open, or why not. */
export type Opened =
  | { readonly stream: MediaStream; readonly found: null }
  | { readonly stream: null; readonly found: TechReport['camera'] }

/** Opens a camera or a microphone as a call would. */
export async function openDevice(kind: MediaKind): Promise<Opened> {
  try {
    return { stream: await requestMedia([kind]), found: null }
  } catch (error) {
    const name = error instanceof Object && 'name' in error ? error.name : ''
    const known = MEDIA_ERRORS.find((each) => each === name) ?? 'other'
    return { stream: null, found: { result: toDeviceState(error), error: known } }
  }
}

/** Lets go of it: the lamp goes off. */
export function closeStream(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop()
}
