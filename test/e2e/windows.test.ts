import type { Page } from 'playwright-core'
import t from 'tap'
import { button, startConversation } from './support/conversation.ts'
import { waitFor } from './support/wait.ts'

const remoteVideo = (page: Page) => page.locator('nv-video-tile.remote video')

/** Which of the two is in use: the whole screen, and a small window for the other's picture. */
async function readWindows(page: Page): Promise<{ isFull: boolean; isFloating: boolean }> {
  const isFull = await page.evaluate(() => document.fullscreenElement !== null)
  const isFloating = await page.evaluate(() => document.pictureInPictureElement !== null)
  return { isFull, isFloating }
}

async function assertWindows(
  page: Page,
  wanted: { readonly isFull: boolean; readonly isFloating: boolean },
): Promise<void> {
  await waitFor(`windows as they should be: ${JSON.stringify(wanted)}`, async () => {
    const { isFull, isFloating } = await readWindows(page)
    return (isFull === wanted.isFull && isFloating === wanted.isFloating) || undefined
  })
}

async function choose(page: Page, row: string): Promise<void> {
  await button(page, 'Mere').click()
  await button(page, row).click()
}

t.test(
  'the whole screen is for the talk, by one button, back by another, and at its end',
  async (t) => {
    const { worker, citizen } = await startConversation(t)
    for (const { page } of [worker, citizen]) {
      await choose(page, 'Fuld skærm')
      await assertWindows(page, { isFull: true, isFloating: false })
    }
    await button(citizen.page, 'Sluk kamera').click()
    await button(citizen.page, 'Tænd kamera').click()
    await choose(citizen.page, 'Luk fuld skærm')
    await assertWindows(citizen.page, { isFull: false, isFloating: false })

    await choose(citizen.page, 'Fuld skærm')
    await assertWindows(citizen.page, { isFull: true, isFloating: false })
    await button(worker.page, 'Læg på').click()
    for (const { page } of [worker, citizen]) {
      await page.getByRole('heading', { name: /slut/i }).waitFor()
      await assertWindows(page, { isFull: false, isFloating: false })
    }
    t.same(await readWindows(worker.page), { isFull: false, isFloating: false })
  },
)

t.test('staff float the picture, and a pause or the end shows the citizen to nobody', async (t) => {
  const { worker, citizen } = await startConversation(t)
  await button(citizen.page, 'Mere').click()
  t.equal(await button(citizen.page, 'Vis i et lille vindue').count(), 0, 'not for citizens')
  await button(citizen.page, 'Luk').click()
  const { page } = worker
  const float = async () => {
    await choose(page, 'Vis i et lille vindue')
    await assertWindows(page, { isFull: false, isFloating: true })
  }
  const shrink = () => assertWindows(page, { isFull: false, isFloating: false })

  await float()
  await choose(page, 'Vis i et lille vindue')
  await shrink()

  await float()
  await button(page, 'Pause').click()
  await shrink()
  await button(page, 'Fortsæt').click()

  await float()
  await button(citizen.page, 'Pause').click()
  await page.getByText('Anna holder pause.').waitFor()
  await shrink()
  await button(citizen.page, 'Fortsæt').click()
  await page.getByText('Anna holder pause.').waitFor({ state: 'detached' })

  await float()
  await button(citizen.page, 'Læg på').click()
  await remoteVideo(page).waitFor({ state: 'detached' })
  await shrink()
})
