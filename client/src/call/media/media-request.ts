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

type Choice = Pick<ChosenDevices, 'microphone' | 'camera'>

const NO_CHOICE: Choice = { microphone: null, camera: null }

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
  const choice = deviceChoice.state.value
  try {
    return await request(kinds, facing, choice)
  } catch (error) {
    // A device that has been unplugged since must not cost the talk, nor the other one its choice.
    if (!isOverconstrained(error)) throw error
    return requestThose(kinds, facing, await keepThere(choice))
  }
}

async function requestThose(
  kinds: readonly MediaKind[],
  facing: Facing | null,
  choice: Choice,
): Promise<MediaStream> {
  try {
    return await request(kinds, facing, choice)
  } catch (error) {
    if (!isOverconstrained(error)) throw error
    return request(kinds, facing, NO_CHOICE)
  }
}

/** No DOMException in older browsers. */
function isOverconstrained(error: unknown): boolean {
  return error instanceof Object && 'name' in error && error.name === 'OverconstrainedError'
}

/** What of the choice the browser still lists: its error does not say which of the two it was about. */
async function keepThere({ microphone, camera }: Choice): Promise<Choice> {
  const listed = await navigator.mediaDevices.enumerateDevices().catch(() => [])
  const find = (kind: MediaDeviceKind, id: string | null) =>
    listed.find((device) => device.kind === kind && device.deviceId === id)?.deviceId ?? null
  return { microphone: find('audioinput', microphone), camera: find('videoinput', camera) }
}

async function request(
  kinds: readonly MediaKind[],
  facing: Facing | null,
  { microphone, camera }: Choice,
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
