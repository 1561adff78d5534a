// node test/client/gallery/app-pictures.mts – the two pictures that an install dialogue shows of the app.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GalleryStage } from './stage.ts'

const OUT = fileURLToPath(new URL('../../../client/public/icons/', import.meta.url))
const STATE = 'ended-left-citizen'

/** Whoever looks over a shoulder may see these pictures, and is told nothing (feature N14). */
const TELLING = /støtte|kommune|psyk/i

const PICTURES = [
  { name: 'screen-narrow', viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
  { name: 'screen-wide', viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 },
]

const stage = await GalleryStage.open()
try {
  for (const { name, ...options } of PICTURES) {
    const { page, leave } = await stage.show(STATE, { ...options, colorScheme: 'light' })
    const words = await page.locator('main').ariaSnapshot()
    if (TELLING.test(words)) throw new Error(`${STATE} says too much: ${words}`)
    await page.screenshot({ path: join(OUT, `${name}.png`) })
    await leave()
  }
} finally {
  await stage.close()
}
