import qrcode from 'qrcode'

/** Light modules around a QR code, without which cameras do not find it (ISO/IEC 18004 § 6.3.8). */
const QUIET_MODULES = 4

/** A text as a QR code: its dark modules as the path of an SVG that is `size` units wide and high. */
export function drawQr(text: string): { size: number; path: string } {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' })
  const runs: string[] = []
  for (let y = 0; y < modules.size; y += 1) {
    for (let x = 0; x < modules.size; x += 1) {
      if (modules.get(y, x) === 0) continue
      const from = x
      while (x + 1 < modules.size && modules.get(y, x + 1) !== 0) x += 1
      const width = x - from + 1
      runs.push(`M${from + QUIET_MODULES} ${y + QUIET_MODULES}h${width}v1h-${width}z`)
    }
  }
  return { size: modules.size + 2 * QUIET_MODULES, path: runs.join('') }
}
