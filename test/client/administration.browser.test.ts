import type { Page } from 'playwright-core'
import t from 'tap'
import { checkLooks, NARROW } from './gallery/looks.ts'
import { openStates } from './gallery/on-states.ts'
import { asked, button, focused } from './gallery/page-tools.ts'
import { openMore, rowOf } from '../helpers/citizen-row.ts'

/** Resolves when what has the focus says `words`, through shadow roots. */
async function waitForFocus(page: Page, words: string): Promise<void> {
  await page.waitForFunction((words) => {
    let element = document.activeElement
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
    return element?.textContent.trim().startsWith(words) ?? false
  }, words)
}

const JENS_ID = '00000000-0000-7000-8000-000000000004'
const OLE = { id: '00000000-0000-7000-8000-000000000002', name: 'Ole Krogh' }

/** A server on which Mette is away since Wednesday, and nobody stands in with Jens until it says so. */
async function keepAbsence(page: Page): Promise<{ isCovered: { now: boolean } }> {
  const isCovered = { now: false }
  await page.route('**/api/teams/*/workers/*/absences', (route) => {
    const substitute = isCovered.now ? OLE : null
    const startAt = Date.UTC(2026, 10, 27, 9)
    const touched = {
      citizen: { id: JENS_ID, name: 'Jens' },
      cover: isCovered.now ? 'whole' : 'none',
      substitutes: isCovered.now ? [OLE] : [],
      appointments: [{ startAt, kind: 'visit', substitute }],
    }
    const id = '00000000-0000-7000-8000-0000000003a1'
    const days = { firstDay: '2026-11-25', lastDay: '2026-12-01' }
    return route.fulfill({ json: { absences: [{ id, ...days, others: 0, touched: [touched] }] } })
  })
  return { isCovered }
}

t.test('pages of leaders and IT', async (t) => {
  const { on } = await openStates(t, NARROW)

  await on(
    'staff-team',
    'a leader chooses a substitute by keyboard, for whole days',
    async (t, page) => {
      const anna = page.getByRole('row', { name: /^Anna/ })
      await anna.getByRole('cell').filter({ hasText: 'Ole Krogh' }).waitFor()
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
      await page.getByRole('status').getByText('Det er gemt.').waitFor()
      await checkLooks(t, page)
    },
  )

  await on('staff-team', 'a substitute begins today unless it says so', async (t, page) => {
    t.equal(await page.getByLabel('Første dag').inputValue(), '2026-11-26')
    await page.getByText('Står der i dag, begynder det med det samme.').waitFor()
  })

  await on(
    'staff-team',
    'AB2 from whom an absence touches it is one step to choosing, and the list is as it is then',
    async (t, page) => {
      const { isCovered } = await keepAbsence(page)
      await button(page, 'Fravær: Mette Holm').click()
      await page.getByRole('button', { name: /^Vis borgere og aftaler/ }).click()
      await page.getByText('Jens. Ingen vikar.').waitFor()
      await checkLooks(t, page)
      await button(page, 'Vælg vikar Jens').press('Enter')
      t.match(await focused(page), /^Vælg/, 'only who it is is left to say')
      const worker = page.getByLabel('Medarbejder', { exact: true })
      t.same(await worker.locator('option').allInnerTexts(), ['Vælg', 'Ole Krogh'])
      const chosen = page.getByLabel('Borger', { exact: true }).locator('option:checked')
      t.equal(await chosen.innerText(), 'Jens')
      t.equal(await page.getByLabel('Første dag').inputValue(), '2026-11-26', 'it has begun')
      t.equal(await page.getByLabel('Sidste dag').inputValue(), '2026-12-01')
      await worker.selectOption('Ole Krogh')
      isCovered.now = true
      await button(page, 'Gem').click()
      await page.getByText('Jens. Ole er vikar alle dagene.').waitFor()
      t.equal(await button(page, 'Vælg vikar Jens').count(), 0)
      await checkLooks(t, page)
    },
  )

  await on(
    'staff-team',
    'an assignment is not ended by one tap, and the focus is kept',
    async (t, page) => {
      const end = button(page, 'Afslut nu, Ole Krogh hos Anna')
      await end.press('Enter')
      const question = 'Ole Krogh slutter hos Anna nu. Er det rigtigt?'
      await page.getByRole('group', { name: question }).waitFor()
      t.equal(await focused(page), question, 'the question is heard')
      await checkLooks(t, page)
      await button(page, 'Nej, gå tilbage').press('Enter')
      await end.waitFor()
      t.match(await focused(page), /^Afslut nu/)
      await end.dblclick()
      await page.getByText(question).waitFor()
      t.same(await asked(page), [], 'nothing by a double tap')
      await page.keyboard.press('Escape')
      await end.press('Enter')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await page.waitForFunction(() => window.asked.length > 0)
      t.match(await asked(page), [/^"endAssignment"/])
      await waitForFocus(page, 'Anna')
    },
  )

  await on('staff-team', 'a leader takes away a lost phone', async (t, page) => {
    const anna = page.getByRole('row', { name: /^Anna/ })
    await anna.getByText('Har sagt ja tak og er i gang').waitFor()
    await button(page, 'Enheder Anna').click()
    const devices = page.getByRole('list', { name: 'Enheder hos Anna' })
    await devices.getByText('iPad, tilsluttet 23. nov. 2026').waitFor()
    await checkLooks(t, page)
    await devices.getByRole('button', { name: 'Frakobl enhed, iPad' }).click()
    await devices.getByText('Vil du frakoble den iPad, som Anna bruger?').waitFor()
    await checkLooks(t, page)
    t.same(await asked(page), [], 'not by one tap')
    await button(page, 'Ja, frakobl').click()
    await page.getByRole('status').getByText('Enheden er koblet fra.').waitFor()
    await waitForFocus(page, 'Enheden er koblet fra.')
    t.match(await asked(page), [/^"revokeTeamDevice" "[0-9a-f-]+3"$/])
    await button(page, 'Enheder Anna').click()
    await button(page, 'Enheder Jens').click()
    await page.getByText('Ingen tilsluttede enheder.').waitFor()
  })

  await on(
    'staff-offers',
    'the authority reads names and answers, page by page',
    async (t, page) => {
      const row = (name: string | RegExp) => page.getByRole('row', { name })
      await row(/^Anna/).getByText('Har sagt ja tak', { exact: true }).waitFor()
      await row(/^Jens/).getByText('Har ikke fået tilbudt videosamtaler').waitFor()
      t.equal(await row(/^Liz/).count(), 0)
      await checkLooks(t, page)
      await button(page, 'Vis flere').click()
      await row(/^Liz/).getByText('Vil ikke have flere videosamtaler').waitFor()
      t.equal(await button(page, 'Vis flere').count(), 0)
      t.same(
        (await page.getByRole('button').allTextContents()).map((text) => text.trim()),
        ['Log ud', 'Menu', 'English'],
        'nothing to press but the language and the way out',
      )
    },
  )

  await on('staff-audit', 'the auditor reads by action and day, and by ids', async (t, page) => {
    await page
      .getByRole('row', { name: /nr. 4710/ })
      .getByText('Enhed koblet fra')
      .waitFor()
    t.equal(await page.getByText(/Anna|Mette|Karen/).count(), 0)
    const rows = page.getByRole('row').filter({ hasText: 'nr. ' })
    t.equal(await rows.count(), 20, 'no more than can be looked over')
    await button(page, 'Vis ældre hændelser').click()
    t.equal(await rows.count(), 40)
    await button(page, 'Vis ældre hændelser').click()
    t.equal(await rows.count(), 48)
    t.equal(await button(page, 'Vis ældre hændelser').count(), 0)
    t.equal((await asked(page)).length, 1, 'what has been read leaves no other line in the log')
    await page.getByLabel('Hvad er der sket?').selectOption('Enhed koblet fra')
    await page.getByLabel('Fra dag').fill('2026-11-23')
    await page.getByLabel('Til og med dag').fill('2026-11-23')
    await page.getByLabel('Til og med dag').press('Enter')
    await page.waitForFunction(() => window.asked.length > 1)
    const [from, to] = [Date.UTC(2026, 10, 22, 23), Date.UTC(2026, 10, 23, 23)]
    t.same(await asked(page), [
      '"fetchAuditLines" {}',
      `"fetchAuditLines" {"action":"device.revoked","from":${from},"to":${to}}`,
    ])
    await button(page, 'Kontrollér loggen').click()
    await page.getByText('Loggen er hel.').waitFor()
    await button(page, 'Vis den seneste linje').click()
    await page.getByText('q1uFJz0r8Yw7pPq5tqvVb1m2n3o4p5q6r7s8t9u0v1w').waitFor()
    await page.getByLabel('Borgerens id').fill('00000000-0000-7000-8000-000000000003')
    await button(page, 'Vis svar').click()
    const answers = page.getByRole('list', { name: 'Svar fra Anna' })
    await answers.getByText('Ja tak til videosamtaler').waitFor()
    await checkLooks(t, page)
    await page.getByLabel('Borgerens id').fill('nobody')
    await button(page, 'Vis svar').click()
    await page.getByText('Der er ingen borger med det id.').waitFor()
    t.equal(await answers.count(), 0)
  })

  await on('staff-audit-none', 'a broken log is said so', async (t, page) => {
    await page.getByText('Der er ingen hændelser, der passer.').waitFor()
    await button(page, 'Kontrollér loggen').click()
    await page.getByText('Linje 4708 er ikke, som den blev skrevet.').waitFor()
    await checkLooks(t, page)
  })

  await on(
    'citizens-substitute',
    'a substitute reads the choice, and is told whose the rest is',
    async (t, page) => {
      const jens = rowOf(page, 'Jens')
      await openMore(jens)
      await jens.getByText('Borgerens svar').waitFor()
      await jens.getByRole('button', { name: 'Tilslut telefon eller tablet' }).waitFor()
      const anna = rowOf(page, 'Anna')
      await openMore(anna)
      await anna.getByText('Har sagt ja tak og er i gang').waitFor()
      await anna.getByText('Den faste bostøtte står for tilbud, svar og nye enheder.').waitFor()
      t.equal(await anna.getByText('Borgerens svar').count(), 0)
      t.equal(await anna.getByRole('button', { name: 'Tilslut telefon eller tablet' }).count(), 0)
      const device = { id: '00000000-0000-7000-8000-0000000000ab', kind: 'ipad', pairedAt: 1 }
      await page.route('**/api/citizens/*/devices', (route) =>
        route.fulfill({ json: { devices: [{ ...device, seenAt: null }], thisDeviceId: null } }),
      )
      const revoked: string[] = []
      await page.route('**/api/citizens/*/devices/*', async (route) => {
        revoked.push(`${route.request().method()} ${new URL(route.request().url()).pathname}`)
        await route.fulfill({ status: 204 })
      })
      await anna.getByRole('button', { name: 'Enheder' }).click()
      await anna.getByRole('button', { name: 'Frakobl enhed' }).click()
      t.same(revoked, [], 'not by one tap')
      await anna.getByRole('button', { name: 'Ja, frakobl' }).click()
      await page.getByRole('status').getByText('Enheden er koblet fra.').waitFor()
      t.same(revoked, [
        `DELETE /api/citizens/00000000-0000-7000-8000-000000000003/devices/${device.id}`,
      ])
      await checkLooks(t, page)
    },
  )

  await on('staff-it', 'IT sees to an account, and citizens are pseudonyms', async (t, page) => {
    await button(page, 'Ret Mette Holm').click()
    await page.getByRole('checkbox', { name: 'Team Havnen' }).waitFor()
    await button(page, 'Lav invitation').click()
    await page.getByText('https://video.example.dk/invitation#abc').waitFor()
    await button(page, 'Kopiér link').waitFor()
    await button(page, 'Luk konto').click()
    await page.getByText('Vil du lukke kontoen for Mette Holm?').waitFor()
    await button(page, 'Slet konto').click()
    await page.getByText('Vil du slette kontoen for Mette Holm?').waitFor()
    await button(page, 'Nej, behold kontoen').click()
    t.same(await asked(page), ['"invite"'], 'nobody is locked out or deleted by one tap')
    await button(page, 'Luk konto').click()
    await button(page, 'Ja, luk kontoen').click()
    await page.waitForFunction(() => window.asked.length > 1)
    t.same((await asked(page))[1], '"setDisabled" true')
    await checkLooks(t, page)
    const ticked = page.locator('form:has(#staff-name) input:checked')
    t.equal(await ticked.count(), 0, 'nobody is made a worker by accident')
    await page.getByLabel('Navn').fill('Nina Nord')
    await button(page, 'Tilføj medarbejder').click()
    await page.getByText('Vælg mindst én rolle.').waitFor()
    t.equal((await asked(page)).length, 2, 'nobody is added without a role')
    await button(page, 'Vis logins Borger 4F2A').click()
    await page.getByRole('list', { name: 'Her er Borger 4F2A logget ind' }).waitFor()
    await page.getByRole('button', { name: 'Frakobl enhed' }).click()
    await button(page, 'Ja, frakobl').click()
    await page.waitForFunction(() => window.asked.length > 2)
    t.equal((await asked(page))[2], '"revokeDevice"')
    await button(page, 'Log ud alle steder Borger 4F2A').click()
    await page.waitForFunction(() => window.asked.length > 3)
    t.match((await asked(page))[3], /^"endSessions" "[0-9a-f-]+3"$/)
    t.equal(await page.getByText(/Anna|Jens/).count(), 0)
    await checkLooks(t, page)
    await button(page, 'Ret Bo Iversen').click()
    await button(page, 'Log ud alle andre steder Bo Iversen').waitFor()
    await checkLooks(t, page)
  })

  await on('citizens', "a citizen's stop is not written down by one tap", async (t, page) => {
    const anna = rowOf(page, 'Anna')
    await openMore(anna)
    await anna.getByText('Borgerens svar').click()
    const stop = anna.getByRole('button', { name: 'Nej, stop videosamtaler, Anna' })
    await stop.click()
    const question = 'Vil du skrive ned, at Anna ikke vil have flere videosamtaler?'
    await anna.getByRole('group', { name: question }).waitFor()
    await waitForFocus(page, question)
    await checkLooks(t, page)
    await anna.getByRole('button', { name: 'Nej, gå tilbage' }).click()
    await waitForFocus(page, 'Nej, stop videosamtaler')
    t.same(await asked(page), [])
    await stop.click()
    await anna.getByRole('button', { name: 'Ja, stop videosamtaler' }).click()
    await page.waitForFunction(() => window.asked.length > 0)
    t.match(await asked(page), [/choice\/stop/])
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
    await page.getByText('En leder så, hvem der er din bostøtte, og hvad du har svaret.').waitFor()
    await page.getByText('23. nov. 2026 kl. 09.00').first().waitFor()
    await checkLooks(t, page)
  })
})
