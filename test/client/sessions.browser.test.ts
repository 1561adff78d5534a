import type { Page } from 'playwright-core'
import { AxeBuilder } from '@axe-core/playwright'
import t from 'tap'
import { GalleryStage } from './gallery/stage.ts'

const PHONE = { viewport: { width: 320, height: 640 }, hasTouch: true }
const asked = (page: Page): Promise<string[]> => page.evaluate(() => window.asked)

t.test('the page of where one is signed in', async (t) => {
  t.setTimeout(120_000)
  const stage = await GalleryStage.open()
  t.teardown(() => stage.close())

  await t.test('the place that is used now is marked, and only others can be ended', async (t) => {
    const { page, trouble } = await stage.show('worker-sessions', PHONE)
    const current = page.locator('[aria-current="true"]')
    await current.getByText('Computer, som du bruger nu').waitFor()
    t.equal(await current.getByRole('button').count(), 0)
    const end = page.getByRole('button', { name: /^Log ud der/ })
    t.equal(await end.count(), 1)
    t.equal(
      await end.getAttribute('aria-label'),
      'Log ud der: Telefon, brugt sidst 26. november 2026 kl. 08.30',
    )
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      const { violations } = await new AxeBuilder({ page }).analyze()
      t.same(
        violations.map(({ id }) => id),
        [],
        `axe finds nothing (${colorScheme})`,
      )
    }
    const isWide = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      return scrollWidth > clientWidth
    })
    t.notOk(isWide, 'no sideways scroll at 320 px')
    t.same(trouble, [])
    await page.context().close()
  })

  await t.test('by keyboard one ends another place, then all, and hears of it', async (t) => {
    const { page } = await stage.show('worker-sessions', PHONE)
    await page.getByRole('button', { name: /^Log ud der/ }).press('Enter')
    await page.getByRole('status').getByText('Du er logget ud der.').waitFor()
    const heading = page.getByRole('heading', { name: 'Her er du logget ind' })
    t.ok(await heading.evaluate((each) => each.matches(':focus')), 'the focus has a place')
    await page.getByRole('button', { name: 'Log ud alle andre steder' }).press('Enter')
    await page.getByRole('status').getByText('Du er logget ud alle andre steder.').waitFor()
    t.match(await asked(page), [/^end .*2$/, 'end others'])
    await page.context().close()
  })

  await t.test('what is refused is said', async (t) => {
    const { page } = await stage.show('worker-sessions-refused', PHONE)
    await page.getByRole('button', { name: /^Log ud der/ }).click()
    await page.getByText('Du er blevet logget ud.').waitFor()
    t.match(await asked(page), [/^end /])
    await page.context().close()
  })
})
