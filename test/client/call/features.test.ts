import t, { type Test } from 'tap'
import type { CallId } from '@naervaer/shared'
import { Alone } from '../../../client/src/call/features/alone.ts'
import type { Feature, FeatureContext } from '../../../client/src/call/features/features.ts'
import { Pause } from '../../../client/src/call/features/pause.ts'
import { ScreenShare } from '../../../client/src/call/features/screen.ts'
import { WakeLock } from '../../../client/src/call/features/wake-lock.ts'
import { LocalMedia } from '../../../client/src/call/media/local-media.ts'
import { SideLine } from '../../../client/src/call/link/side-line.ts'
import { talkMemory } from '../../../client/src/call/talk-memory.ts'
import { installFakeBrowser } from '../../helpers/fake-browser.ts'
import { FakeDevices, FakeTrack } from '../../helpers/fake-devices.ts'

const CALL = '0190a000-0000-7000-8000-000000000001' as CallId
const OTHER_CALL = '0190a000-0000-7000-8000-000000000002' as CallId

/** The windows of both sides, and between them a line that may be cut. */
class Room {
  readonly worker = new SideLine()
  readonly citizen = new SideLine()
  isUp = true

  constructor() {
    this.#connect(this.worker, this.citizen)
    this.#connect(this.citizen, this.worker)
  }

  context(side: 'worker' | 'citizen', call = CALL): FeatureContext {
    return { call, side, line: this[side], getMedia: () => null, reportLeg: () => undefined }
  }

  /** A peer connection has come up. */
  comeUp(): void {
    this.isUp = true
    this.worker.tellUp()
    this.citizen.tellUp()
  }

  #connect(from: SideLine, to: SideLine): void {
    const isUp = () => this.isUp
    from.connect({
      link: null,
      linkNumber: null,
      renew: () => undefined,
      sendText: (text) => {
        if (isUp()) to.receive(text)
        return isUp()
      },
    })
  }
}

/** Features of both sides; nothing is remembered from the test before. */
function furnish<F extends Feature>(t: Test, make: (context: FeatureContext) => F) {
  installFakeBrowser()
  const devices = new FakeDevices()
  devices.install()
  const room = new Room()
  const citizen = make(room.context('citizen'))
  const worker = make(room.context('worker'))
  // What one side remembers is not the other's: they are in different tabs.
  talkMemory.forget()
  const media = new LocalMedia()
  t.teardown(() => {
    citizen.close()
    worker.close()
    media.close()
  })
  return { room, citizen, worker, media, devices }
}

t.test('a pause is told, and told again with every new connection', async (t) => {
  const { room, citizen, worker, media, devices } = furnish(t, (context) => new Pause(context))
  citizen.start(media)
  const opening = media.open({ withCamera: true })
  devices.grant()
  await opening
  room.isUp = false
  await media.setPaused(true)
  t.same(worker.state.value, { isOther: false })
  room.comeUp()
  t.same(worker.state.value, { isOther: true })

  const goingOn = media.setPaused(false)
  t.equal(worker.state.value.isOther, false, 'at once')
  devices.grant()
  await goingOn
  t.equal(worker.state.value.isOther, false)
})

t.test('a pause of before the reload is told as soon as there is a connection', async (t) => {
  const { room, worker, media } = furnish(t, (context) => new Alone(context))
  talkMemory.write(CALL, { isPaused: true })
  const told: boolean[] = []
  room.worker.on('pause', ({ isPaused }) => told.push(isPaused))
  const pause = new Pause(room.context('citizen'))
  room.comeUp()
  t.same(told, [true], 'before the devices are there')
  await media.open({ withCamera: true, isPaused: true })
  pause.start(media)
  t.same(told, [true])
  new Pause(room.context('citizen', OTHER_CALL))
  room.comeUp()
  t.equal(told.at(-1), false, 'of this call only')
  pause.close()
  worker.close()
})

t.test('"not alone" is told, taken back, and remembered over a reload', (t) => {
  const { room, citizen, worker } = furnish(t, (context) => new Alone(context))
  citizen.set(false)
  t.same(worker.state.value, { isOwnNot: false, isOtherNot: true })
  t.equal(new Alone(room.context('citizen')).state.value.isOwnNot, true)
  t.equal(new Alone(room.context('citizen', OTHER_CALL)).state.value.isOwnNot, false)
  citizen.set(true)
  t.equal(worker.state.value.isOtherNot, false)
  t.end()
})

t.test('what a tab remembers of a call is not believed when it is no such thing', (t) => {
  installFakeBrowser()
  for (const kept of ['{', '7', '{}', `{"call":"${CALL}","isPaused":"yes"}`]) {
    sessionStorage.setItem('naervaer.talk', kept)
    const nothing = {
      isPaused: false,
      isNotAlone: false,
      withCamera: null,
      withMicrophone: null,
    }
    t.same(talkMemory.read(CALL), nothing, kept)
  }
  t.end()
})

/** A browser that shows the screen it is told to, or none. */
function offerScreens(devices: FakeDevices, next: () => FakeTrack | null): void {
  const getDisplayMedia = () => {
    const track = next()
    return track === null
      ? Promise.reject(new DOMException('', 'NotAllowedError'))
      : Promise.resolve({ getVideoTracks: () => [track] })
  }
  Object.assign(devices, { getDisplayMedia })
}

t.test('a screen takes the place of the picture, and ends by either button', async (t) => {
  const { citizen, worker, media, devices } = furnish(t, (context) => new ScreenShare(context))
  t.equal(worker.canShow, false, 'a phone cannot')
  let screen: FakeTrack | null = null
  offerScreens(devices, () => screen)
  t.equal(worker.canShow, true)
  t.equal(citizen.canShow, false, 'screens are for staff')
  worker.start(media)

  await worker.show()
  t.same(worker.state.value, { isOwn: false, isOther: false }, 'no screen was picked')
  screen = new FakeTrack('video')
  await worker.show()
  t.equal(citizen.state.value.isOther, true)
  t.equal(media.tracks.value.screen, screen)
  worker.stop()
  t.equal(screen.readyState, 'ended')
  t.equal(citizen.state.value.isOther, false)

  screen = new FakeTrack('video')
  await worker.show()
  screen.end()
  t.equal(media.tracks.value.screen, null, "the browser's own button")
  t.same(worker.state.value, { isOwn: false, isOther: false })

  screen = new FakeTrack('video')
  const showing = worker.show()
  worker.close()
  await showing
  t.equal(screen.readyState, 'ended', 'picked after the end of the call')
})

t.test('the screen stays on: asked for again at every return, and a refusal is none', async (t) => {
  const page = installFakeBrowser()
  const locks: { released: boolean; release: () => Promise<void> }[] = []
  let isRefused = true
  const request = () => {
    if (isRefused) return Promise.reject(new DOMException('', 'NotAllowedError'))
    const lock = {
      released: false,
      release: () => {
        lock.released = true
        return Promise.resolve()
      },
    }
    locks.push(lock)
    return Promise.resolve(lock)
  }
  Object.defineProperty(navigator, 'wakeLock', { configurable: true, value: { request } })
  const settle = () => new Promise(setImmediate)
  const wake = new WakeLock()
  wake.start()
  await settle()
  t.equal(locks.length, 0, 'refused, and nothing happened')
  isRefused = false
  page.dispatchEvent(new Event('focus'))
  await settle()
  page.dispatchEvent(new Event('focus'))
  await settle()
  t.equal(locks.length, 1, 'one is enough')
  for (const lock of locks) lock.released = true
  document.dispatchEvent(new Event('visibilitychange'))
  await settle()
  t.equal(locks.length, 2)
  wake.close()
  t.ok(locks.every(({ released }) => released))
  page.dispatchEvent(new Event('focus'))
  await settle()
  t.equal(locks.length, 2, 'nothing after the call')
})
