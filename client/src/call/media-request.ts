import { deviceChoice } from './chosen-devices.ts'

export type MediaKind = 'audio' | 'video'

/** Which way a phone's camera looks. */
export type Facing = 'user' | 'environment'

const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true }
const PICTURE = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 },
}

/**
 * Opens devices: those that have been chosen, as long as they are there.
 *
 * @param facing - of a phone's camera, instead of a chosen one
 * @throws {DOMException} as `getUserMedia` does; `NotFoundError` where the browser offers none at all
 */
export async function requestMedia(
  kinds: readonly MediaKind[],
  facing: Facing | null = null,
): Promise<MediaStream> {
  // Absent outside a secure context and in some in-app browsers, whatever the DOM types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined
  if (devices === undefined) throw new DOMException('no media devices', 'NotFoundError')
  return devices.getUserMedia({
    audio: kinds.includes('audio') ? { ...SOUND, ...getMicrophone() } : false,
    video: kinds.includes('video') ? { ...PICTURE, ...getCamera(facing) } : false,
  })
}

/** Wished for, not demanded: a device that has been unplugged since must not cost the talk. */
function getMicrophone(): MediaTrackConstraints {
  const { microphone } = deviceChoice.state.value
  return microphone === null ? {} : { deviceId: { ideal: microphone } }
}

function getCamera(facing: Facing | null): MediaTrackConstraints {
  const { camera } = deviceChoice.state.value
  if (facing !== null) return { facingMode: { ideal: facing } }
  return camera === null ? { facingMode: 'user' } : { deviceId: { ideal: camera } }
}
