import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { CHECK_CODE_NAMES, CHECK_CODES } from '@naervaer/shared'
import { readTexts } from '../texts/all-texts.ts'

const FOLDER = join(import.meta.dirname, '../../../docs/codes')

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
