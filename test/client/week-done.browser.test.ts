import type { SpanReply } from '@naervaer/shared/appointments'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { waitFor } from '../e2e/support/wait.ts'
import { checkLooks } from './gallery/looks.ts'
import { openStates } from './gallery/on-states.ts'
import { button, focused, settled } from './gallery/page-tools.ts'
import { weekReplyOf } from './gallery/week-states.ts'

const DESK = { viewport: { width: 1280, height: 800 } }
const TABLET = { viewport: { width: 820, height: 1180 }, hasTouch: true }

/** Of Jens's visit on Thursday at two, and where it is half an hour later. */
const VISIT = /Torsdag den 26\. november\s+Jens\s+14\.00/
const LATER = /Torsdag den 26\. november\s+Jens\s+14\.30/
const VISIT_AT = Date.parse('2026-11-26T14:00:00+01:00')
const HALF_HOUR_PX = 44
const MINUTE_MS = 60_000

type Listed = SpanReply['appointments'][number]

const block = (page: Page, name: RegExp) =>
  page.locator('nv-week-grid').getByRole('button', { name })

interface Wish {
  readonly day: string
  readonly minute: number
  readonly lengthMinutes: number
}

/** A server that keeps where the visit is, and tells it; gathers every change that it is asked for. */
async function keepVisit(t: Test, page: Page): Promise<unknown[]> {
  const { appointments } = weekReplyOf('worker-week')
  const asked: unknown[] = []
  let revision = 1
  let startAt = VISIT_AT
  const isVisit = ({ appointment }: Listed) =>
    appointment.kind === 'visit' && appointment.startAt === VISIT_AT
  const visit = appointments.find(isVisit)
  if (visit === undefined) return (t.fail('there is no visit'), asked)
  await page.route('**/api/appointments**', (route) => {
    const request = route.request()
    if (request.method() === 'GET') {
      const moved = {
        ...visit.appointment,
        ...{ startAt, endAt: startAt + 60 * MINUTE_MS, revision },
      }
      const told = appointments.map((each) =>
        isVisit(each) ? { ...each, appointment: moved } : each,
      )
      return route.fulfill({ json: { appointments: told } })
    }
    if (request.method() !== 'PUT') return route.fallback()
    const body = request.postDataJSON() as { to: Wish | null; revision: number }
    asked.push(body)
    revision += 1
    if (body.to !== null) startAt = VISIT_AT + (body.to.minute - 14 * 60) * MINUTE_MS
    const { id, day } = visit.appointment
    return route.fulfill({ json: { id, day, revision, warnings: [] } })
  })
  return asked
}

async function middleOf(page: Page, name: RegExp) {
  await settled(page)
  // At its edge the calendar would scroll along with what is dragged.
  await block(page, name).evaluate((each) => each.scrollIntoView({ block: 'center' }))
  const box = await block(page, name).boundingBox()
  if (box === null) throw new Error('no such appointment')
  return { x: box.x + box.width / 2, y: box.y + 32 }
}

async function drag(page: Page, name: RegExp, px: number): Promise<void> {
  const { x, y } = await middleOf(page, name)
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x, y + px / 2, { steps: 4 })
  await page.mouse.move(x, y + px, { steps: 4 })
  await page.mouse.up()
}

t.test('the week, once something has been done', async (t) => {
  const { on } = await openStates(t, DESK)

  await on('worker-week', 'it opens an hour before now', async (t, page) => {
    const top = async (hours: string) => {
      const box = await page.locator('nv-week-grid').getByText(hours, { exact: true }).boundingBox()
      return box?.y ?? NaN
    }
    await block(page, VISIT).waitFor()
    const grid = await page.locator('nv-week-grid').boundingBox()
    t.ok((await top('07.00')) < (grid?.y ?? NaN), 'what is long gone is above')
    t.ok((await top('10.00')) > (grid?.y ?? NaN) + 50, 'this hour is there')
    t.ok((await top('12.00')) < DESK.viewport.height, 'and what comes next')
    await button(page, 'Næste uge').click()
    // Whoever clicks may scroll the page: it is the grid's own scrolling that counts.
    const isMorning = async () => {
      const y = (await page.locator('nv-week-grid').boundingBox())?.y ?? NaN
      return Math.abs((await top('08.00')) - y) < 120 || undefined
    }
    t.ok(await waitFor('the morning of another week', isMorning))
  })

  await on('worker-week', 'what was dragged is said, and can be undone', async (t, page) => {
    const asked = await keepVisit(t, page)
    await drag(page, VISIT, HALF_HOUR_PX)
    await button(page, 'Ja, flyt aftalen').click()
    await page
      .getByText('Flyttet til torsdag den 26. november kl. 14.30. Jens kan se det.')
      .waitFor()
    await block(page, LATER).waitFor()
    await page.locator('nv-week-grid :focus').waitFor()
    t.match(await focused(page), LATER, 'the focus is on what was dragged')
    await checkLooks(t, page)
    await button(page, 'Fortryd').click()
    await page.getByText('Fortrudt. Aftalen er, som den var.').waitFor()
    await block(page, VISIT).waitFor()
    await page.locator('nv-week-grid :focus').waitFor()
    t.match(await focused(page), VISIT)
    t.match(asked, [
      { scope: 'this', revision: 1, to: { minute: 870 } },
      { scope: 'this', revision: 2, to: { minute: 840, lengthMinutes: 60 } },
    ])
  })

  await on('worker-week', 'what is called off is said as well', async (t, page) => {
    const asked = await keepVisit(t, page)
    await block(page, VISIT).click()
    await button(page, 'Aflys aftale').click()
    await button(page, 'Ja, aflys').click()
    await page.getByText('Aflyst: aftalen med Jens torsdag den 26. november kl. 14.00.').waitFor()
    await checkLooks(t, page)
    await button(page, 'Fortryd').click()
    await page.getByText('Fortrudt. Aftalen er, som den var.').waitFor()
    t.match(asked, [
      { to: null, revision: 1 },
      { scope: 'this', revision: 2, to: { kind: 'visit', minute: 840, lengthMinutes: 60 } },
    ])
  })

  await on('worker-week', 'what lies in another week is said, and led to', async (t, page) => {
    await button(page, 'Ny aftale').click()
    await button(page, 'Max').click()
    await page.getByLabel('Dag').fill('2026-12-03')
    await button(page, 'Gem aftale').click()
    await page.getByText('Aftalt med Max: torsdag den 3. december kl. 10.00.').waitFor()
    await checkLooks(t, page)
    await button(page, 'Vis den').click()
    await page.getByRole('heading', { name: 'Uge 49' }).waitFor()
    await page.getByText('Aftalt med Max: torsdag den 3. december kl. 10.00.').waitFor()
    t.equal(await button(page, 'Vis den').count(), 0, 'it is there')
    await button(page, 'Fortryd').waitFor()
  })

  await on('worker-week', 'five minutes more stand where the time stands', async (t, page) => {
    const { appointments } = weekReplyOf('worker-week')
    const told = appointments.map((each) =>
      each.appointment.startAt === VISIT_AT && each.appointment.kind === 'visit'
        ? { ...each, appointment: { ...each.appointment, answered: 'more' } }
        : each,
    )
    await page.route('**/api/appointments?*', (route) =>
      route.fulfill({ json: { appointments: told } }),
    )
    await button(page, 'Næste uge').click()
    await button(page, 'Forrige uge').click()
    const later = block(page, /Torsdag den 26\. november\s+Jens\s+14\.05/)
    await later.waitFor()
    t.match(await later.innerText(), /5 min\. mere/)
    await checkLooks(t, page)
  })

  await on('worker-week', 'what was made can be taken back', async (t, page) => {
    const removed: string[] = []
    await page.route('**/api/appointments/*', (route) => {
      if (route.request().method() === 'DELETE') removed.push(route.request().url())
      return route.fallback()
    })
    await button(page, 'Ny aftale').click()
    await button(page, 'Max').click()
    await button(page, 'Gem aftale').click()
    await page.getByText('Aftalt med Max: fredag den 27. november kl. 10.00.').waitFor()
    await button(page, 'Fortryd').click()
    await page.getByText('Aftalen er fjernet igen.').waitFor()
    t.equal(removed.length, 1)
  })

  await on('worker-week', 'a new one begins where both are free', async (t, page) => {
    const [one] = weekReplyOf('worker-week').appointments
    if (one === undefined) throw new Error('an empty week')
    const startAt = Date.parse('2026-11-27T10:00:00+01:00')
    const taken = { ...one.appointment, startAt, endAt: startAt + 40 * MINUTE_MS }
    await page.route('**/api/appointments?*', (route) =>
      route.fulfill({ json: { appointments: [{ ...one, appointment: taken }] } }),
    )
    await button(page, 'Ny aftale').click()
    await button(page, 'Max').click()
    await page.waitForFunction(() => {
      const inner = (root: ParentNode): HTMLInputElement | null => {
        for (const each of root.querySelectorAll('*')) {
          if (each.id === 'time' && each instanceof HTMLInputElement) return each
          const found = each.shadowRoot === null ? null : inner(each.shadowRoot)
          if (found !== null) return found
        }
        return null
      }
      return inner(document)?.value === '10:45'
    })
    t.equal(await page.getByLabel('Dag').inputValue(), '2026-11-27')
  })

  await on('worker-week', 'a warning says when and with whom', async (t, page) => {
    await button(page, 'Ny aftale').click()
    await button(page, 'Max').click()
    await page.getByLabel('Klokken').fill('12:00')
    await page
      .getByText('Du har et besøg hos Jens fredag den 27. november kl. 11.30–12.15.')
      .waitFor()
    await page.getByText('Max har et besøg fredag den 27. november kl. 11.30–12.15.').waitFor()
    t.pass('both are said in full')
  })

  await on('worker-week', 'printed it is the whole week in words', async (t, page) => {
    await block(page, VISIT).waitFor()
    await page.emulateMedia({ media: 'print' })
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    await page.getByText('10.30–11.30').waitFor()
    await page.getByText('Venter på Mette').waitFor()
    t.equal(await page.getByRole('heading', { name: 'Mandag den 23. november' }).count(), 1)
    t.equal(await page.getByRole('button', { name: 'Ny aftale' }).count(), 0)
    await page.emulateMedia({ media: 'screen' })
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    await block(page, VISIT).waitFor()
  })
})

t.test('the week on a tablet', async (t) => {
  const { on } = await openStates(t, TABLET)

  await on(
    'worker-week',
    'twenty minutes are as long as they are, in whole words',
    async (t, page) => {
      const anna = /Mandag den 23\. november\s+Anna/
      const height = async (name: RegExp) => (await block(page, name).boundingBox())?.height ?? NaN
      const [short, hour] = [await height(anna), await height(VISIT)]
      t.ok(short < hour * 0.4, `${String(short)} of ${String(hour)} px`)
      const cut = await page.evaluate(findCutWords)
      t.ok(cut.looked > 20, `${String(cut.looked)} words looked at`)
      t.same(cut.words, [], 'no word is cut')
      t.same(cut.nameless, [], 'everybody’s name is there')
    },
  )

  await on(
    'worker-week',
    'how it stands has a sign where its words have no room',
    async (t, page) => {
      const waits = block(page, /Fredag den 27\. november\s+Jens 12\.30/)
      await waits.locator('.mark').waitFor()
      t.match(await waits.innerText(), /Venter på Mette/, 'it is heard in words')
      await block(page, /Torsdag den 26\. november\s+Anna/)
        .locator('.mark')
        .waitFor()
      t.equal(await page.locator('nv-week-grid .mark').count(), 2, 'and what is usual has none')
    },
  )

  await on('worker-week', 'a tap opens it, to be moved without dragging', async (t, page) => {
    const asked = await keepVisit(t, page)
    await block(page, VISIT).tap()
    await page.getByLabel('Klokken').fill('14:30')
    await button(page, 'Gem ændring').tap()
    await page
      .getByText('Flyttet til torsdag den 26. november kl. 14.30. Jens kan se det.')
      .waitFor()
    t.match(asked, [{ to: { minute: 870 } }])
  })

  await on('worker-week', 'without colours of its own it can be read', async (t, page) => {
    await page.emulateMedia({ forcedColors: 'active' })
    await block(page, VISIT).waitFor()
    const edges = await block(page, VISIT).evaluate((each) => getComputedStyle(each).borderTopWidth)
    t.not(edges, '0px', 'an appointment has an edge')
  })
})

t.test('the week at 200 %: a small window with large letters', async (t) => {
  const { on } = await openStates(t, {
    viewport: { width: 640, height: 400 },
    deviceScaleFactor: 2,
  })

  await on('worker-week', 'it is read, and planned in, as a list', async (t, page) => {
    await page.getByRole('button', { name: /11\.30–11\.50/ }).waitFor()
    t.equal(await page.locator('nv-week-grid').count(), 0)
    await checkLooks(t, page)
    await button(page, 'Ny aftale').click()
    await button(page, 'Max').click()
    const save = button(page, 'Gem aftale')
    await save.scrollIntoViewIfNeeded()
    await checkLooks(t, page)
    await save.click()
    await page.getByText('Aftalt med Max: fredag den 27. november kl. 10.00.').waitFor()
    const done = await page.locator('nv-week-done').boundingBox()
    t.ok((done?.height ?? NaN) < 200, 'what is said leaves half of the window to the week')
    await button(page, 'Dag').click()
    await block(page, VISIT).waitFor()
    await checkLooks(t, page)
  })
})

/** Words of the grid of which a part is seen and a part is not. */
function findCutWords(): { looked: number; words: string[]; nameless: string[] } {
  const found = (root: ParentNode): Element | null => {
    for (const each of root.querySelectorAll('*')) {
      if (each.localName === 'nv-week-grid') return each
      const inside = each.shadowRoot === null ? null : found(each.shadowRoot)
      if (inside !== null) return inside
    }
    return null
  }
  const boxes = found(document)?.shadowRoot?.querySelectorAll('.words') ?? []
  const result = { looked: 0, words: [] as string[], nameless: [] as string[] }
  for (const box of boxes) {
    const room = (box.closest('.block') ?? box).getBoundingClientRect()
    const name = box.querySelector('b')
    if (name === null || name.getBoundingClientRect().bottom > room.bottom) {
      result.nameless.push(box.textContent)
    } else if (name.scrollWidth > name.clientWidth) result.words.push(name.textContent)
    for (const each of box.querySelectorAll('b, .hours, .state, .kind')) {
      const { top, bottom, left, right } = each.getBoundingClientRect()
      result.looked += 1
      const isBelow = top >= room.bottom - 1
      const isInside = bottom <= room.bottom + 1 && left >= room.left - 1 && right <= room.right + 1
      if (!isBelow && !isInside) result.words.push(each.textContent)
    }
  }
  return result
}
