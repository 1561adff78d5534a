// node test/client/gallery/shoot.mts OUT_DIR [part of a state's name] – pictures of every state, to be looked at.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { GalleryStage } from './stage.ts'
import { STATES } from './states.ts'

const SIZES = [
  { width: 390, height: 844, hasTouch: true },
  { width: 820, height: 1180, hasTouch: true },
  { width: 1280, height: 800, hasTouch: false },
  { width: 320, height: 568, hasTouch: true },
  { width: 844, height: 390, hasTouch: true },
]
const SCHEMES = ['light', 'dark'] as const

const [outDir, part = ''] = process.argv.slice(2)
if (outDir === undefined)
  throw new Error('usage: node test/client/gallery/shoot.mts OUT_DIR [PART]')
await mkdir(outDir, { recursive: true })
const stage = await GalleryStage.open()
try {
  for (const state of Object.keys(STATES).filter((name) => name.includes(part))) {
    for (const { width, height, hasTouch } of SIZES) {
      for (const colorScheme of SCHEMES) {
        const { page, leave } = await stage.show(state, {
          viewport: { width, height },
          hasTouch,
          colorScheme,
        })
        const path = join(outDir, `${state}-${String(width)}x${String(height)}-${colorScheme}.png`)
        await page.screenshot({ path })
        await leave()
      }
    }
  }
} finally {
  await stage.close()
}
