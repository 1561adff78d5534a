import t from 'tap'
import { appointmentOf } from './gallery/appointments.ts'
import { checkLooks, NARROW } from './gallery/looks.ts'
import { openStates } from './gallery/on-states.ts'
import { asked, button } from './gallery/page-tools.ts'
import { openMore, rowOf } from '../helpers/citizen-row.ts'

const ANSWER = '/api/own-appointments/00000000-0000-7000-8000-000000000091/2026-11-26/answer'

t.test('what a citizen reads and says of an appointment', async (t) => {
  const { on } = await openStates(t, NARROW)

  await on(
    'home-appointment',
    'calling off is asked about once, and nobody asks why',
    async (t, page) => {
      await page.getByText('I dag kl. 14.00 ringer Mette.').waitFor()
      await page.getByText('Mette ringer til dig her. Du skal ikke gøre noget.').waitFor()
      await button(page, 'Meld afbud').click()
      await page.getByText('Vil du melde afbud til aftalen i dag kl. 14.00?').waitFor()
      await checkLooks(t, page)
      await page.keyboard.press('Escape')
      await button(page, 'Meld afbud').click()
      await button(page, 'Nej, behold aftalen').click()
      t.same(await asked(page), [], 'nothing has been said yet')
      await button(page, 'Meld afbud').click()
      await button(page, 'Ja, meld afbud').click()
      t.same(await asked(page), [`${ANSWER} {"answer":"off"}`])
    },
  )

  await on('home-appointment-moved', 'what was moved says from when', async (t, page) => {
    await page.getByText('I morgen kl. 14.00 ringer Mette.').waitFor()
    await page.getByText('Aftalen er flyttet. Før var den i morgen kl. 12.00.').waitFor()
    await checkLooks(t, page)
  })

  await on(
    'home-soon-off',
    'who has said "Ikke i dag" is not asked to be ready',
    async (t, page) => {
      await page.getByText('Du har meldt afbud til aftalen').waitFor()
      t.equal(await button(page, 'Jeg er klar').count(), 0)
      await button(page, 'Fortryd afbud').waitFor()
    },
  )

  await on('home-soon-more', 'five minutes more are a time', async (t, page) => {
    await page.getByText('Så siger vi kl. 10.11. Mette har fået besked.').waitFor()
    await page.getByText('I dag kl. 10.11 ringer Mette.').waitFor()
    await checkLooks(t, page)
  })

  await on('citizens-reminded', 'and the worker reads that time as the next', async (t, page) => {
    await page.getByText('Næste: video i dag kl. 10.11.').waitFor()
    t.equal(await page.getByText('Næste: video i dag kl. 10.06.').count(), 2, 'of the others')
  })

  await on('home-appointment', 'the next few are a tap away, and more another', async (t, page) => {
    const appointments = [0, 24, 48, 72, 96, 120, 144, 168, 192].map((hours) =>
      appointmentOf(hours === 24 ? { kind: 'visit' } : hours === 48 ? { isAway: true } : {}, hours),
    )
    await page.route('**/api/own-appointments', (route) =>
      route.fulfill({ json: { appointments } }),
    )
    await button(page, 'Flere aftaler').click()
    await page.getByRole('heading', { name: 'Dine næste aftaler' }).waitFor()
    const rows = page.getByRole('dialog').getByRole('listitem')
    await page.getByText('I morgen kl. 14.00 kommer Mette hjem til dig.').waitFor()
    t.equal(await rows.count(), 3)
    t.match(await rows.nth(2).textContent(), /^Mette er væk .*I\u00a0finder en anden tid\.$/)
    await checkLooks(t, page)
    await button(page, 'Vis flere').click()
    await rows.nth(7).waitFor()
    t.equal(await rows.nth(3).evaluate((row) => row.matches(':focus')), true)
    await button(page, 'Vis flere').click()
    await rows.nth(8).waitFor()
    t.equal(await button(page, 'Vis flere').count(), 0)
    await page.keyboard.press('Escape')
    t.equal(await button(page, 'Flere aftaler').evaluate((each) => each.matches(':focus')), true)
  })

  await on('home-appointment', 'a double tap calls nothing off', async (t, page) => {
    const off = button(page, 'Meld afbud')
    const box = await off.boundingBox()
    if (box === null) throw new Error('no button')
    await off.click()
    await page.getByText('Vil du melde afbud').waitFor()
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
    await page.getByText('Vil du melde afbud').waitFor()
    t.same(await asked(page), [])
  })

  await on('home-appointment-off', 'what is called off is taken back', async (t, page) => {
    await page
      .getByText('Du har meldt afbud til aftalen i dag kl. 14.00. Mette har fået besked.')
      .waitFor()
    await page.getByText('I morgen kl. 14.00 ringer Mette.').waitFor()
    await button(page, 'Fortryd afbud').click()
    t.same(await asked(page), [`${ANSWER} {"answer":"on"}`])
    await checkLooks(t, page)
  })

  await on(
    'home-appointment-substitute',
    'a substitute is named, and may be declined',
    async (t, page) => {
      await page.getByText('Sofie ringer i stedet for Mette.').waitFor()
      await button(page, 'Jeg vil hellere vente på Mette').click()
      t.same(await asked(page), [`${ANSWER} {"answer":"wait"}`])
      await checkLooks(t, page)
    },
  )

  await on(
    'home-appointment-late',
    'who is late says so in words and by the clock',
    async (t, page) => {
      await page.getByText('Mette er 10 minutter forsinket og ringer cirka kl. 11.10.').waitFor()
      await checkLooks(t, page)
    },
  )

  await on('home-appointment-paused', 'a pause of video is no pause of visits', async (t, page) => {
    await page.getByText('Du holder pause til 3. december.').waitFor()
    await page.getByText('I dag kl. 14.00 kommer Mette hjem til dig.').waitFor()
    await checkLooks(t, page)
  })
})

t.test('what a worker plans on the page of the own citizens', async (t) => {
  const { on } = await openStates(t, NARROW)

  await on('citizens-planned', 'each row says how its next appointment stands', async (t, page) => {
    await page.getByText('Næste: video i dag kl. 11.00.').waitFor()
    await page.getByText('Du er 10 minutter forsinket. Anna kan se det.').waitFor()
    await page.getByText('Jens har meldt afbud: telefon i dag kl. 14.00.').waitFor()
    await page.getByText('Max vil hellere vente på Mette: video i morgen kl. 14.00.').waitFor()
    t.equal(await button(page, 'Jeg tager den, Max').count(), 1)
    await checkLooks(t, page)
  })

  await on('citizens-planned', 'a dialog opens with what is most likely', async (t, page) => {
    await openMore(rowOf(page, 'Anna'))
    await button(page, 'Ny aftale, Anna').click()
    await page.getByRole('heading', { name: 'Ny aftale med Anna' }).waitFor()
    t.equal(await page.getByRole('radio', { name: 'Video' }).isChecked(), true)
    t.equal(await page.getByLabel('Dag').inputValue(), '2026-11-27')
    t.equal(await page.getByLabel('Klokken').inputValue(), '10:00')
    t.equal(await page.getByLabel('Hvor længe?').inputValue(), '20')
    await page.getByRole('radio', { name: 'Besøg' }).check()
    t.equal(await page.getByLabel('Hvor længe?').inputValue(), '60', 'a visit takes longer')
    await page.getByLabel('Gentages').selectOption('Hver uge')
    t.equal(await page.getByLabel('Til og med').inputValue(), '2027-02-26')
    await checkLooks(t, page)
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: 'Ny aftale med Anna' }).waitFor({ state: 'detached' })
  })

  await on(
    'citizens-quiet',
    'a time that the citizen wants for themselves is a warning',
    async (t, page) => {
      await openMore(rowOf(page, 'Anna'))
      await button(page, 'Ny aftale, Anna').click()
      await page.getByLabel('Klokken').fill('21:30')
      await page.getByLabel('Klokken').blur()
      await page.getByText('Du kan gemme alligevel.').waitFor()
      t.equal(await button(page, 'Gem aftale').isEnabled(), true)
      await checkLooks(t, page)
    },
  )

  await on('citizens-planned', 'a series is called off once, or from now on', async (t, page) => {
    await openMore(rowOf(page, 'Anna'))
    await button(page, 'Flyt eller aflys, Anna').click()
    await button(page, 'Aflys aftale').click()
    await button(page, 'Kun denne aftale').waitFor()
    await button(page, 'Denne og de følgende').waitFor()
    await button(page, 'Alle kommende').waitFor()
    await checkLooks(t, page)
    await button(page, 'Nej, behold aftalen').click()
    t.equal(await button(page, 'Aflys aftale').count(), 1)
  })
})
