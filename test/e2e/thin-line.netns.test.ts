import t from 'tap'
import { readClock } from './support/picture-gap.ts'
import { assertSound, isWhole, setThinStage, THIN, WEAK } from './support/thin-line.ts'
import { waitFor } from './support/wait.ts'

/** A picture grows to its size with the browser's trust in the line, slowly where the machine is busy. */
const BEGINNING_LIMIT_MS = 30_000
const STEP_LIMIT_MS = 60_000

t.test('A-06 on a thin line sound goes on, the picture gives way, and both read why', async (t) => {
  const { worker, citizen, line } = await setThinStage(t)
  const people = [worker, citizen]
  const isThere = async () => (await isWhole(worker)) || undefined
  await waitFor('the whole picture', isThere, BEGINNING_LIMIT_MS)
  for (const { page } of people) t.equal(await page.getByText(WEAK).count(), 0, 'all is well')

  const since = await Promise.all(people.map(({ page }) => readClock(page)))
  await line.shape(THIN)
  const smaller = people.map((person) =>
    waitFor(
      'a smaller picture, and the words for it',
      async () =>
        (!(await isWhole(person)) && (await person.page.getByText(WEAK).isVisible())) || undefined,
      STEP_LIMIT_MS,
    ),
  )
  await Promise.all(smaller)
  await assertSound(t, people, since)
})
