/** A browser that says nothing of where a frame came from is believed when it shows this many. */
const FRAMES_ENOUGH = 3

/** What browsers put in place of a picture that has not come measures this (Chromium). */
const PLACEHOLDER_PX = 2

/**
 * Calls back once the video has drawn a picture of the other side. A track that begins or ends draws
 * one black frame of its own, which is nobody's picture: only what came over RTP counts, or what goes
 * on (WICG video-rvfc, `rtpTimestamp`).
 *
 * @returns ends the waiting
 */
export function onFirstPicture(video: HTMLVideoElement, callback: () => void): () => void {
  return 'requestVideoFrameCallback' in video
    ? watchFrames(video, callback)
    : watchEvents(video, callback)
}

function watchFrames(video: HTMLVideoElement, callback: () => void): () => void {
  let frames = 0
  let handle = 0
  const look: VideoFrameRequestCallback = (_now, { rtpTimestamp, width }) => {
    if (width > PLACEHOLDER_PX) frames += 1
    if (rtpTimestamp !== undefined || frames >= FRAMES_ENOUGH) callback()
    else handle = video.requestVideoFrameCallback(look)
  }
  handle = video.requestVideoFrameCallback(look)
  return () => {
    video.cancelVideoFrameCallback(handle)
  }
}

/** Firefox before 132. */
function watchEvents(video: HTMLVideoElement, callback: () => void): () => void {
  const waiting = new AbortController()
  const { signal } = waiting
  const look = (): void => {
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return
    if (video.videoWidth <= PLACEHOLDER_PX) return
    waiting.abort()
    callback()
  }
  for (const type of ['loadeddata', 'resize', 'timeupdate']) {
    video.addEventListener(type, look, { signal })
  }
  return () => {
    waiting.abort()
  }
}
