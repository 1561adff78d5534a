import type { PeerLink } from '../link/peer-link.ts'
import { PICTURE_STEPS, SOUND_ONLY } from './line-quality.ts'

/** Of a shared screen, where letters must stay sharp: it is shown less often instead, by step. */
const SCREEN_FRAMES_PER_SECOND = [30, 15, 8, 5]

/** What a camera is taken to give where the browser does not say. */
const USUAL_HEIGHT = 720

/**
 * Has the browser send the own picture as the step wants it, and the sound before it. Tracks stay as they
 * are: what the person has wished of the camera is not this one's to change.
 */
export function applyStep(link: PeerLink, step: number): void {
  change(link.getSender('audio'), ({ encodings: [encoding] }) => {
    if (encoding === undefined) return
    encoding.priority = 'high'
    encoding.networkPriority = 'high'
  })
  const sender = link.getSender('video')
  const track = sender?.track ?? null
  if (track !== null && track.contentHint === '') track.contentHint = 'motion'
  change(sender, (parameters) => {
    const [encoding] = parameters.encodings
    if (encoding === undefined) return
    const size = PICTURE_STEPS[Math.min(step, SOUND_ONLY - 1)] ?? PICTURE_STEPS[0]
    if (size === undefined) return
    encoding.active = step < SOUND_ONLY
    encoding.maxBitrate = size.maxBps
    if (isScreen(track)) {
      encoding.scaleResolutionDownBy = 1
      encoding.maxFramerate = SCREEN_FRAMES_PER_SECOND[step] ?? 5
      parameters.degradationPreference = 'maintain-resolution'
    } else {
      encoding.scaleResolutionDownBy = Math.max(1, getHeight(track) / size.height)
      encoding.maxFramerate = 30
      parameters.degradationPreference = 'maintain-framerate'
    }
  })
}

/** Whether a track shows a screen, whose maker says so (W3C mst-content-hint). */
export function isScreen(track: MediaStreamTrack | null): boolean {
  return track?.contentHint === 'detail' || track?.contentHint === 'text'
}

/** The shorter side: a telephone held upright sends upright. */
function getHeight(track: MediaStreamTrack | null): number {
  const { width, height } = track?.getSettings() ?? {}
  return Math.min(width ?? USUAL_HEIGHT, height ?? USUAL_HEIGHT)
}

function change(
  sender: RTCRtpSender | null,
  edit: (parameters: RTCRtpSendParameters) => void,
): void {
  if (sender === null) return
  const parameters = sender.getParameters()
  edit(parameters)
  // Refused only where the connection has closed meanwhile, or is not that far; tried again at the next step.
  sender.setParameters(parameters).catch(() => undefined)
}
