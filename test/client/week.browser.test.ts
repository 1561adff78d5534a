import type { ErrorCode } from '@naervaer/shared'
import type { SpanReply } from '@naervaer/shared/appointments'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { checkLooks } from './gallery/looks.ts'
import { openStates } from './gallery/on-states.ts'
import { button, focused, PHONE, settled } from './gallery/page-tools.ts'
import { weekReplyOf } from './gallery/week-states.ts'

/** A worker's screen, in a browser that believes to be in New York: the wall is in Denmark. */
const DESK = { viewport: { width: 1280, height: 800 }, timezoneId: 'America/New_York' }

/** Of Anna's video on Friday, and of Jens's visit on Thursday. */
const FRIDAY = /Fredag den 27\. november\s+Anna/
const VISIT = /Torsdag den 26\. november\s+Jens/
const VISIT_AT = Date.parse('2026-11-26T14:00:00+01:00')
const HOUR_MS = 3_600_000

const block = (page: Page, name: RegExp) =>
  page.locator('nv-week-grid').getByRole('button', { name })

/** Gathers what is planned, and refuses it where that is said; what should be known of it is nothing. */
async function gatherPlans(page: Page, refused?: ReturnType<typeof refusal>): Promise<string[]> {
  const plans: string[] = []
  await page.route('**/api/appointments**', (route) => {
    const request = route.request()
    const { pathname } = new URL(request.url())
    if (request.method() !== 'GET' && !pathname.endsWith('/check')) {
      plans.push(`${request.method()} ${pathname} ${request.postData() ?? ''}`)
      if (refused !== undefined) return route.fulfill({ status: refused.status, json: refused })
    }
    return route.fallback()
  })
  return plans
}

const refusal = (status: number, code: ErrorCode) => ({
  type: 'about:blank',
  title: code,
  status,
  code,
  retry: 'never',
})

async function waitForPlan(t: Test, plans: readonly string[], page: Page): Promise<string> {
  await page.locator('dialog').waitFor({ state: 'detached' })
  t.equal(plans.length, 1, 'asked for once')
  return plans[0] ?? ''
}

t.test('the week on a screen with room for it', async (t) => {
  const { on } = await openStates(t, DESK)

  await on('worker-week', 'it is read in words, whatever zone the browser has', async (t, page) => {
    await page.getByRole('heading', { name: 'Uge 48 · 23.–29. november 2026' }).waitFor()
    await block(page, FRIDAY).waitFor()
    const words = await block(page, FRIDAY).innerText()
    t.match(words, /09\.00\s*–09\.20/)
    t.match(words, /Video/)
    t.match(await block(page, VISIT).innerText(), /14\.00–15\.00\s+Besøg/)
    await block(page, /Jens 10\.00\s*–10\.30 Afbud Telefon/).waitFor()
    await block(page, /Max 12\.00\s*–13\.00 Ved Sofie Besøg/).waitFor()
    await checkLooks(t, page)
    await button(page, 'Dag').click()
    await page.getByRole('heading', { name: 'Uge 48 · Torsdag den 26. november' }).waitFor()
    await checkLooks(t, page)
  })

  await on('worker-week', 'keys alone move an appointment', async (t, page) => {
    const plans = await gatherPlans(page)
    await block(page, FRIDAY).focus()
    await page.keyboard.press('Alt+ArrowDown')
    await page.getByText('Flyttes til fredag den 27. november kl. 09.15.').waitFor()
    await page.keyboard.press('Alt+ArrowLeft')
    await page.getByText('Flyttes til torsdag den 26. november kl. 09.15.').waitFor()
    t.match(await focused(page), /Torsdag den 26\. november\s+Anna/, 'the focus goes along')
    await page.keyboard.press('Escape')
    await page.getByText('Aftalen bliver, hvor den er.').waitFor()
    t.match(await focused(page), FRIDAY)
    await page.keyboard.press('Alt+ArrowDown')
    await page.keyboard.press('Alt+ArrowDown')
    await page.getByText('kl. 09.30.').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Flyt aftalen med Anna?' }).waitFor()
    await page.getByText('Ny tid: fredag den 27. november kl. 09.30').waitFor()
    await checkLooks(t, page)
    t.equal(await focused(page), 'Kun denne aftale', 'of a series it is asked which of them')
    await page.keyboard.press('Tab')
    t.equal(await focused(page), 'Denne og de følgende')
    await page.keyboard.press('Enter')
    t.match(
      await waitForPlan(t, plans, page),
      /^PUT .*\/2026-11-27 \{"scope":"following","to":\{"kind":"video","day":"2026-11-27","minute":570,/,
    )
  })

  await on(
    'worker-week',
    'keys move it within the week, and say where it ends',
    async (t, page) => {
      await block(page, FRIDAY).focus()
      await page.keyboard.press('Alt+ArrowRight')
      await page.getByText('Flyttes til lørdag den 28. november kl. 09.00.').waitFor()
      await page.keyboard.press('Alt+ArrowRight')
      await page.getByText('Flyttes til søndag den 29. november kl. 09.00.').waitFor()
      await page.keyboard.press('Alt+ArrowRight')
      await page.getByText('Piletasterne flytter kun inden for ugen.').waitFor()
      t.match(await focused(page), /Søndag den 29\. november\s+Anna/, 'the focus stays on it')
      await page.keyboard.press('Enter')
      await page.getByText('Ny tid: søndag den 29. november kl. 09.00').waitFor()
      await page.keyboard.press('Escape')
      await block(page, FRIDAY).waitFor()
    },
  )

  await on('worker-week', 'of a day the keys go as far as of a week', async (t, page) => {
    await button(page, 'Dag').click()
    await block(page, VISIT).focus()
    for (const day of ['fredag den 27', 'lørdag den 28', 'søndag den 29']) {
      await page.keyboard.press('Alt+ArrowRight')
      await page.getByText(`Flyttes til ${day}. november kl. 14.00.`).waitFor()
    }
    await page.keyboard.press('Alt+ArrowRight')
    await page.getByText('Piletasterne flytter kun inden for ugen.').waitFor()
    t.match(await focused(page), /Søndag den 29\. november\s+Jens/)
  })

  await on('worker-week', 'keys alone make a new one', async (t, page) => {
    const plans = await gatherPlans(page)
    await button(page, 'Ny aftale').focus()
    await page.keyboard.press('Enter')
    await page.getByText('Hvem er aftalen med?').waitFor()
    await checkLooks(t, page)
    await page.keyboard.type('je')
    await page.getByText('1 af 3').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Ny aftale med Jens' }).waitFor()
    await page.getByLabel('Klokken').focus()
    await page.keyboard.press('Enter')
    t.match(await waitForPlan(t, plans, page), /^POST \/api\/appointments \{.*"day":"2026-11-27"/)
    t.equal(await focused(page), 'Ny aftale', 'over two dialogs the focus comes back')
  })

  await on('worker-week', 'a click on a free time, a name, and Save', async (t, page) => {
    const plans = await gatherPlans(page)
    const { x, y } = await below(page, VISIT, 44)
    await page.mouse.click(x, y)
    await page.getByRole('heading', { name: 'torsdag den 26. november kl. 15.30' }).waitFor()
    await button(page, 'Anna').click()
    await button(page, 'Gem aftale').click()
    t.match(
      await waitForPlan(t, plans, page),
      /"kind":"video","day":"2026-11-26","minute":930,"lengthMinutes":20,"repeat":null/,
    )
  })

  await on('worker-week', 'what is dragged is moved when that was meant', async (t, page) => {
    const plans = await gatherPlans(page)
    await drag(page, VISIT, 88)
    await page.getByText('Ny tid: torsdag den 26. november kl. 15.00').waitFor()
    await button(page, 'Nej, lad den blive').click()
    await block(page, /Torsdag den 26\. november\s+Jens 14\.00/).waitFor()
    t.same(plans, [], 'a hand that slips tells nobody anything')
    await drag(page, VISIT, 88)
    await button(page, 'Ja, flyt aftalen').click()
    t.match(await waitForPlan(t, plans, page), /"minute":900,"lengthMinutes":60/)
  })

  await on('worker-week', 'what changes elsewhere is there without a reload', async (t, page) => {
    await block(page, VISIT).waitFor()
    await tellNews(page, [])
    await block(page, VISIT).waitFor({ state: 'detached' })
    t.pass('the calendar has followed')
  })

  await on(
    'worker-week',
    'what a colleague moves meanwhile is not moved unseen',
    async (t, page) => {
      const plans = await gatherPlans(page)
      await drag(page, VISIT, 44)
      await page.getByText('Ny tid: torsdag den 26. november kl. 14.30').waitFor()
      const theirs = weekReplyOf('worker-week').appointments.flatMap(
        ({ citizenId, appointment }) =>
          appointment.kind === 'visit' && appointment.startAt === VISIT_AT
            ? [
                {
                  citizenId,
                  appointment: { ...appointment, startAt: VISIT_AT - HOUR_MS, revision: 2 },
                },
              ]
            : [],
      )
      t.equal(theirs.length, 1)
      await tellNews(page, theirs)
      await page.locator('nv-week-grid [data-key]').nth(1).waitFor({ state: 'detached' })
      await page.getByText('Nu: torsdag den 26. november kl. 14.00').waitFor()
      await button(page, 'Ja, flyt aftalen').click()
      t.match(
        await waitForPlan(t, plans, page),
        /"revision":1\b/,
        'so that the server can refuse it',
      )
    },
  )

  await on(
    'worker-week',
    'what is on its way stays, whatever is told meanwhile',
    async (t, page) => {
      await block(page, VISIT).focus()
      await page.keyboard.press('Alt+ArrowDown')
      await page.getByText('kl. 14.15.').waitFor()
      await tellNews(page, [])
      await page.locator('nv-week-grid [data-key]').nth(1).waitFor({ state: 'detached' })
      t.match(await focused(page), /Torsdag den 26\. november\s+Jens\s+14\.15/)
      await page.keyboard.press('Escape')
      await block(page, VISIT).waitFor({ state: 'detached' })
    },
  )
})

t.test('what the server refuses is said, and nothing of it is lost', async (t) => {
  const { stage } = await openStates(t, DESK)
  // The console tells of each refusal: it is not held to silence here.
  const { page } = await stage.show('worker-week', DESK)

  await t.test('a colleague was faster', async (t) => {
    const plans = await gatherPlans(page, refusal(409, 'APPOINTMENT_CHANGED'))
    await drag(page, VISIT, 44)
    await button(page, 'Ja, flyt aftalen').click()
    await page.getByText('En kollega har lige ændret aftalen. Se den igen.').waitFor()
    await page.getByText('Ny tid: torsdag den 26. november kl. 14.30').waitFor()
    t.equal(plans.length, 1)
    await page.keyboard.press('Escape')
    await block(page, /Torsdag den 26\. november\s+Jens 14\.00/).waitFor()
  })

  await t.test('the hour that is left out on 28 March 2027', async (t) => {
    await gatherPlans(page, refusal(400, 'APPOINTMENT_TIME_MISSING'))
    await button(page, 'Ny aftale').click()
    await button(page, 'Max').click()
    await page.getByLabel('Dag').fill('2027-03-28')
    await page.getByLabel('Klokken').fill('02:30')
    await page.getByLabel('Hvor længe?').selectOption('45 minutter')
    await button(page, 'Gem aftale').click()
    await page.getByText('Den tid findes ikke: uret bliver stillet frem den nat.').waitFor()
    t.equal(await page.getByLabel('Dag').inputValue(), '2027-03-28')
    t.equal(await page.getByLabel('Klokken').inputValue(), '02:30')
    t.equal(await page.getByLabel('Hvor længe?').inputValue(), '45')
  })
})

t.test('a week that nobody could read is not said to be empty', async (t) => {
  const { stage } = await openStates(t, DESK)
  const { page } = await stage.show('worker-week', DESK)
  let isDown = true
  await block(page, VISIT).waitFor()
  await page.route('**/api/appointments?*', (route) =>
    isDown ? route.fulfill({ status: 500, json: refusal(500, 'INTERNAL') }) : route.fallback(),
  )
  await button(page, 'Næste uge').click()
  await page.locator('nv-error-notice[code=INTERNAL]').waitFor()
  t.equal(await page.locator('nv-week-grid').count(), 0)
  await button(page, 'Liste').click()
  await page.locator('nv-error-notice[code=INTERNAL]').waitFor()
  t.equal(await page.getByText('Ingen aftaler').count(), 0)
  isDown = false
  await page.evaluate(() => window.connection.set('lost'))
  await page.locator('nv-connection-notice p').waitFor()
  await page.evaluate(() => window.connection.set('open'))
  await page.getByText('Ingen aftaler').first().waitFor()
  t.equal(await page.locator('nv-error-notice[code]').count(), 0, 'it is read when it can be')
})

t.test('the week on a phone', async (t) => {
  const { on } = await openStates(t, PHONE)

  await on('worker-week', 'it is a list, and the calendar is not even fetched', async (t, page) => {
    await page.getByRole('button', { name: /11\.30–11\.50\s+10 min\. forsinket\s+Video/ }).waitFor()
    t.equal(await page.getByRole('button', { name: /Mandag/ }).count(), 0)
    const hasGrid = await page.evaluate(() => customElements.get('nv-week-grid') !== undefined)
    t.equal(hasGrid, false)
    await page.getByText('Tidligere i ugen').click()
    await page.getByRole('button', { name: /13\.00–13\.15/ }).waitFor()
    await checkLooks(t, page)
    await page.getByRole('button', { name: /14\.00–15\.00/ }).click()
    await page.getByRole('heading', { name: 'Aftalen med Jens' }).waitFor()
  })
})

/** What is there from now on, told as when it changes in another window. */
async function tellNews(page: Page, appointments: SpanReply['appointments']): Promise<void> {
  await page.route('**/api/appointments?*', (route) => route.fulfill({ json: { appointments } }))
  await page.evaluate(() => {
    const { directory } = window
    const now = directory.value
    if (now === null) return
    const citizens = now.citizens.map((each) => ({ ...each, appointments: [] }))
    directory.set({ ...now, citizens })
  })
}

/** Somewhere so far below an appointment's end, in its column. */
async function below(page: Page, name: RegExp, px: number) {
  await settled(page)
  await block(page, name).evaluate((each) => each.scrollIntoView({ block: 'center' }))
  const box = await block(page, name).boundingBox()
  if (box === null) throw new Error('no such appointment')
  return { x: box.x + box.width / 2, y: box.y + box.height + px + 4 }
}

async function drag(page: Page, name: RegExp, px: number): Promise<void> {
  await settled(page)
  await block(page, name).evaluate((each) => each.scrollIntoView({ block: 'center' }))
  const box = await block(page, name).boundingBox()
  if (box === null) throw new Error('no such appointment')
  const [x, y] = [box.x + box.width / 2, box.y + 32]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x, y + px / 2, { steps: 4 })
  await page.mouse.move(x, y + px, { steps: 4 })
  await page.mouse.up()
}
