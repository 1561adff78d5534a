import t, { type Test } from 'tap'
import type { Person } from './support/browser.ts'
import { readClock } from './support/picture-gap.ts'
import {
  assertSound,
  isWhole,
  setThinStage,
  SOUND_ONLY as OFF,
  THIN,
  WEAK,
} from './support/thin-line.ts'
import { waitFor } from './support/wait.ts'

/** A picture grows to its size with the browser's trust in the line, slowly where the machine is busy. */
const BEGINNING_LIMIT_MS = 30_000
const STEP_LIMIT_MS = 60_000

/** The picture is smaller, or gone for the moment on a machine that is busy as well, and the page says so. */
async function waitForLess(t: Test, person: Person): Promise<void> {
  const isTold = (words: RegExp) => person.page.getByText(words).first().isVisible()
  let seen = {}
  await waitFor(
    'less of a picture, and the words for it',
    async () => {
      const [isAll, isWeak, isOff] = [await isWhole(person), await isTold(WEAK), await isTold(OFF)]
      seen = { isAll, isWeak, isOff }
      return isOff || (isWeak && !isAll) || undefined
    },
    STEP_LIMIT_MS,
  ).finally(() => {
    t.comment(JSON.stringify(seen))
  })
}

t.test('A-06 on a thin line sound goes on, the picture gives way, and both read why', async (t) => {
  const { worker, citizen, line } = await setThinStage(t)
  const people = [worker, citizen]
  const isThere = async () => (await isWhole(worker)) || undefined
  await waitFor('the whole picture', isThere, BEGINNING_LIMIT_MS)
  for (const { page } of people) t.equal(await page.getByText(WEAK).count(), 0, 'all is well')

  const since = await Promise.all(people.map(({ page }) => readClock(page)))
  await line.shape(THIN)
  await Promise.all(people.map((person) => waitForLess(t, person)))
  await assertSound(t, people, since)
})
