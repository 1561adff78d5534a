import t from 'tap'
import { checkLooks } from './gallery/looks.ts'
import { openStates } from './gallery/on-states.ts'
import { asked, button } from './gallery/page-tools.ts'
import { openMore, rowOf } from '../helpers/citizen-row.ts'

t.test('N16 the ordinary telephone is one tap away', async (t) => {
  const { on } = await openStates(t)

  await on('citizens-phone', 'in the row of whom no app reaches', async (t, page) => {
    const links = page.locator('a[href="tel:+4520304050"]')
    t.equal(await links.count(), 1, 'Anna has the app open')
    const max = rowOf(page, 'Max')
    await max.getByRole('link', { name: 'Ring på telefon 20 30 40 50' }).waitFor()
    await checkLooks(t, page)
    await page.evaluate(() => {
      window.connection.set('lost')
    })
    await rowOf(page, 'Anna').getByRole('link', { name: 'Ring på telefon' }).waitFor()
  })

  await on('citizens-phone', 'and behind "Mere" of everybody', async (t, page) => {
    const link = page.getByRole('link', { name: 'Telefon 20 30 40 50', exact: true })
    await openMore(rowOf(page, 'Anna'))
    t.equal(await link.getAttribute('href'), 'tel:+4520304050')
    const max = rowOf(page, 'Max')
    await openMore(max)
    await link.waitFor()
    t.equal(await max.getByRole('button', { name: /telefonnummer/ }).count(), 0, 'who only reads')
    await checkLooks(t, page)
  })

  await on('citizens-phone', 'a number is written down as people write them', async (t, page) => {
    await openMore(rowOf(page, 'Jens'))
    const open = button(page, 'Skriv telefonnummer, Jens')
    await open.focus()
    await page.keyboard.press('Enter')
    const field = page.getByLabel("Jens' telefonnummer")
    await field.fill('2030 405')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('Skriv otte cifre.').waitFor()
    t.ok(await field.evaluate((input) => input.matches(':focus')), 'back in the field')
    await checkLooks(t, page)
    await field.fill('2030 4051')
    await page.keyboard.press('Enter')
    await field.waitFor({ state: 'detached' })
    t.match(await asked(page), [/^phone \S+ \+4520304051$/])
    t.ok(await open.evaluate((each) => each.matches(':focus')), 'the focus is where it was')
  })

  await on('citizens-phone', 'and taken out', async (t, page) => {
    await openMore(rowOf(page, 'Anna'))
    await button(page, 'Ret telefonnummer, Anna').click()
    await button(page, 'Fjern nummeret').click()
    t.match(await asked(page), [/^phone \S+ null$/])
  })

  for (const state of ['out-notice-failed-phone', 'ended-missed-worker-phone']) {
    await on(state, `${state}: where it may not be heard, or was not`, async (t, page) => {
      const link = page.getByRole('link', { name: 'Ring på 20 30 40 50' })
      t.equal(await link.getAttribute('href'), 'tel:+4520304050')
      await checkLooks(t, page)
    })
  }

  await on('out-notice-failed', 'without a number it is said all the same', async (t, page) => {
    await page.getByText('Du kan også ringe på den almindelige telefon.').waitFor()
    t.equal(await page.locator('a[href^="tel:"]').count(), 0)
  })

  await on('staff-team', 'a leader writes it down', async (t, page) => {
    await button(page, 'Ret telefonnummer, Anna').click()
    await page.getByLabel('Annas telefonnummer').fill('+46 701 234 567')
    await button(page, 'Gem').first().click()
    t.strictSame(await asked(page), ['"writePhone" "+46701234567"'])
    await checkLooks(t, page)
  })

  await on('my-choices-phone', 'and the citizen reads what is written down', async (t, page) => {
    await button(page, 'Telefon og tablet').click()
    await page
      .getByText('Vi har dit telefonnummer: 20 30 40 50. Er det forkert, så sig det til Mette.')
      .waitFor()
    await checkLooks(t, page)
  })
})
