import { findAccessibilityProblems } from '../helpers/axe.ts'
import type { CitizenPresence } from '@naervaer/shared'
import type { Page } from 'playwright-core'
import t from 'tap'
import { asked, button, patch } from './gallery/page-tools.ts'
import { openStates } from './gallery/on-states.ts'

const setConnection = (page: Page, state: 'open' | 'lost'): Promise<void> =>
  page.evaluate((state) => {
    window.connection.set(state)
  }, state)

/** Changes what the worker's page is told about one of the citizens. */
const changeRow = (page: Page, name: string, change: Partial<CitizenPresence>): Promise<void> =>
  page.evaluate(
    ({ name, change }) => {
      const { value } = window.directory
      if (value === null) throw new TypeError('no directory')
      const citizens = value.citizens.map((each) =>
        each.person.name === name ? { ...each, ...change } : each,
      )
      window.directory.set({ ...value, citizens })
    },
    { name, change },
  )

/** Gives the other side a picture of this size that moves all the time. */
const givePicture = (page: Page, size: number): Promise<void> =>
  page.evaluate((size) => {
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = size
    const pen = canvas.getContext('2d')
    setInterval(() => pen?.fillRect(0, 0, Math.random() * size, size), 50)
    window.snapshot.patch({ remoteStream: canvas.captureStream(20) })
  }, size)

/** Resolves when the other's video has drawn `count` more frames. */
const drawFrames = (page: Page, count: number): Promise<void> =>
  page.locator('video[data-party="remote"]').evaluate(async (video, count) => {
    if (!(video instanceof HTMLVideoElement)) throw new TypeError('no video')
    for (let drawn = 0; drawn < count; drawn += 1) {
      await new Promise((resolve) => video.requestVideoFrameCallback(resolve))
    }
  }, count)

t.test('what the pages say is true', async (t) => {
  const { on } = await openStates(t)

  await on('talk-no-frame', 'there is a picture when it has been drawn', async (t, page) => {
    const words = page.getByText('Forbinder …')
    await words.waitFor()
    await givePicture(page, 2)
    await drawFrames(page, 5)
    t.ok(await words.isVisible(), 'what the browser puts in its place is not one')
    await givePicture(page, 320)
    await words.waitFor({ state: 'detached' })
    await patch(page, { remoteStream: null })
    await words.waitFor()
  })

  await on('talk-unlinked', 'a line that is down shows no picture of before', async (_t, page) => {
    const words = page.getByText('Forbindelsen blev afbrudt. Vi prøver igen.')
    await words.waitFor()
    await patch(page, { isLinked: true })
    await words.waitFor({ state: 'detached' })
    await patch(page, { isLinked: false })
    await words.waitFor()
    await page
      .locator('p')
      .filter({ hasText: /^Mette$/ })
      .waitFor()
  })

  await on('talk-asking', 'the browser asks for leave: that is said', async (_t, page) => {
    const words = page.getByText(/spørger om lov\. Tryk på »Tillad«\./)
    await words.waitFor()
    await patch(page, { isOpening: false })
    await words.waitFor({ state: 'detached' })
  })

  await on('talk-no-camera', 'no own picture is offered where there is none', async (t, page) => {
    await button(page, 'Mere').click()
    t.equal(await button(page, 'Vis mit eget billede').count(), 0)
    await patch(page, { ownMedia: { camera: 'on', microphone: 'on' } })
    await button(page, 'Vis mit eget billede').waitFor()
  })

  await on('talk-refused', 'a second refusal is told anew each time', async (t, page) => {
    const words = page.getByRole('status').getByText('Kameraet er stadig slået fra.')
    for (const attempt of ['first', 'second']) {
      await button(page, 'Tænd kamera').click()
      await words.waitFor({ state: 'detached' })
      await words.waitFor()
      t.pass(attempt)
    }
    await patch(page, { ownMedia: { camera: 'on', microphone: 'refused' } })
    await words.waitFor({ state: 'detached' })
  })

  await on('incoming', 'after "Ikke nu" home is kind, until the next ring', async (t, page) => {
    const words = page.getByRole('status').getByText('Det er helt i orden. Mette har fået besked.')
    await button(page, 'Ikke nu').click()
    await page.evaluate(() => {
      window.snapshot.patch({ phase: 'idle' })
    })
    await words.waitFor()
    t.equal(await page.getByRole('heading', { name: 'Hej Anna' }).count(), 1)
    await patch(page, { phase: 'incoming' })
    await page.getByRole('alertdialog').waitFor()
    await patch(page, { phase: 'ended' })
    await page.getByRole('heading', { name: 'Samtalen er slut' }).waitFor()
    await patch(page, { phase: 'idle' })
    await page.getByRole('heading', { name: 'Hej Anna' }).waitFor()
    t.equal(await words.count(), 0, 'a ring that was missed was not declined')
  })

  await on(
    'citizens-lost',
    'a lost connection is told once, and until it is back',
    async (t, page) => {
      const words = page.getByText('Der er ikke forbindelse lige nu.')
      const anna = page.getByRole('listitem').filter({ hasText: 'Anna' })
      await anna.getByRole('button', { name: 'Ring op', exact: true }).click()
      await patch(page, { error: 'CONNECTION_LOST' })
      await page.getByText('Forbindelsen blev afbrudt. Vi prøver igen.').waitFor()
      t.equal(await words.count(), 0)
      await setConnection(page, 'open')
      await page.getByText('Har appen åben').waitFor()
      t.equal(await words.count(), 0)
      await anna.getByRole('button', { name: 'Ring op', exact: true }).click()
      await words.waitFor()
      await setConnection(page, 'lost')
      await words.waitFor({ state: 'detached' })
    },
  )

  await on('citizens-refused', 'a refusal does not touch the button', async (t, page) => {
    const anna = page.getByRole('listitem').filter({ hasText: 'Anna' })
    const ring = anna.getByRole('button', { name: 'Ring op', exact: true })
    await ring.click()
    const box = await anna.getByText('Du er ikke tilknyttet denne borger.').boundingBox()
    const above = await ring.boundingBox()
    t.ok(box !== null && above !== null && box.y - (above.y + above.height) >= 8)
  })

  await on('citizens-refused', 'a refusal goes when the row reads otherwise', async (t, page) => {
    const anna = page.getByRole('listitem').filter({ hasText: 'Anna' })
    const ring = anna.getByRole('button', { name: 'Ring op', exact: true })
    const words = anna.getByText('Du er ikke tilknyttet denne borger.')
    const changes: Partial<CitizenPresence>[] = [
      { availability: 'busy' },
      { assignment: 'substitute' },
      { choice: { state: 'withdrawn', pausedUntil: null } },
    ]
    for (const change of changes) {
      await ring.click()
      await words.waitFor()
      await changeRow(page, 'Jens', { availability: 'unreachable' })
      t.ok(await words.isVisible(), "another's row is another's")
      await changeRow(page, 'Anna', change)
      await words.waitFor({ state: 'detached' })
    }
    t.match(await ring.getAttribute('class'), /plain/, 'quiet where it cannot ring')
    t.equal(await ring.getAttribute('aria-disabled'), 'false', 'and says why when it is pressed')
  })

  await on('elsewhere-ringing-worker', 'a ring elsewhere leaves the list free', async (t, page) => {
    await page.getByRole('heading', { name: 'Du ringer til Anna i et andet vindue.' }).waitFor()
    await button(page, 'Tilbage til mine borgere').click()
    await page.getByRole('heading', { name: 'Mine borgere' }).waitFor()
    t.same(await asked(page), ['dismiss'])
  })

  for (const state of ['no-such-page', 'no-such-page-staff', 'no-such-page-stranger']) {
    await on(state, 'an address without a page says so, and leads home', async (t, page) => {
      await page.getByRole('heading', { name: 'Siden findes ikke' }).waitFor()
      t.equal(await page.title(), 'Siden findes ikke – Nærvær')
      const home = page.getByRole('link', { name: 'Gå til forsiden' })
      t.equal(await home.getAttribute('href'), '/')
      t.same(await findAccessibilityProblems(page), [])
    })
  }

  await on('no-such-page', 'a call comes before a wrong address', async (_t, page) => {
    await page.getByRole('heading', { name: 'Siden findes ikke' }).waitFor()
    await page.evaluate(() => {
      history.replaceState(null, '', '/nowhere')
    })
    await patch(page, { phase: 'elsewhere' })
    await page.getByRole('heading', { name: 'Siden findes ikke' }).waitFor({ state: 'detached' })
  })

  await on('replaced', 'who is signed in now is not who was', async (t, page) => {
    await page.getByRole('heading', { name: 'En anden er logget ind her nu.' }).waitFor()
    t.equal(await page.getByText('Anna').count(), 0, 'nothing is left of who was')
    await button(page, 'Åbn siden igen').waitFor()
  })

  await on('home-stopped', 'a window that was sent away says what to press', async (t, page) => {
    await page.getByText('Dette vindue er sat på pause. Tryk på »Prøv igen«.').waitFor()
    t.equal(await button(page, 'Prøv igen').count(), 1)
  })

  await on('demo', 'on a phone one signs in first, and reads afterwards', async (t, page) => {
    const signIn = await button(page, 'Log ind som Mette Holm').boundingBox()
    const how = await page.getByRole('heading', { name: 'Sådan prøver du' }).boundingBox()
    t.ok(signIn !== null && how !== null && signIn.y < how.y)
    const here = await page.getByRole('definition').first().textContent()
    t.equal(here?.trim(), new URL('/demo', page.url()).href)
  })

  await on('talk-citizen-wide', 'the Back of the browser stays in the call', async (t, page) => {
    await page.evaluate(() => {
      const pops: unknown[] = []
      Object.assign(window, { pops })
      addEventListener('popstate', ({ state }) => pops.push(state))
    })
    await button(page, 'Sluk mikrofon').click()
    for (const times of [1, 2]) {
      await page.evaluate(() => {
        history.back()
      })
      // Back, and led forward again.
      await page.waitForFunction(
        (count) => (window as unknown as { pops: unknown[] }).pops.length === count,
        times * 2,
      )
      t.ok(await button(page, 'Læg på').isVisible())
    }
    t.equal(await page.evaluate(() => window.snapshot.value.phase), 'talking')
  })

  await on('incoming-blocked', 'a ring that is not heard says how it will be', async (_t, page) => {
    await page.getByText('Tryk et sted på skærmen for at få lyd.').waitFor()
  })

  await on('home', 'a page that nobody has touched asks for a touch', async (t, page) => {
    const offer = button(page, 'Tryk her, så du kan høre, når Mette ringer.')
    t.ok(await offer.isVisible())
    await page.touchscreen.tap(200, 300)
    await offer.waitFor({ state: 'detached' })
  })

  await on('home', 'that offer does not take the focus with it', async (t, page) => {
    const offer = button(page, 'Tryk her, så du kan høre, når Mette ringer.')
    await offer.press('Enter')
    await offer.waitFor({ state: 'detached' })
    const words = await page
      .locator('nv-citizen-home-page')
      .evaluate(({ shadowRoot }) => shadowRoot?.activeElement?.textContent)
    t.equal(words, 'Hej Anna')
  })
})
