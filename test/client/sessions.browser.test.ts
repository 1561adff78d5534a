import t from 'tap'
import { checkLooks, NARROW } from './gallery/looks.ts'
import { asked, LIMIT_MS } from './gallery/page-tools.ts'
import { GalleryStage } from './gallery/stage.ts'

t.test('the page of where one is signed in', async (t) => {
  t.setTimeout(LIMIT_MS)
  const stage = await GalleryStage.open()
  t.teardown(() => stage.close())

  await t.test('the place that is used now is marked, and only others can be ended', async (t) => {
    const { page, trouble, leave } = await stage.show('worker-sessions', NARROW)
    const current = page.locator('[aria-current="true"]')
    await current.getByText('Computer, som du bruger nu').waitFor()
    t.equal(await current.getByRole('button').count(), 0)
    const end = page.getByRole('button', { name: /^Log ud der/ })
    t.equal(await end.count(), 1)
    t.equal(
      await end.getAttribute('aria-label'),
      'Log ud der: Telefon, brugt sidst 26. november 2026 kl. 08.30',
    )
    await checkLooks(t, page)
    t.same(trouble, [])
    await leave()
  })

  await t.test('by keyboard one ends another place, then all, and hears of it', async (t) => {
    const { page, leave } = await stage.show('worker-sessions', NARROW)
    await page.getByRole('button', { name: /^Log ud der/ }).press('Enter')
    await page.getByRole('status').getByText('Du er logget ud der.').waitFor()
    const heading = page.getByRole('heading', { name: 'Her er du logget ind' })
    t.ok(await heading.evaluate((each) => each.matches(':focus')), 'the focus has a place')
    await page.getByRole('button', { name: 'Log ud alle andre steder' }).press('Enter')
    await page.getByRole('status').getByText('Du er logget ud alle andre steder.').waitFor()
    t.match(await asked(page), [/^end .*2$/, 'end others'])
    await leave()
  })

  await t.test('what is refused is said', async (t) => {
    const { page, leave } = await stage.show('worker-sessions-refused', NARROW)
    await page.getByRole('button', { name: /^Log ud der/ }).click()
    await page.getByText('Du er blevet logget ud.').waitFor()
    t.match(await asked(page), [/^end /])
    await leave()
  })
})
