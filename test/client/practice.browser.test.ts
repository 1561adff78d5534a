import type { Page } from 'playwright-core'
import t from 'tap'
import { checkLooks, NARROW } from './gallery/looks.ts'
import { openStates } from './gallery/on-states.ts'
import { button, focused } from './gallery/page-tools.ts'

/** A camera that shows one colour, and a microphone that hears nothing. */
const furnish = (page: Page): Promise<void> =>
  page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => {
      const canvas = document.createElement('canvas')
      const drawing = canvas.getContext('2d')
      const paint = () => {
        if (drawing === null) return
        drawing.fillStyle = performance.now() % 2 > 1 ? '#7b4636' : '#7b4637'
        drawing.fillRect(0, 0, canvas.width, canvas.height)
      }
      paint()
      setInterval(paint, 50)
      const sound = new AudioContext().createMediaStreamDestination()
      const tracks = [...canvas.captureStream(15).getTracks(), ...sound.stream.getTracks()]
      return Promise.resolve(new MediaStream(tracks))
    }
  })

/** What the server says of its TURN servers. */
const answerTurn = (page: Page, iceServers: readonly object[]): Promise<unknown> =>
  page.route('**/api/check/turn', (route) => route.fulfill({ json: { iceServers } }))

const title = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })

t.test('a practice call', async (t) => {
  const { on } = await openStates(t, NARROW)

  await on(
    'practice',
    'N17 without a TURN server it says so, and all is practised',
    async (t, page) => {
      await furnish(page)
      await answerTurn(page, [])
      await button(page, 'Begynd').click()
      await title(page, 'Opkaldet kan ikke gå gennem kommunen her').waitFor()
      t.equal(await button(page, 'Øv igen').count(), 0, 'trying again would change nothing')
      await checkLooks(t, page)

      await button(page, 'Øv på din enhed').click()
      await title(page, 'Ekko ringer').waitFor()
      t.match(await focused(page), /^Slå lyden fra|Ekko ringer/, 'nothing is answered by accident')
      await checkLooks(t, page)

      await button(page, 'Svar').click()
      await page.getByText('Sig noget kort, og vent.').waitFor()
      await page.locator('nv-video-tile.remote[has-picture]').waitFor()
      await checkLooks(t, page)
      await button(page, 'Sluk mikrofon').click()
      await page.getByText('Din mikrofon er slukket. Ekko kan ikke høre dig.').waitFor()
      await button(page, 'Pause').click()
      await page.getByText('Pause. Ingen kan se eller høre dig.').waitFor()
      t.equal(await page.getByText('Sig noget kort, og vent.').count(), 0)
      await button(page, 'Fortsæt').click()

      await button(page, 'Læg på').click()
      await title(page, 'Øveopkaldet er slut').waitFor()
      await page.getByText('Sådan er det også, når din bostøtte ringer.').waitFor()
      t.equal(await focused(page), 'Øveopkaldet er slut')
      await checkLooks(t, page)
      t.equal(
        await page.getByRole('link', { name: 'Tilbage' }).getAttribute('href'),
        '/mine-valg',
        'where the citizen came from',
      )
    },
  )

  await on(
    'worker-practice',
    'N17 a server that is not reached can be tried again',
    async (t, page) => {
      await furnish(page)
      await answerTurn(page, [{ urls: 'no list' }])
      await button(page, 'Begynd').click()
      await title(page, 'Vi kan ikke få fat i kommunen lige nu').waitFor()
      await checkLooks(t, page)
      await answerTurn(page, [])
      await button(page, 'Øv igen').click()
      await title(page, 'Opkaldet kan ikke gå gennem kommunen her').waitFor()
      await button(page, 'Øv på din enhed').click()
      await button(page, 'Ikke nu').click()
      await page.getByText('Sådan er det også, når du taler med en borger.').waitFor()
      t.equal(await page.getByRole('link', { name: 'Tilbage' }).getAttribute('href'), '/')
    },
  )
})
