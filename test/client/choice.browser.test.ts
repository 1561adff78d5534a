import type { Page } from 'playwright-core'
import t from 'tap'
import { CHOICE_STATES, CURRENT_VIDEO_TEXT } from '@naervaer/shared'
import { NARROW } from './gallery/looks.ts'
import { openStates } from './gallery/on-states.ts'
import { asked, button } from './gallery/page-tools.ts'
import { openMore } from '../helpers/citizen-row.ts'

const LINES = CURRENT_VIDEO_TEXT.lines.da

/** What the page has had read aloud. */
const spoken = (page: Page): Promise<string[]> =>
  page.evaluate(() => Reflect.get(window, 'spoken') as string[])

/** Gives the browser one voice; what is to be said with it is noted instead. */
async function giveVoice(page: Page, lang: string): Promise<void> {
  await page.evaluate((lang) => {
    const words: string[] = []
    Reflect.set(window, 'spoken', words)
    speechSynthesis.getVoices = () => [{ lang } as SpeechSynthesisVoice]
    speechSynthesis.speak = ({ text }) => words.push(text)
    Reflect.set(
      window,
      'SpeechSynthesisUtterance',
      class {
        readonly text: string
        constructor(text: string) {
          this.text = text
        }
      },
    )
    speechSynthesis.dispatchEvent(new Event('voiceschanged'))
  }, lang)
}

t.test('the pages of the choice', async (t) => {
  const { on } = await openStates(t, NARROW)

  await on(
    'choice-question',
    'each line is read aloud where there is a Danish voice',
    async (t, page) => {
      await page.getByText('1 af 6').waitFor()
      t.equal(await button(page, 'Læs op').count(), 0, 'not offered without a voice')
      await giveVoice(page, 'de-DE')
      t.equal(await button(page, 'Læs op').count(), 0, 'nor with a German one')
      await giveVoice(page, 'da-DK')
      await button(page, 'Læs op').click()
      await button(page, 'Næste').click()
      await button(page, 'Læs op').click()
      t.same(await spoken(page), LINES.slice(0, 2))
      await button(page, 'Forrige').click()
      await page.getByText(LINES[0] ?? '').waitFor()
    },
  )

  for (const [words, answer] of [
    ['Ja tak', 'yes'],
    ['Nej tak', 'no'],
    ['Spørg mig en anden gang', 'later'],
  ] as const) {
    await on('choice-question', `six things, then "${words}"`, async (t, page) => {
      for (const line of LINES.slice(0, -1)) {
        await page.getByText(line).waitFor()
        t.equal(await button(page, words).count(), 0)
        await button(page, 'Næste').click()
      }
      await button(page, words).click()
      await page.getByRole('link', { name: 'Til forsiden' }).waitFor()
      t.same(await asked(page), [
        `/api/choice/answer ${JSON.stringify({ answer, textVersion: 1, language: 'da' })}`,
      ])
    })
  }

  await on('my-choices', 'a pause is two taps, and can be thought better of', async (t, page) => {
    await button(page, 'Hold pause').click()
    await page.getByText('Ingen ringer til dig imens.').waitFor()
    await button(page, 'Tilbage').click()
    await button(page, 'Hold pause').click()
    await button(page, 'Hold pause i 4 uger').click()
    await page.getByRole('heading', { name: 'Mine valg' }).waitFor()
    t.same(await asked(page), ['/api/choice/pause {"weeks":4}'])
  })

  await on('my-choices', 'it leads to the devices and the look-ups', async (t, page) => {
    const links = [
      ['Hvem har set mine oplysninger?', '/lookups'],
      ['Besked, når nogen ringer', '/besked'],
      ['Mine enheder', '/devices'],
      ['Lyd og billede', '/lyd-og-billede'],
      ['Prøv din telefon', '/test'],
    ] as const
    for (const [name, path] of links) {
      t.equal(await page.getByRole('link', { name, exact: true }).getAttribute('href'), path)
      if (path === '/lookups') await button(page, 'Telefon og tablet').click()
    }
    await button(page, 'Tilbage').click()
    await page.getByRole('heading', { name: 'Mine valg' }).waitFor()
  })

  await on('my-choices', 'a stop is two taps, and the second thought is one', async (t, page) => {
    await button(page, 'Jeg vil ikke have flere videosamtaler').click()
    await button(page, 'Nej, jeg vil fortsætte med videosamtaler').click()
    t.same(await asked(page), [])
    await button(page, 'Jeg vil ikke have flere videosamtaler').click()
    await page.getByText('Vi gemmer stadig, hvornår I har talt sammen.').waitFor()
    await button(page, 'Ja, stop videosamtaler').click()
    await page.getByRole('heading', { name: 'Du får ikke flere videosamtaler' }).waitFor()
    t.same(await asked(page), ['/api/choice/stop undefined'])
  })

  await on('my-choices-paused', 'a pause is ended in one tap', async (t, page) => {
    await page.getByText('Du holder pause til 3. december.').waitFor()
    await button(page, 'Fortsæt igen').click()
    t.same(await asked(page), ['/api/choice/resume undefined'])
  })

  await on('citizens-choices', 'the worker reads each state in words', async (t, page) => {
    const rows = page.getByRole('listitem')
    const said: string[] = []
    for (let index = 0; index < CHOICE_STATES.length; index += 1) {
      await openMore(rows.nth(index))
      said.push(await page.locator('nv-citizen-choice .state').innerText())
    }
    t.same(said, [
      'Har ikke fået tilbudt videosamtaler',
      'Har fået tilbuddet og ikke svaret endnu',
      'Har sagt nej tak til videosamtaler',
      'Vil spørges en anden gang',
      'Har sagt ja tak',
      'Har sagt ja tak og er i gang',
      'Holder pause til 3. december',
      'Vil ikke have flere videosamtaler',
    ])
    await openMore(rows.nth(CHOICE_STATES.indexOf('offered')))
    await page.getByText('Borgerens svar').click()
    await page.getByRole('button', { name: 'Senere, Anna', exact: true }).click()
    await openMore(rows.nth(CHOICE_STATES.indexOf('notOffered')))
    await button(page, 'Tilbyd videosamtaler, Anna').click()
    t.match(await asked(page), [
      /^\/api\/citizens\/[-0-9a-f]+a1\/choice\/answer {"answer":"later","textVersion":1/,
      /^\/api\/citizens\/[-0-9a-f]+a0\/choice\/offer undefined$/,
    ])
  })
})
