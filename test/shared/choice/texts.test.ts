import { createHash } from 'node:crypto'
import { CHOICE_LANGUAGES, CURRENT_VIDEO_TEXT, VIDEO_TEXTS } from '@naervaer/shared'
import t from 'tap'
import { lix } from '../../client/lix.ts'

/** What was shown when it was answered: a text that has been used is never edited, only followed. */
const FINGERPRINTS: Readonly<Record<number, string>> = {
  1: '3b2f05cf492f9d30',
}

t.test('CH6 W-11 every version stays as it was, and the newest is the present one', (t) => {
  t.same(
    VIDEO_TEXTS.map(({ version }) => version),
    VIDEO_TEXTS.map((_text, index) => index + 1),
  )
  t.equal(VIDEO_TEXTS.at(-1), CURRENT_VIDEO_TEXT)
  for (const { version, lines } of VIDEO_TEXTS) {
    const print = createHash('sha256').update(JSON.stringify(lines)).digest('hex').slice(0, 16)
    t.equal(print, FINGERPRINTS[version], `version ${String(version)}`)
  }
  t.end()
})

t.test('the acceptance text has six lines, in plain words, in both languages', (t) => {
  for (const { lines } of VIDEO_TEXTS) {
    for (const language of CHOICE_LANGUAGES) t.equal(lines[language].length, 6, language)
    t.ok(lix(lines.da.join('\n')) <= 30, `A-16 LIX ${String(lix(lines.da.join('\n')))}`)
    for (const line of [...lines.da, ...lines.en]) {
      t.notMatch(line, /samtykke|consent/i, 'L-03')
      t.notMatch(line, /!/)
    }
  }
  t.end()
})
