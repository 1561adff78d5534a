import t from 'tap'
import { checkLooks, NARROW } from './gallery/looks.ts'
import { asked, button, LIMIT_MS } from './gallery/page-tools.ts'
import { GalleryStage } from './gallery/stage.ts'

t.test('the pages of sign-in', async (t) => {
  t.setTimeout(LIMIT_MS)
  const stage = await GalleryStage.open()
  t.teardown(() => stage.close())

  await t.test('a passphrase is typed by keyboard alone', async (t) => {
    const { page, trouble, leave } = await stage.show('worker-sign-in', NARROW)
    await button(page, 'Log ind med adgangssætning').press('Enter')
    await checkLooks(t, page)
    await page.getByLabel('Brugernavn').focus()
    await page.keyboard.type('mette.holm')
    await page.keyboard.press('Tab')
    await page.keyboard.type('tre blå cykler i gården')
    await page.keyboard.press('Tab')
    await page.keyboard.type('123 45')
    await page.keyboard.press('Enter')
    t.same(await asked(page), [], 'five digits are not sent')
    await page.keyboard.type('6')
    // What is done when it worked is to leave; here there is nowhere to go.
    const left = page.waitForURL((url) => url.pathname === '/' && url.search === '')
    await page.keyboard.press('Enter')
    await left
    t.same(trouble, [])
    await leave()
  })

  for (const state of ['worker-signed-out', 'worker-signed-out-it']) {
    await t.test(`${state}: whoever is sent here is told why`, async (t) => {
      const { page, trouble, leave } = await stage.show(state, NARROW)
      const heading = page.getByRole('heading', { name: 'Log ind', exact: true })
      await heading.waitFor()
      const about = await heading.evaluate((element) => {
        const id = element.getAttribute('aria-describedby') ?? ''
        return (element.getRootNode() as ShadowRoot).getElementById(id)?.textContent
      })
      t.match(about, /^Du er blevet logget ud\./, 'it is read out with the heading')
      t.ok(await page.getByText('Du er blevet logget ud.').isVisible())
      await checkLooks(t, page)
      t.same(trouble, [])
      await leave()
    })
  }

  await t.test('whoever comes by themselves is told nothing of the kind', async (t) => {
    const { page, leave } = await stage.show('worker-sign-in', NARROW)
    await page.getByRole('heading', { name: 'Log ind', exact: true }).waitFor()
    t.equal(await page.getByText('Du er blevet logget ud.').count(), 0)
    await leave()
  })

  await t.test('a refusal is said, and the form stays', async (t) => {
    const { page, leave } = await stage.show('worker-sign-in-refused', NARROW)
    await button(page, 'Log ind med adgangsnøgle').click()
    await page.getByText('Det passer ikke. Se på navn, adgangssætning og kode igen.').waitFor()
    t.same(await asked(page), ['sign in with passkey'])
    t.equal(await button(page, 'Log ind med adgangsnøgle').count(), 1)
    await leave()
  })

  await t.test('a passphrase is made beside its picture and its key in words', async (t) => {
    const { page, leave } = await stage.show('worker-invitation', NARROW)
    await button(page, 'Brug en adgangssætning i stedet').press('Enter')
    await page.getByRole('heading', { name: 'Lav en adgangssætning' }).waitFor()
    t.equal(
      await page.locator('.seed').textContent(),
      'JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP',
      'in groups of four',
    )
    t.equal(await page.getByRole('img', { name: 'QR-kode til din app' }).count(), 1)
    await checkLooks(t, page)
    await leave()
  })

  await t.test('whoever has a work account is sent there, and makes nothing here', async (t) => {
    const { page, leave } = await stage.show('worker-invitation-work-account', NARROW)
    await page.getByText('Du logger ind med din arbejdskonto.').waitFor()
    t.equal(await page.getByRole('button').count(), 0)
    t.equal(await page.getByRole('link', { name: 'Gå til log ind' }).count(), 1)
    await checkLooks(t, page)
    await leave()
    const own = await stage.show('worker-passkeys-work-account', NARROW)
    await own.page.getByText('Nøgler her virker ikke for dig.').waitFor()
    t.equal(await button(own.page, 'Tilføj en adgangsnøgle').count(), 0)
    t.equal(await own.page.getByRole('button', { name: /^Fjern nøglen/ }).count(), 2)
    await own.leave()
  })

  await t.test('work accounts come first where there are any', async (t) => {
    const { page, leave } = await stage.show('worker-sign-in-work-account', NARROW)
    const link = page.getByRole('link', { name: 'Log ind med din arbejdskonto' })
    t.equal(await link.getAttribute('href'), '/api/oidc/start')
    t.match(await link.getAttribute('class'), 'primary')
    t.notMatch(await button(page, 'Log ind med adgangsnøgle').getAttribute('class'), 'primary')
    await leave()
  })

  await t.test(
    'passkeys are told apart by their dates, also by name of their buttons',
    async (t) => {
      const { page, leave } = await stage.show('worker-passkeys', NARROW)
      const remove = page.getByRole('button', { name: /^Fjern nøglen/ })
      const names = await remove.evaluateAll((all) => all.map((each) => each.ariaLabel))
      t.same(names, [
        'Fjern nøglen, der er lavet 25. november 2026 kl. 09.00',
        'Fjern nøglen, der er lavet 24. november 2026 kl. 08.00',
      ])
      await remove.last().click()
      await page.getByText('Nøglen er fjernet. Du er logget ud alle andre steder.').waitFor()
      t.match(await asked(page), [/^remove .*2$/])
      await leave()
    },
  )
})
