import t from 'tap'
import type { Page } from 'playwright-core'
import { checkLooks, NARROW } from './gallery/looks.ts'
import { openStates } from './gallery/on-states.ts'
import { asked, button, focused } from './gallery/page-tools.ts'
import { openMore, rowOf } from '../helpers/citizen-row.ts'

const COPY = 'Kopiér linje til journalen'
const LINE = 'Videosamtale 26-11-2026 kl. 10.00–10.19 (19 min.), borger og medarbejder'

/** A browser whose owner has said no to the clipboard. */
const refuseClipboard = (page: Page) =>
  page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
  })

t.test('around a call', async (t) => {
  const { on } = await openStates(t, NARROW)

  await on(
    'ended-left-worker',
    'L-15 the line is copied by keyboard, and that is told',
    async (t, page) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
      await button(page, COPY).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('status').filter({ hasText: 'Linjen er kopieret.' }).waitFor()
      t.equal(await page.evaluate(() => navigator.clipboard.readText()), LINE)
      await checkLooks(t, page)
    },
  )

  await on(
    'ended-left-worker',
    'L-15 where the clipboard is refused, the line is ready in a field',
    async (t, page) => {
      await refuseClipboard(page)
      await button(page, COPY).click()
      await page.getByRole('status').filter({ hasText: 'Linjen er markeret' }).waitFor()
      const field = page.getByRole('textbox', { name: 'Linje til journalen' })
      t.equal(await field.inputValue(), LINE)
      const selected = await field.evaluate((each: HTMLTextAreaElement) =>
        each.value.slice(each.selectionStart, each.selectionEnd),
      )
      t.equal(selected, LINE, 'one press of Ctrl and C takes it')
      await checkLooks(t, page)
    },
  )

  await on(
    'ended-left-worker',
    'AR4 one tap says what the talk replaced, and another says it otherwise',
    async (t, page) => {
      const said: unknown[] = []
      page.on('request', (request) => {
        if (request.url().endsWith('/replaced')) said.push(request.postDataJSON())
      })
      await page.getByRole('radio', { name: 'Delvist' }).check()
      await page.getByText('Gemt.', { exact: true }).waitFor()
      const again = page.waitForResponse('**/replaced')
      await page.getByRole('radio', { name: 'Ved ikke' }).check()
      await again
      t.same(said, [{ replaced: 'partly' }, { replaced: 'unknown' }])
    },
  )

  await on(
    'talk-agreed',
    'AR2 what was agreed is there when the talk opens, until it is closed',
    async (t, page) => {
      const agreed = page.getByRole('status').filter({ hasText: 'I aftalte at tale om En tur ud' })
      await agreed.waitFor()
      await checkLooks(t, page)
      await button(page, 'Luk').click()
      await agreed.waitFor({ state: 'detached' })
    },
  )

  await on('incoming-alone', 'CI15 the citizen reads that the worker is alone', async (t, page) => {
    await page.getByText('Mette sidder alene i et lukket rum.').waitFor()
    await checkLooks(t, page)
  })

  await on('citizens', 'CI15 the worker says it once, and each ring tells it', async (t, page) => {
    const box = page.getByRole('checkbox', { name: 'Jeg sidder alene i et lukket rum' })
    const ring = page
      .getByRole('listitem')
      .filter({ hasText: 'Anna' })
      .getByRole('button', { name: 'Ring op' })
    await ring.click()
    await box.check()
    await ring.click()
    t.match(await asked(page), [/^ring \S+3$/, /^ring \S+3 alone$/])
  })

  await on('citizens', 'AR1 a line is agreed by keyboard alone', async (t, page) => {
    const agreed: unknown[] = []
    page.on('request', (request) => {
      if (request.method() === 'PUT') agreed.push(request.postDataJSON())
    })
    await rowOf(page, 'Anna').getByRole('button', { name: 'Mere' }).focus()
    await page.keyboard.press('Enter')
    await button(page, 'Saml op næste gang, Anna').focus()
    await page.keyboard.press('Enter')
    const list = page.getByRole('combobox', { name: 'Det vil I tale om næste gang, du og Anna' })
    await list.waitFor()
    t.match(await focused(page), /Saml op/, 'the focus stays where it was pressed')
    await list.selectOption('Et brev')
    await page.getByText('Gemt.', { exact: true }).waitFor()
    t.same(agreed, [{ line: 'letter' }])
    await checkLooks(t, page)
  })

  await on('citizens', 'AR5 talks of the last week can be told of later', async (t, page) => {
    await button(page, 'Dine seneste samtaler').click()
    const covered = page.getByRole('list', { name: 'Vikarer har talt med' })
    await covered.getByText('Sofie har talt med Jens tirsdag den 24. november kl. 10.00.').waitFor()
    const talks = page.locator('nv-latest-talks div').getByRole('listitem')
    await talks.first().waitFor()
    t.equal(await talks.count(), 2)
    t.ok(await talks.nth(1).getByRole('radio', { name: 'Delvist' }).isChecked())
    t.equal(await talks.getByRole('button', { name: COPY }).count(), 2)
    await checkLooks(t, page)
  })

  await on(
    'citizens',
    'TR2 a way that cannot be is refused beside its field, and a right one is kept',
    async (t, page) => {
      const kept: unknown[] = []
      page.on('request', (request) => {
        if (request.method() === 'PUT') kept.push(request.postDataJSON())
      })
      await openMore(rowOf(page, 'Anna'))
      await button(page, 'Kørsel, Anna').click()
      const minutes = page.getByRole('textbox', { name: 'Minutter i alt' })
      await minutes.waitFor()
      t.equal(await minutes.inputValue(), '40')
      await minutes.fill('601')
      await page.keyboard.press('Enter')
      await page.getByText('Skriv et helt tal fra 0 til 600.').waitFor()
      t.equal(await minutes.getAttribute('aria-invalid'), 'true')
      t.same(kept, [])
      await checkLooks(t, page)
      await minutes.fill('600')
      await page.keyboard.press('Enter')
      await page.getByText('Gemt.', { exact: true }).waitFor()
      t.same(kept, [{ travel: { minutes: 600, km: 22 } }])
    },
  )
})
