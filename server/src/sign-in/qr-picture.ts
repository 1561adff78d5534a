import QRCode from 'qrcode'
import type { QrPicture } from '@naervaer/shared'

/** Draws a text as a QR picture that a page can show as one SVG path, without markup from a string. */
export function drawQr(text: string): QrPicture {
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: 'M' }).modules
  let path = ''
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size;) {
      let length = 0
      while (x + length < size && data[y * size + x + length] === 1) length += 1
      if (length > 0) path += `M${x} ${y}h${length}v1h-${length}z`
      x += Math.max(1, length)
    }
  }
  return { size, path }
}
