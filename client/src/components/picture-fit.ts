interface Size {
  readonly width: number
  readonly height: number
}

export type PictureFit = 'cover' | 'closer' | 'contain'

/** The share of a picture that must stay visible for its frame to be filled. */
const LEAST_VISIBLE = 0.62

/**
 * How a picture is shown in its frame. Filling is kindest to the eye, but a tall frame would cut a
 * wide picture down to a strip, and a hand that signs with it.
 *
 * - `cover`: the frame is filled
 * - `closer`: a wide picture in a tall frame loses an eighth at each side and comes nearer by a third
 * - `contain`: the picture is shown whole
 */
export function choosePictureFit({
  picture,
  frame,
}: {
  readonly picture: Size
  readonly frame: Size
}): PictureFit {
  const areas = [picture.width, picture.height, frame.width, frame.height]
  if (areas.some((side) => side <= 0)) return 'contain'
  const ratio = picture.width / picture.height / (frame.width / frame.height)
  if (Math.min(ratio, 1 / ratio) >= LEAST_VISIBLE) return 'cover'
  return ratio > 1 ? 'closer' : 'contain'
}
