import { deviceChoice, type ChosenDevices } from './chosen-devices.ts'

export type MediaKind = 'audio' | 'video'

/** Which way a phone's camera looks. */
export type Facing = 'user' | 'environment'

const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true }
const PICTURE = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 },
}

const NO_CHOICE = { microphone: null, camera: null } as const

/**
 * Opens devices: those that have been chosen, or others where one of them is not there any more.
 *
 * @param facing - of a phone's camera, instead of a chosen one
 * @throws {DOMException} as `getUserMedia` does; `NotFoundError` where the browser offers none at all
 */
export async function requestMedia(
  kinds: readonly MediaKind[],
  facing: Facing | null = null,
): Promise<MediaStream> {
  try {
    return await request(kinds, facing, deviceChoice.state.value)
  } catch (error) {
    // A device that has been unplugged since must not cost the talk.
    // No DOMException in older browsers.
    const isGone =
      error instanceof Object && 'name' in error && error.name === 'OverconstrainedError'
    if (!isGone) throw error
    return request(kinds, facing, NO_CHOICE)
  }
}

async function request(
  kinds: readonly MediaKind[],
  facing: Facing | null,
  { microphone, camera }: Pick<ChosenDevices, 'microphone' | 'camera'>,
): Promise<MediaStream> {
  // Absent outside a secure context and in some in-app browsers, whatever the DOM types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined
  if (devices === undefined) throw new DOMException('no media devices', 'NotFoundError')
  // Demanded: browsers weigh a mere wish against the size of the picture.
  const sound = microphone === null ? SOUND : { ...SOUND, deviceId: { exact: microphone } }
  return devices.getUserMedia({
    audio: kinds.includes('audio') ? sound : false,
    video: kinds.includes('video') ? { ...PICTURE, ...pickCamera(camera, facing) } : false,
  })
}

function pickCamera(camera: string | null, facing: Facing | null): MediaTrackConstraints {
  if (facing !== null) return { facingMode: { ideal: facing } }
  return camera === null ? { facingMode: 'user' } : { deviceId: { exact: camera } }
}
