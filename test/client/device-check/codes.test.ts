import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { CHECK_CODE_NAMES, CHECK_CODES } from '@naervaer/shared'
import { readCodePage } from '../../../client/src/device-desk/code-page.ts'
import { readTexts } from '../texts/all-texts.ts'

const HEADINGS = {
  da: ['Hvad borgeren ser', 'Hvad den, der hjælper, siger', 'Hvad IT ser efter'],
  en: ['What the citizen sees', 'What the supporter says', 'What IT looks at'],
}
const FOLDER = join(import.meta.dirname, '../../../docs/codes')

const BROWSER_TESTS = join(import.meta.dirname, '../../e2e')

t.test('W-29 each code is printed in a test that breaks exactly that thing', async (t) => {
  const files = (await readdir(BROWSER_TESTS)).filter((name) => name.endsWith('.test.ts'))
  const tests = (
    await Promise.all(files.map((name) => readFile(join(BROWSER_TESTS, name), 'utf8')))
  ).flatMap((file) => file.split(/^(?=t\.test\()/m).slice(1))
  for (const code of CHECK_CODE_NAMES) {
    // Named in the title of a test of the criterion, and read from the page by that very test.
    const own = tests.filter((test) => {
      const title = /^t\.test\(\s*(['"`])(.*?)\1/s.exec(test)?.[2] ?? ''
      return /\bW-29\b/.test(title) && new RegExp(`\\b${code}\\b`).test(title)
    })
    t.ok(own.length > 0, `${code} has a test`)
    t.ok(
      own.some((test) => test.includes(`'Fejlkode ${code}'`)),
      `${code} is read from the page`,
    )
  }
})

t.test('the app shows each of the pages, in both languages', async (t) => {
  for (const code of CHECK_CODE_NAMES) {
    const file = await readFile(join(FOLDER, `${code}.md`), 'utf8')
    for (const language of ['da', 'en'] as const) {
      const { title, blocks } = readCodePage(file, language)
      t.ok(title.startsWith(`${code}: `) && title.length > 8, title)
      const headings = blocks.flatMap(({ kind, lines }) =>
        kind === 'heading' ? lines.flat().map(({ text }) => text) : [],
      )
      t.strictSame(headings, HEADINGS[language])
      t.equal(blocks[0]?.kind, 'heading', 'nothing stands before the first')
      const shown = blocks.flatMap(({ lines }) => lines.flat().map(({ text }) => text)).join(' ')
      t.notMatch(shown, /\*\*|`|^>/m, 'nothing of the Markdown is left')
      t.ok(
        blocks.some(({ kind }) => kind === 'said'),
        'what stands on the screen is set apart',
      )
    }
  }
})

t.test('each code has a page, with what is really said, in Danish and English', async (t) => {
  const pages = (await readdir(FOLDER)).filter((name) => name !== 'README.md')
  t.strictSame(pages.sort(), CHECK_CODE_NAMES.map((code) => `${code}.md`).sort())
  const list = await readFile(join(FOLDER, 'README.md'), 'utf8')
  for (const language of ['da', 'en'] as const) {
    const texts: Readonly<Record<string, string>> = await readTexts(language)
    for (const code of CHECK_CODE_NAMES) {
      const page = await readFile(join(FOLDER, `${code}.md`), 'utf8')
      const keys = Object.keys(texts).filter((key) =>
        new RegExp(
          `^(check\\.(said|how)\\.${code}([a-z]\\w*)?|support\\.(cause|look)\\.${code})$`,
        ).test(key),
      )
      t.ok(keys.length >= 3, `${code}: ${keys.join(', ')}`)
      for (const key of [...keys, `check.actor.${CHECK_CODES[code].actor}`]) {
        const said = (texts[key] ?? '').replace(/\.$/, '')
        t.ok(page.includes(said), `${code} ${language}: ${key}`)
      }
      t.ok(list.includes(`(${code}.md)`), `${code} is in the list`)
    }
  }
})
