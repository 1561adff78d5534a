// node scripts/icons.mjs – draws the app's icons anew from client/public/icon.svg; needs Chromium.
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { ROOT } from './lib/run.mjs'

const PUBLIC = join(ROOT, 'client', 'public')
const OUT = join(PUBLIC, 'icons')

/** Systems cut a maskable icon to a circle of 80 % of its width (W3C, Web Application Manifest § 1.13.2). */
const SAFE_SCALE = 0.84

const svg = readFileSync(join(PUBLIC, 'icon.svg'), 'utf8')

/** @param {number} scale - of the sign on a ground that reaches the edges */
function fill(scale) {
  const [, open = '', ground = '', sign = ''] =
    /^(<svg[^>]*>)\s*(<rect[^>]*\/>)([^]*)<\/svg>\s*$/.exec(svg) ?? []
  const moved = `<g transform="translate(32 32) scale(${String(scale)}) translate(-32 -32)">${sign}</g>`
  return `${open}${ground.replace(/ rx="\d+"/, '')}${moved}</svg>`
}

/** The sign alone, as a stencil: Android shows of a badge only where there is something. */
const badge = svg
  .replace(/<rect[^>]*\/>/, '')
  .replace(/stroke="#\w+" stroke-width="[\d.]+"/, 'stroke="#fff" stroke-width="5"')
  .replace(/fill="#\w+"/, 'fill="#fff"')

const ICONS = [
  { name: 'icon-192', size: 192, drawing: svg },
  { name: 'icon-512', size: 512, drawing: svg },
  { name: 'badge-96', size: 96, drawing: badge },
  { name: 'maskable-192', size: 192, drawing: fill(SAFE_SCALE) },
  { name: 'maskable-512', size: 512, drawing: fill(SAFE_SCALE) },
  // iOS rounds the corners itself, and shows black where there is nothing.
  { name: 'apple-touch-icon', size: 180, drawing: fill(0.92) },
]

mkdirSync(OUT, { recursive: true })
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
try {
  for (const { name, size, drawing } of ICONS) {
    const page = await browser.newPage({ viewport: { width: size, height: size } })
    const image = `data:image/svg+xml;base64,${Buffer.from(drawing).toString('base64')}`
    await page.setContent(
      `<style>body{margin:0}img{display:block;width:100vw;height:100vh}</style><img src="${image}">`,
    )
    await page.locator('img').evaluate((/** @type {any} */ img) => img.decode())
    await page.screenshot({ path: join(OUT, `${name}.png`), omitBackground: true })
    await page.close()
  }
} finally {
  await browser.close()
}
