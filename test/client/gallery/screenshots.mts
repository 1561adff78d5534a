// npm run screenshots [-- OUT_DIR]: the pictures of docs/screenshots anew; with a folder, every state at three sizes into it.
import { fileURLToPath } from 'node:url'
import {
  KEPT_SCREENSHOTS,
  makeScreenshots,
  SCREENSHOT_SIZES,
  type ScreenshotSize,
} from './screenshots.ts'
import { GalleryStage } from './stage.ts'
import { STATES } from './states.ts'

const KEPT = fileURLToPath(new URL('../../../docs/screenshots', import.meta.url))

const [outDir] = process.argv.slice(2)
// The keys of the table, which keys() forgets.
const sizes = Object.keys(SCREENSHOT_SIZES) as ScreenshotSize[]
const all = Object.keys(STATES).flatMap((state) =>
  sizes.map((size) => ({ state, size, scheme: 'light' as const })),
)
const stage = await GalleryStage.open()
try {
  await makeScreenshots(stage, outDir ?? KEPT, outDir === undefined ? KEPT_SCREENSHOTS : all)
} finally {
  await stage.close()
}
