import type { Page } from 'playwright-core'
import { AxeBuilder } from '@axe-core/playwright'
import t, { type Test } from 'tap'
import { GalleryStage } from './gallery/stage.ts'

const LIMIT_MS = 200_000
const PHONE = { viewport: { width: 320, height: 640 }, hasTouch: true }

const asked = (page: Page): Promise<string[]> => page.evaluate(() => window.asked)
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

async function checkCalm(t: Test, page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  t.same(
    violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]),
    [],
    'axe finds nothing',
  )
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  t.ok(width <= PHONE.viewport.width, `no sideways scroll: ${width}`)
}

t.test('pages of leaders and IT', async (t) => {
  t.setTimeout(LIMIT_MS)
  const stage = await GalleryStage.open()
  t.teardown(() => stage.close())
  const on = (state: string, name: string, check: (t: Test, page: Page) => Promise<void>) =>
    t.test(name, async (t) => {
      const { page, trouble } = await stage.show(state, PHONE)
      await check(t, page)
      t.same(trouble, [])
      await page.context().close()
    })

  await on(
    'staff-team',
    'a leader chooses a substitute by keyboard, for whole days',
    async (t, page) => {
      await page.getByRole('row', { name: /^Anna/ }).getByText('Vikar: Ole Krogh').waitFor()
      await page.getByLabel('Borger', { exact: true }).selectOption('Jens')
      await page.getByLabel('Medarbejder', { exact: true }).selectOption('Mette Holm')
      await page.getByLabel('Første dag').fill('2026-11-26')
      await page.getByLabel('Sidste dag').fill('2026-11-27')
      await page.getByLabel('Sidste dag').press('Enter')
      await page.waitForFunction(() => window.asked.length > 0)
      const [said = ''] = await asked(page)
      t.match(said, /"kind":"substitute"/)
      t.match(said, `"fromAt":${Date.UTC(2026, 10, 25, 23)}`, 'midnight in Denmark')
      t.match(said, `"toAt":${Date.UTC(2026, 10, 27, 23)}`, 'the last day is whole')
      await button(page, 'Afslut nu Ole Krogh hos Anna').click()
      await page.waitForFunction(() => window.asked.length > 1)
      t.match((await asked(page))[1], /^"endAssignment"/)
      await checkCalm(t, page)
    },
  )

  await on('staff-it', 'IT sees to an account, and citizens are pseudonyms', async (t, page) => {
    await button(page, 'Ret Mette Holm').click()
    await page.getByRole('checkbox', { name: 'Team Havnen' }).waitFor()
    await button(page, 'Lav invitation').click()
    await page.getByText('https://video.example.dk/invitation#abc').waitFor()
    await button(page, 'Luk konto').click()
    await button(page, 'Slet konto').click()
    await button(page, 'Nej, behold kontoen').click()
    t.same(await asked(page), ['"invite"', '"setDisabled" true'], 'nothing is deleted by one tap')
    await checkCalm(t, page)
    await button(page, 'Vis logins Borger 4F2A').click()
    await page.getByRole('list', { name: 'Her er Borger 4F2A logget ind' }).waitFor()
    await button(page, 'Frakobl enhed').click()
    await page.waitForFunction(() => window.asked.length > 2)
    t.equal((await asked(page))[2], '"revokeDevice"')
    t.equal(await page.getByText(/Anna|Jens/).count(), 0)
    await checkCalm(t, page)
  })

  await on(
    'citizens-more-roles',
    'several roles are several pages, by plain links',
    async (t, page) => {
      const links = page.getByRole('navigation', { name: 'Dine sider' })
      t.equal(await links.getByRole('link', { name: 'Mit team' }).getAttribute('href'), '/team')
      t.equal(await links.getByRole('link', { name: 'It-support' }).getAttribute('href'), '/it')
      const here = links.getByRole('link', { name: 'Mine borgere' })
      t.equal(await here.getAttribute('aria-current'), 'page')
    },
  )

  await on('lookups', 'a citizen reads when and why, and no names', async (t, page) => {
    await page.getByText('En leder så, hvem der er din bostøtte.').waitFor()
    await page.getByText('23. nov. 2026 kl. 09.00').first().waitFor()
    await checkCalm(t, page)
  })
})
