/** Ends each picture that is drawn. */
const endings = new Set<() => void>()

/** No picture moves any more: its state has been left. */
export function endPictures(): void {
  for (const end of endings) end()
  endings.clear()
}

/**
 * A moving stand-in for a camera: a drawn head and shoulders, off-centre enough to see how pictures
 * are cut.
 */
export function fakePersonPicture(width: number, height: number, colour: string): MediaStream {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const pen = canvas.getContext('2d')
  if (pen === null) throw new Error('no canvas')
  const draw = (): void => {
    const unit = Math.min(width, height)
    pen.fillStyle = '#c9c2b2'
    pen.fillRect(0, 0, width, height)
    pen.fillStyle = '#dfe5e2'
    pen.fillRect(width * 0.08, height * 0.1, width * 0.22, height * 0.4)
    pen.fillStyle = colour
    pen.beginPath()
    pen.ellipse(width / 2, height * 1.02, unit * 0.42, unit * 0.4, 0, 0, Math.PI * 2)
    pen.fill()
    pen.fillStyle = '#e3bd9b'
    pen.beginPath()
    pen.ellipse(width / 2, height * 0.44, unit * 0.16, unit * 0.21, 0, 0, Math.PI * 2)
    pen.fill()
    pen.fillStyle = '#4b382b'
    pen.beginPath()
    pen.ellipse(width / 2, height * 0.34, unit * 0.175, unit * 0.14, 0, Math.PI, 0)
    pen.fill()
  }
  draw()
  // A canvas that never changes sends no frames.
  const timer = setInterval(draw, 200)
  const stream = canvas.captureStream(10)
  endings.add(() => {
    clearInterval(timer)
    for (const track of stream.getTracks()) track.stop()
  })
  return stream
}
