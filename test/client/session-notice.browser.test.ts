import type { Page } from 'playwright-core'
import t from 'tap'
import { GalleryStage } from './gallery/stage.ts'

const WIDE = { viewport: { width: 1280, height: 800 } }
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const asked = (page: Page): Promise<string[]> => page.evaluate(() => window.asked)

t.test('A-11 the end of a session is told before', async (t) => {
  t.setTimeout(120_000)
  const stage = await GalleryStage.open()
  t.teardown(() => stage.close())

  await t.test('for want of use: a dialog with a way to stay, by keyboard alone', async (t) => {
    const { page, trouble } = await stage.show('worker-idle-warning', WIDE)
    const dialog = page.getByRole('alertdialog', { name: 'Er du her stadig?' })
    await dialog.waitFor()
    const body = await dialog.evaluate((element) => {
      const id = element.getAttribute('aria-describedby') ?? ''
      const root = element.getRootNode() as ShadowRoot
      return root.getElementById(id)?.textContent
    })
    t.match(body, /^Der er ikke sket noget her længe\. Kl\. \d\d\.\d\d bliver du logget ud\.$/)
    t.ok(
      await button(page, 'Ja, jeg er her').evaluate((element) => element.matches(':focus')),
      'the focus is on the way to stay',
    )
    await page.mouse.move(200, 200)
    t.same(await asked(page), [], 'the pointer alone is no answer')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    t.same(await asked(page), ['I am here'])
    t.same(trouble, [])
    await page.context().close()
  })

  await t.test('Escape means to stay as well', async (t) => {
    const { page } = await stage.show('worker-idle-warning', WIDE)
    const dialog = page.getByRole('alertdialog')
    await dialog.waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    t.same(await asked(page), ['I am here'])
    await page.context().close()
  })

  await t.test('by its age: time to finish, put aside or done at once', async (t) => {
    const { page } = await stage.show('worker-age-warning', WIDE)
    const dialog = page.getByRole('alertdialog', { name: 'Snart skal du logge ind igen' })
    await dialog.waitFor()
    t.equal(await button(page, 'Log ind igen nu').count(), 1)
    await button(page, 'Det er forstået').press('Enter')
    await dialog.waitFor({ state: 'detached' })
    t.same(await asked(page), [], 'nothing can put it off')
    await page.context().close()
  })

  await t.test('in a call: an alert beside the picture, and the focus stays', async (t) => {
    const { page } = await stage.show('talk-worker-age-warning', WIDE)
    const alert = page.getByRole('alert').filter({ hasText: 'Sig farvel inden.' })
    await alert.waitFor()
    t.equal(await page.getByRole('alertdialog').count(), 0)
    t.notOk(await button(page, 'Det er forstået').evaluate((element) => element.matches(':focus')))
    await button(page, 'Læg på').click({ trial: true })
    await button(page, 'Det er forstået').click()
    await alert.waitFor({ state: 'detached' })
    await page.context().close()
  })

  await t.test('citizens hear nothing of it', async (t) => {
    const { page } = await stage.show('home', WIDE)
    t.equal(await page.locator('nv-session-notice').count(), 0)
    await page.context().close()
  })
})
