import t from 'tap'
import type { Page } from 'playwright-core'
import { checkLooks, NARROW } from './gallery/looks.ts'
import { openStates } from './gallery/on-states.ts'
import { button, focused } from './gallery/page-tools.ts'

const WEEK = 'Samme tid næste uge torsdag den 3. december kl. 10.00'

/** What the page asks the server for when it plans. */
function listen(page: Page): unknown[] {
  const said: unknown[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/api/appointments') && !pathname.endsWith('/check')) {
      said.push([request.method(), pathname, request.postDataJSON()])
    }
  })
  return said
}

const MADE = [
  'POST',
  '/api/appointments',
  {
    ...{ citizenId: '00000000-0000-7000-8000-000000000003', kind: 'video', day: '2026-12-03' },
    ...{ minute: 600, lengthMinutes: 20, repeat: null },
  },
]

t.test('the next appointment, right after a talk', async (t) => {
  const { on } = await openStates(t, NARROW)

  await on(
    'ended-left-worker',
    'one press of a key makes it, and another undoes it',
    async (t, page) => {
      const said = listen(page)
      await button(page, 'På mandag mandag den 30. november kl. 10.00').waitFor()
      await button(page, WEEK).focus()
      await page.keyboard.press('Enter')
      const made = 'Aftalt: video torsdag den 3. december kl. 10.00. Anna kan se det.'
      await page.getByRole('status').filter({ hasText: made }).waitFor()
      await checkLooks(t, page)
      await page.waitForFunction(() => document.activeElement !== document.body)
      t.match(await focused(page), 'Fortryd')
      await page.keyboard.press('Enter')
      await page.getByRole('status').filter({ hasText: 'Aftalen er fjernet igen.' }).waitFor()
      await button(page, WEEK).waitFor()
      const gone = '/api/appointments/00000000-0000-7000-8000-000000000095'
      t.same(said, [MADE, ['DELETE', gone, null]])
    },
  )

  await on('ended-left-worker', 'what stands in the way is said before', async (t, page) => {
    await page.route('**/api/appointments/check', (route) => {
      const { day } = route.request().postDataJSON() as { day: string }
      const code = day === '2026-12-03' ? 'busy' : 'noDevice'
      return route.fulfill({ json: { warnings: [{ code, day, count: 1 }] } })
    })
    await page.evaluate(() => {
      const { directory } = window
      const now = directory.value
      if (now === null) throw new Error('no citizens')
      const citizens = now.citizens.map((each) => ({
        ...each,
        choice: { ...each.choice, state: 'declined' as const },
      }))
      // By telephone it is another wish, which is asked about anew.
      directory.set({ ...now, citizens })
    })
    await button(page, `${WEEK} Du er optaget`).waitFor()
    t.equal(await button(page, 'På mandag mandag den 30. november kl. 10.00').count(), 1)
    await checkLooks(t, page)
  })

  await on('ended-left-worker', 'another time is chosen in the dialog', async (t, page) => {
    await button(page, 'Vælg selv').click()
    await page.getByRole('heading', { name: 'Ny aftale med Anna' }).waitFor()
    await page.getByLabel('Klokken').fill('12:00')
    await page.getByLabel('Klokken').blur()
    await page.getByText('Anna har et besøg fredag den 27. november kl. 11.30–12.15.').waitFor()
    await page.getByText('Fredag den 25. december er en helligdag: juledag.').waitFor()
    t.equal(await button(page, 'Gem aftale').isEnabled(), true)
    await checkLooks(t, page)
  })

  await on('ended-left-worker-planned', 'what is planned is said, and no more', async (t, page) => {
    await page.getByText('Den næste aftale er lavet: besøg i morgen kl. 14.00.').waitFor()
    t.equal(await button(page, WEEK).count(), 0)
    await checkLooks(t, page)
  })
})
