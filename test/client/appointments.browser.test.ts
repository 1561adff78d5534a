import t from 'tap'
import { checkLooks, NARROW } from './gallery/looks.ts'
import { openStates } from './gallery/on-states.ts'
import { asked, button } from './gallery/page-tools.ts'

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
