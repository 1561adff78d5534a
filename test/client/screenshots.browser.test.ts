import { mkdtempSync, rmSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import t from 'tap'
import { LEAN_FLAGS } from '../helpers/chromium-flags.ts'
import { LIMIT_MS } from './gallery/page-tools.ts'
import {
  KEPT_SCREENSHOTS,
  makeScreenshots,
  MAX_KEPT_BYTES,
  MAX_KEPT_FILES,
  nameOf,
} from './gallery/screenshots.ts'
import { CHROMIUM, GalleryStage } from './gallery/stage.ts'
import { lix } from './lix.ts'

const ROOT = join(import.meta.dirname, '../..')
const KEPT = join(ROOT, 'docs/screenshots')
const PAGES = [
  'README.md',
  'docs/guides/borger.html',
  'docs/guides/medarbejder.html',
  'docs/guides/citizen.html',
  'docs/guides/worker.html',
] as const

const readPage = (path: string) => readFile(join(ROOT, path), 'utf8')

t.test('the kept pictures are those of the list, and not too many', async (t) => {
  const files = (await readdir(KEPT)).sort()
  t.same(files, KEPT_SCREENSHOTS.map(nameOf).sort(), 'npm run screenshots makes them anew')
  t.ok(files.length <= MAX_KEPT_FILES, `${String(files.length)} files`)
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(KEPT, file))).size))
  const sum = sizes.reduce((total, size) => total + size, 0)
  t.ok(sum <= MAX_KEPT_BYTES, `${String(sum)} bytes`)
})

t.test(
  'README and guides show pictures that are there, each with words, and use all of them',
  async (t) => {
    const kept = new Set(await readdir(KEPT))
    const used = new Set<string>()
    for (const path of PAGES) {
      const text = await readPage(path)
      const names = [...text.matchAll(/screenshots\/([\w-]+\.webp)/g)].map(([, name = '']) => name)
      t.ok(names.length > 0, `${path} is illustrated`)
      for (const name of names) {
        t.ok(kept.has(name), `${path}: ${name}`)
        used.add(name)
      }
      for (const [image] of text.matchAll(/<img[^>]*>/g)) t.match(image, /alt="[^"]{10,}"/, path)
    }
    t.same(
      [...kept].filter((name) => !used.has(name)),
      [],
      'none is kept for nothing',
    )
  },
)

t.test('the guide for citizens is as easy to read as the app', async (t) => {
  const text = (await readPage('docs/guides/borger.html'))
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<title>.*?<\/title>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
  t.ok(text.split(' ').length > 100)
  t.ok(lix(text) <= 30, `LIX ${lix(text).toFixed(0)}`)
})

t.test('each guide is one page of paper', async (t) => {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [...LEAN_FLAGS, ...sandbox],
  })
  t.teardown(() => browser.close())
  for (const path of PAGES.filter((each) => each.endsWith('.html'))) {
    const page = await browser.newPage()
    await page.goto(pathToFileURL(join(ROOT, path)).href)
    const pdf = await page.pdf({ preferCSSPageSize: true })
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []
    t.equal(pages.length, 1, path)
    const isDrawn = await page.evaluate(() =>
      [...document.images].every(({ complete, naturalWidth }) => complete && naturalWidth > 0),
    )
    t.ok(isDrawn, `${path}: every picture is seen`)
  }
})

t.test('a picture can be made of a state at each size', async (t) => {
  t.setTimeout(LIMIT_MS)
  const folder = mkdtempSync(join(tmpdir(), 'naervaer-pictures-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const stage = await GalleryStage.open()
  t.teardown(() => stage.close())
  const wanted = (['phone', 'tablet', 'desk'] as const).map(
    (size) => ({ state: 'home', size, scheme: 'light' }) as const,
  )
  await makeScreenshots(stage, folder, wanted)
  for (const each of wanted) {
    const picture = await readFile(join(folder, nameOf(each)))
    t.equal(picture.subarray(8, 12).toString(), 'WEBP', nameOf(each))
    t.ok(picture.length > 2_000, `${String(picture.length)} bytes`)
  }
})
