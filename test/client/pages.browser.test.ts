import type { Page } from 'playwright-core'
import t from 'tap'
import { asked, button, focused, patch, PHONE, setLetters } from './gallery/page-tools.ts'
import { openStates } from './gallery/on-states.ts'

const hasDialogFocus = (page: Page): Promise<boolean> =>
  page.getByRole('alertdialog').evaluate((dialog) => dialog.matches(':focus'))

const visibleWhole = async (page: Page, name: string): Promise<boolean> => {
  const box = await button(page, name).boundingBox()
  const size = page.viewportSize()
  if (box === null || size === null) return false
  return box.y >= 0 && box.y + box.height <= size.height + 0.5 && box.x + box.width <= size.width
}

t.test('pages', async (t) => {
  const { on, stage } = await openStates(t)

  await on('incoming', 'nothing is answered by accident', async (t, page) => {
    await page.getByRole('alertdialog', { name: 'Mette ringer' }).waitFor()
    t.ok(await hasDialogFocus(page), 'the whole has the focus, and no button')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Space')
    t.same(await asked(page), [])
  })

  await on('incoming', 'A-09 the sound can be silenced first of all', async (t, page) => {
    await page.keyboard.press('Tab')
    t.equal(await focused(page), 'Slå lyden fra')
    await page.keyboard.press('Enter')
    await page.getByText('Lyden er slået fra.').waitFor()
    t.ok(await hasDialogFocus(page), 'the focus does not go with the button')
    t.same(await asked(page), ['silence'])
  })

  await on('incoming', 'A-10 a call is answered by keyboard, in three ways', async (t, page) => {
    await page.keyboard.press('Tab')
    for (const name of ['Svar', 'Svar uden kamera', 'Ikke nu']) {
      await page.keyboard.press('Tab')
      t.equal(await focused(page), name)
      await page.keyboard.press('Enter')
    }
    t.same(await asked(page), ['answer with camera', 'answer without camera', 'decline'])
    await patch(page, { isBusy: true })
    await page.keyboard.press('Enter')
    t.equal((await asked(page)).length, 3, 'nothing is asked twice')
  })

  await on('incoming-blocked', 'silence is not offered where nothing sounds', async (t, page) => {
    t.equal(await button(page, 'Slå lyden fra').count(), 0)
    t.equal(await button(page, 'Svar').count(), 1)
  })

  await on('citizens', 'a worker rings in one click, and is told of a refusal', async (t, page) => {
    const anna = page.getByRole('listitem').filter({ hasText: 'Anna' })
    await anna.getByRole('heading', { name: 'Anna' }).waitFor()
    await anna.getByRole('button', { name: 'Ring op', exact: true }).click()
    t.match(await asked(page), [/^ring .*3$/])
    await patch(page, { error: 'NOT_ASSIGNED' })
    await anna.getByText('Du er ikke tilknyttet denne borger.').waitFor()
    t.equal(await page.getByText('Du er ikke tilknyttet denne borger.').count(), 1)
  })

  await on('out-sending', 'a ring is told as it is, and can be stopped', async (t, page) => {
    await page.getByText('Sender opkaldet …').waitFor()
    await page.evaluate(() => {
      const { call } = window.snapshot.value
      if (call !== null) window.snapshot.patch({ call: { ...call, state: 'ringing' } })
    })
    await page.getByText('Det ringer hos Anna …').waitFor()
    await button(page, 'Stop opkald').click()
    t.same(await asked(page), ['cancel'])
  })

  await on('talk-citizen-wide', 'a citizen sees the other, not themselves', async (t, page) => {
    const remote = page.locator('video[data-party="remote"]')
    t.notOk(await remote.evaluate((video: HTMLVideoElement) => video.muted), 'the other is heard')
    t.equal(await page.locator('video[data-party="self"]').count(), 0)
    await button(page, 'Mere').click()
    await button(page, 'Vis mit eget billede').click()
    const self = page.locator('video[data-party="self"]')
    await self.waitFor()
    t.ok(await self.evaluate((video: HTMLVideoElement) => video.muted), 'no echo of oneself')
    t.equal(
      await self.evaluate((video) => getComputedStyle(video).transform),
      'matrix(-1, 0, 0, 1, 0, 0)',
    )
    await button(page, 'Mere').click()
    await button(page, 'Skjul mit eget billede').click()
    await self.waitFor({ state: 'detached' })
  })

  await on('talk-citizen-wide', 'A-10 a talk is led by keyboard', async (t, page) => {
    await button(page, 'Mere').waitFor()
    const expected = ['Sluk kamera', 'Sluk mikrofon', 'Skriv', 'Pause', 'Mere', 'Læg på']
    for (const name of expected) {
      await page.keyboard.press('Tab')
      t.equal(await focused(page), name)
      // Writing takes the focus to its field, and has a test of its own.
      if (name === 'Skriv') continue
      await page.keyboard.press('Enter')
      if (name === 'Pause') {
        t.equal(await focused(page), 'Fortsæt', 'one tap back')
        await page.keyboard.press('Enter')
        t.equal(await focused(page), name)
      }
      // The sheet takes the focus, and gives it back.
      if (name === 'Mere') await page.keyboard.press('Escape')
    }
    t.same(await asked(page), ['camera off', 'microphone off', 'pause on', 'pause off', 'hangUp'])
    await page.getByText('Din mikrofon er slukket. Mette kan ikke høre dig.').waitFor()
    await button(page, 'Tænd mikrofon').waitFor()
  })

  await on('talk-refused', 'hanging up is in sight on every screen', async (t, page) => {
    const sizes = [
      [390, 844],
      [820, 1180],
      [1280, 800],
      [844, 390],
      [320, 568],
    ] as const
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height })
      t.ok(await visibleWhole(page, 'Læg på'), `at ${width} by ${height}`)
    }
    await setLetters(page, '200%')
    t.ok(await visibleWhole(page, 'Læg på'), 'with letters of double size')
  })

  await on('out-ringing', 'each new screen is read from its heading', async (t, page) => {
    await patch(page, { phase: 'talking' })
    await page.getByRole('heading', { name: 'Du taler med Anna' }).waitFor({ state: 'attached' })
    t.equal(await focused(page), 'Du taler med Anna')
    await page.evaluate(() => {
      const { call } = window.snapshot.value
      if (call === null) return
      window.snapshot.patch({
        phase: 'ended',
        call: { ...call, state: 'ended', outcome: 'completed', endReason: 'hangup_citizen' },
      })
    })
    await page.getByRole('heading', { name: 'Samtalen er slut' }).waitFor()
    t.equal(await focused(page), 'Samtalen er slut')
    t.match(await page.title(), /^Samtalen er slut/)
    await button(page, 'Tilbage til mine borgere').click()
    await page.getByRole('heading', { name: 'Mine borgere' }).waitFor()
    t.equal(await focused(page), 'Mine borgere')
    t.same(await asked(page), ['dismiss'])
  })

  await t.test('sound that the browser holds back comes with a tap', async (t) => {
    const { page, leave } = await stage.show('out-ringing', PHONE)
    // What browsers do to a page that nobody has touched (HTML Standard, "allowed to play").
    await page.evaluate(() => {
      const play = Reflect.get(HTMLMediaElement.prototype, 'play')
      let isAllowed = false
      addEventListener('click', () => (isAllowed = true), { capture: true })
      HTMLMediaElement.prototype.play = function () {
        return isAllowed ? play.call(this) : Promise.reject(new DOMException('', 'NotAllowedError'))
      }
      const remoteStream = document.createElement('canvas').captureStream()
      window.snapshot.patch({ phase: 'talking', remoteStream })
    })
    const sound = await button(page, 'Tryk her for at få lyd').boundingBox()
    const picture = await page.locator('video[data-party="remote"]').boundingBox()
    const isBelow = sound !== null && picture !== null && sound.y >= picture.y + picture.height
    t.ok(isBelow, 'it does not lie over a face')
    await button(page, 'Tryk her for at få lyd').click()
    await button(page, 'Tryk her for at få lyd').waitFor({ state: 'detached' })
    t.notOk(
      await page
        .locator('video[data-party="remote"]')
        .evaluate((video: HTMLVideoElement) => video.paused),
    )
    await leave()
  })

  await t.test('nothing moves where motion is not wanted', async (t) => {
    const moving = (page: Page): Promise<number> =>
      page
        .locator('nv-rings')
        .evaluate(
          ({ shadowRoot }) =>
            (shadowRoot?.getAnimations() ?? []).filter((it) => it.playState === 'running').length,
        )
    for (const state of ['incoming', 'talk-connecting']) {
      const calm = await stage.show(state, { ...PHONE, reducedMotion: 'reduce' })
      t.equal(await moving(calm.page), 0, state)
      await calm.leave()
    }
    const lively = await stage.show('incoming', { ...PHONE, reducedMotion: 'no-preference' })
    t.ok((await moving(lively.page)) > 0)
    await lively.leave()
  })

  await t.test('English is spoken where it is asked for, and remembered', async (t) => {
    const { page, leave } = await stage.show('home&lang=en', PHONE)
    await page.getByText('When Mette calls, it shows here. You need not do anything.').waitFor()
    t.equal(await page.locator('html').getAttribute('lang'), 'en')
    await leave()
  })
})
