import t from 'tap'
import type { Page } from 'playwright-core'
import { checkLooks, NARROW } from './gallery/looks.ts'
import { openStates } from './gallery/on-states.ts'
import { button, focused } from './gallery/page-tools.ts'
import { openMore, rowOf } from '../helpers/citizen-row.ts'

declare global {
  interface Window {
    /** What notices the page has shown, for tests. */
    notices: string[]
  }
}

/** A browser that shows notices, or whose owner says no to them. */
const fakeNotices = (page: Page, answer: NotificationPermission) =>
  page.evaluate((answer) => {
    window.notices = []
    class FakeNotification extends EventTarget {
      static permission: NotificationPermission = 'default'
      static requestPermission(): Promise<NotificationPermission> {
        FakeNotification.permission = answer
        return Promise.resolve(answer)
      }
      constructor(text: string) {
        super()
        window.notices.push(text)
      }
    }
    Object.assign(window, { Notification: FakeNotification })
  }, answer)

/** One of the citizens asks to be rung. */
const ask = (page: Page, name: string) =>
  page.evaluate((name) => {
    const { directory } = window
    if (directory.value === null) return
    const citizens = directory.value.citizens.map((each) =>
      each.person.name === name
        ? { ...each, callback: { askedAt: Date.now(), seenAt: null } }
        : each,
    )
    directory.set({ ...directory.value, citizens })
  }, name)

const names = (page: Page) => page.getByRole('listitem').locator('.name').allTextContents()

t.test('my citizens', async (t) => {
  const { on } = await openStates(t, NARROW)

  await on(
    'citizens',
    'a citizen is found by keyboard, and how many are found is told',
    async (t, page) => {
      const field = page.getByRole('searchbox', { name: 'Find en borger' })
      await field.focus()
      await page.keyboard.type('je')
      await page.getByRole('status').filter({ hasText: '1 af 3 borgere' }).waitFor()
      t.same(await names(page), ['Jens'])
      await page.keyboard.press('Tab')
      t.match(await focused(page), /Ring op/, 'and the next step leads to the ring')
      await field.focus()
      await page.keyboard.type('x')
      await page.getByText('Ingen borger hedder det.').waitFor()
      t.same(await names(page), [])
      await checkLooks(t, page)
      await page.keyboard.press('Escape')
      t.same(await names(page), ['Anna', 'Jens', 'Max'])
      t.equal(await field.inputValue(), '')
    },
  )

  await on(
    'citizens',
    'who asks to be rung comes first and into the title, but not below a pointer',
    async (t, page) => {
      t.equal(await page.title(), 'Mine borgere – Nærvær')
      await button(page, 'Dine seneste samtaler').focus()
      await ask(page, 'Max')
      await page.getByRole('button', { name: 'Ring til Max' }).waitFor()
      t.same(await names(page), ['Max', 'Anna', 'Jens'])
      t.equal(await page.title(), '(1) Mine borgere – Nærvær')
      await page
        .getByRole('listitem')
        .filter({ hasText: 'Anna' })
        .getByRole('button', { name: 'Ring op' })
        .focus()
      await ask(page, 'Jens')
      await page.getByRole('button', { name: 'Ring til Jens' }).waitFor()
      t.same(await names(page), ['Max', 'Anna', 'Jens'], 'the row that is in use stays where it is')
      t.equal(await page.title(), '(2) Mine borgere – Nærvær')
    },
  )

  await on(
    'citizens',
    'notices are off until a tap, and remembered by this browser only',
    async (t, page) => {
      await fakeNotices(page, 'granted')
      const kept = () => page.evaluate(() => localStorage.getItem('naervaer.desk'))
      await ask(page, 'Anna')
      await page.getByRole('button', { name: 'Ring til Anna' }).waitFor()
      t.same([await page.evaluate(() => window.notices), await kept()], [[], null])
      await button(page, 'Giv mig besked på skærmen, når en borger venter').click()
      await page.getByText('Du får besked, når en borger vil ringes op').waitFor()
      t.equal(await kept(), 'on')
      await checkLooks(t, page)
      await ask(page, 'Max')
      await page.waitForFunction(() => window.notices.length > 0)
      t.same(await page.evaluate(() => window.notices), ['Max vil gerne ringes op'])
      await button(page, 'Slå besked på skærmen fra').click()
      await ask(page, 'Jens')
      await page.getByRole('button', { name: 'Ring til Jens' }).waitFor()
      t.equal((await page.evaluate(() => window.notices)).length, 1)
      t.equal(await kept(), null)
    },
  )

  await on('citizens', 'a browser that says no is told of, with what to do', async (t, page) => {
    await fakeNotices(page, 'denied')
    await button(page, 'Giv mig besked på skærmen, når en borger venter').click()
    await page.getByText('Browseren må ikke give dig besked på skærmen.').waitFor()
    t.equal(await page.evaluate(() => localStorage.getItem('naervaer.desk')), null)
    await checkLooks(t, page)
  })

  await on(
    'citizens-many',
    'one citizen is open at a time, and what was pressed stays below the finger',
    async (t, page) => {
      // As in Safari, which keeps nothing in its place by itself.
      await page.evaluate(() => {
        document.documentElement.style.setProperty('overflow-anchor', 'none')
      })
      const grethe = rowOf(page, 'Grethe')
      const more = grethe.getByRole('button', { name: 'Mere', exact: true })
      await openMore(rowOf(page, 'Anna'))
      await more.scrollIntoViewIfNeeded()
      const before = await more.boundingBox()
      await more.click()
      await grethe.locator('nv-citizen-more').waitFor()
      t.equal(await page.locator('nv-citizen-more').count(), 1)
      const after = await more.boundingBox()
      t.ok(Math.abs((after?.y ?? 0) - (before?.y ?? 0)) <= 2, `${after?.y} was ${before?.y}`)
      t.equal(await more.getAttribute('aria-expanded'), 'true')
      await checkLooks(t, page)
      await more.click()
      await grethe.locator('nv-citizen-more').waitFor({ state: 'detached' })
      t.equal(await more.getAttribute('aria-expanded'), 'false')
    },
  )

  await on(
    'citizens-row',
    'what is open and half written is still there after news of the citizen',
    async (t, page) => {
      const anna = rowOf(page, 'Anna')
      await anna.getByRole('button', { name: 'Mere', exact: true }).focus()
      await page.keyboard.press('Enter')
      await anna.locator('nv-citizen-more').waitFor()
      t.match(await focused(page), /^Mere/, 'the focus stays where it was pressed')
      await button(page, 'Ret telefonnummer, Anna').click()
      const field = page.getByLabel('Annas telefonnummer')
      await field.fill('2030')
      await ask(page, 'Anna')
      await page.getByRole('button', { name: 'Ring til Anna' }).waitFor()
      t.equal(await field.inputValue(), '2030')
      t.ok(await field.evaluate((input) => input.matches(':focus')))
      await ask(page, 'Max')
      await page.getByRole('button', { name: 'Ring til Max' }).waitFor()
      t.equal(await field.inputValue(), '2030')
    },
  )

  await on(
    'citizens-planned',
    'what must not be overlooked is in the closed row',
    async (t, page) => {
      t.equal(await page.locator('nv-citizen-more').count(), 0)
      const jens = rowOf(page, 'Jens')
      await jens.getByText('Jens har meldt afbud: telefon i dag kl. 14.00.').waitFor()
      await button(page, 'Find ny tid, Jens').waitFor()
      t.equal(await button(page, 'Ny aftale, Jens').count(), 0, 'the rest is behind "Mere"')
      const anna = rowOf(page, 'Anna')
      t.equal(await anna.getByRole('button', { name: 'Ring op' }).count(), 1)
      await button(page, 'Ikke forsinket mere, Anna').waitFor()
    },
  )
})
