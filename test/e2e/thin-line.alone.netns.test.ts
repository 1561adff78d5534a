import t from 'tap'
import { button } from './support/conversation.ts'
import { countFrames, remoteVideo } from './support/media-probe.ts'
import { readClock } from './support/picture-gap.ts'
import { assertSound, isWhole, setThinStage, SOUND_ONLY, THIN, WEAK } from './support/thin-line.ts'
import { waitFor } from './support/wait.ts'

const BACK = 'Billedet er tilbage.'

/** Waits grow with each try that fails, and a busy machine makes some fail. */
const LIMIT_MS = 480_000

/** A picture grows to its size with the browser's trust in the line, slowly where the machine is busy. */
const BEGINNING_LIMIT_MS = 60_000

/** As people need for gestures and lips (EN 301 549 clause 6.5.3). */
const LEAST_FRAMES_PER_SECOND = 20

const ONE_AND_A_HALF_SECONDS = { atLeast: Infinity, limitMs: 1_500 }

t.test('A-06 on a thin line sound never stops, the picture gives way and comes back', async (t) => {
  t.setTimeout(LIMIT_MS)
  const { server, worker, citizen, line } = await setThinStage(t)
  const people = [worker, citizen]
  const isThere = async () => (await isWhole(worker)) || undefined
  await waitFor('the whole picture', isThere, BEGINNING_LIMIT_MS)

  await t.test('300 kbit/s, 150 ms, 5 % lost: a smaller picture, and both read why', async (t) => {
    const since = await Promise.all(people.map(({ page }) => readClock(page)))
    await line.shape(THIN)
    // The line breaks in while the picture is large: it may go for a moment before the small one holds.
    const smallAndFluent = people.map(async (person) => {
      await waitFor(
        'a small picture that moves as it should',
        async () =>
          (!(await isWhole(person)) &&
            (await person.page.getByText(WEAK).isVisible()) &&
            (await countFrames(remoteVideo(person.page), ONE_AND_A_HALF_SECONDS)) >=
              1.5 * LEAST_FRAMES_PER_SECOND) ||
          undefined,
        120_000,
      )
    })
    await Promise.all(smallAndFluent)
    await assertSound(t, people, since)
  })

  await t.test('100 kbit/s: sound only, and the camera stays as it was wished', async (t) => {
    const since = await Promise.all(people.map(({ page }) => readClock(page)))
    await line.shape({ kbitPerS: 100, rttMs: 150, loss: 0.05 })
    const told = people.map(({ page }) => page.getByText(SOUND_ONLY).waitFor({ timeout: 60_000 }))
    await Promise.all(told)
    for (const { page } of people) {
      await button(page, 'Sluk kamera').waitFor()
      t.equal(await page.getByText('har slukket sit kamera').count(), 0)
      t.equal(await page.getByText(/kan ikke (se|høre) dig/).count(), 0, 'nobody is blamed')
    }
    await assertSound(t, people, since)
  })

  await t.test('the line is good again: so is the picture, by itself', async (t) => {
    const since = await Promise.all(people.map(({ page }) => readClock(page)))
    const back = people.map(({ page }) => page.getByText(BACK).waitFor({ timeout: 150_000 }))
    await line.shape(null)
    await Promise.all(back)
    const whole = people.map((person) =>
      waitFor('the whole picture', async () => (await isWhole(person)) || undefined, 120_000),
    )
    await Promise.all(whole)
    for (const { page } of people) {
      await page.getByText(WEAK).waitFor({ state: 'hidden', timeout: 60_000 })
    }
    await assertSound(t, people, since)
  })

  await button(citizen.page, 'Læg på').click()
  const legs = await waitFor('the end of the leg', () => {
    const rows = server.rows('select * from call_legs')
    return rows[0]?.['ended_by'] === null ? undefined : rows
  })
  t.match(legs, [{ path: 'relay', ended_by: 'hangup_citizen', citizen_protocol: 'udp' }])
  t.ok(Number(legs[0]?.['citizen_steps']) >= 2, 'the steps are in the record')
  t.ok(Number(legs[0]?.['citizen_rtt_ms']) >= 20, 'and the round trip')
})
