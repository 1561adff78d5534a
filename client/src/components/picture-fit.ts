interface Size {
  readonly width: number
  readonly height: number
}

/** The share of a picture that must stay visible for its frame to be filled. */
const LEAST_VISIBLE = 0.62

/**
 * Whether a picture fills its frame or is shown whole: filling is kinder to the eye, but a tall
 * frame would cut a wide picture down to a strip, and a face or a hand that signs to half.
 */
export function choosePictureFit({
  picture,
  frame,
}: {
  readonly picture: Size
  readonly frame: Size
}): 'cover' | 'contain' {
  const areas = [picture.width, picture.height, frame.width, frame.height]
  if (areas.some((side) => side <= 0)) return 'contain'
  const ratio = picture.width / picture.height / (frame.width / frame.height)
  return Math.min(ratio, 1 / ratio) >= LEAST_VISIBLE ? 'cover' : 'contain'
}
