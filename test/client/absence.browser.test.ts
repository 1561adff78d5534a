import t from 'tap'
import { checkLooks, NARROW } from './gallery/looks.ts'
import { openStates } from './gallery/on-states.ts'
import { asked, button } from './gallery/page-tools.ts'

t.test('who is away, and who rings in whose place', async (t) => {
  const { on } = await openStates(t, NARROW)

  await on(
    'incoming-substitute',
    'CI16 a substitute is named before the answer, and CI17 may be declined for the own worker',
    async (t, page) => {
      const ring = page.getByRole('alertdialog', { name: 'Sofie ringer' })
      await ring.waitFor()
      await page.getByText('Sofie Dam ringer i stedet for Mette.').waitFor()
      await checkLooks(t, page)
      const wait = button(page, 'Jeg vil hellere vente på Mette')
      await wait.focus()
      await page.keyboard.press('Enter')
      t.match(await asked(page), ['decline waiting'])
    },
  )

  await on('ended-awaits-worker', 'CI17 the substitute reads it kindly', async (t, page) => {
    await page.getByText('Anna vil hellere vente på Mette.').waitFor()
    await checkLooks(t, page)
  })

  await on('citizens-waits', 'CI17 the own worker has it as a wish', async (t, page) => {
    await page
      .getByText(/Anna vil hellere tale med dig end med vikaren\. Sagde det/)
      .first()
      .waitFor()
    await checkLooks(t, page)
  })

  await on(
    'citizens-waits-substitute',
    'PR6 the list says for whom, until when',
    async (t, page) => {
      await page
        .getByText('Du er vikar for Mette til og med tirsdag den 1. december.')
        .first()
        .waitFor()
      await checkLooks(t, page)
    },
  )

  await on('citizens-waits-substitute', 'CI17 the substitute knows it too', async (t, page) => {
    await page
      .getByText(/Anna vil gerne vente på Mette\. Sagde det/)
      .first()
      .waitFor()
    await checkLooks(t, page)
  })

  await on('home-away', 'AB4 nobody is promised who is away', async (t, page) => {
    await page.getByText('Mette er væk til og med tirsdag den 1. december.').waitFor()
    t.equal(await page.getByText('kommer det frem her').count(), 0)
    await checkLooks(t, page)
  })

  await on('home-away-substitute', 'AB4 who is there instead is named', async (t, page) => {
    await page.getByText('Sofie ringer i stedet.').waitFor()
    await button(page, 'Bed Sofie om at ringe').waitFor()
    await checkLooks(t, page)
  })

  await on('home-waits-near', 'CI17 who would rather wait reads it once', async (t, page) => {
    await page.getByText('Det er helt i orden. Mette har fået besked.').waitFor()
    await button(page, 'Tag beskeden tilbage').waitFor()
    t.equal(await page.getByText('har fået din besked').count(), 0)
    await checkLooks(t, page)
  })

  await on('home-away-appointment', 'AB3 what nobody holds is not promised', async (t, page) => {
    await page.getByText(/Mette er væk i morgen kl\..*I.finder en anden tid/).waitFor()
    t.equal(await page.getByText('ringer Mette').count(), 0)
    await checkLooks(t, page)
  })

  await on('worker-week-absent', 'AB2 whom it touches is read by keyboard', async (t, page) => {
    await page.getByText('Det gælder 3 borgere og 3 aftaler. 2 aftaler har ingen vikar.').waitFor()
    await page.getByRole('button', { name: /^Vis borgere og aftaler/ }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Jens. Ingen vikar.').waitFor()
    await page.getByText('Besøg i morgen kl.').waitFor()
    await checkLooks(t, page)
  })

  await on('worker-week-empty', 'AB1 days are written down, and nothing else', async (t, page) => {
    const said: unknown[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/absences')) {
        said.push(request.postDataJSON())
      }
    })
    await button(page, 'Skriv fravær').click()
    const isFocused = (input: Element) =>
      (input.getRootNode() as ShadowRoot).activeElement === input
    t.ok(await page.getByLabel('Første dag').evaluate(isFocused), 'the focus has not been lost')
    await page.getByLabel('Første dag').fill('2026-11-30')
    await page.getByLabel('Sidste dag').fill('2026-12-01')
    await checkLooks(t, page)
    await button(page, 'Gem fravær').click()
    await page.getByRole('status').filter({ hasText: 'Fraværet er gemt.' }).waitFor()
    t.same(said, [{ firstDay: '2026-11-30', lastDay: '2026-12-01' }])
    t.equal(await page.getByRole('textbox').count(), 0, 'no place for a reason')
  })
})
