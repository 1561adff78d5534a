import type { LocalMedia } from '../media/local-media.ts'
import type { LineLevel } from './line-quality.ts'

/** What of this side the other should hear, and see moving. */
export interface Sent {
  readonly sound: boolean
  readonly picture: boolean
}

/** @param media - null while no connection is up */
export function listSent(media: Pick<LocalMedia, 'tracks'> | null, line: LineLevel): Sent {
  if (media === null) return { sound: false, picture: false }
  const { audio, video, screen, state } = media.tracks.value
  return {
    sound: audio !== null && state.microphone === 'on',
    // Neither what was given up for the sound, as both know, nor a screen, which may stand still for long.
    picture: video !== null && state.camera === 'on' && line !== 'soundOnly' && screen === null,
  }
}
