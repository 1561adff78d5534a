import { mock } from 'node:test'
import t, { type Test } from 'tap'
import { DeviceChoice, deviceChoice } from '../../../../client/src/call/media/chosen-devices.ts'
import { LocalMedia } from '../../../../client/src/call/media/local-media.ts'
import { installFakeBrowser } from '../../../helpers/fake-browser.ts'
import { FakeDevices, FakeTrack } from '../../../helpers/fake-devices.ts'

const page = installFakeBrowser()

function makeMedia(): { media: LocalMedia; devices: FakeDevices } {
  const devices = new FakeDevices()
  devices.install()
  return { media: new LocalMedia(), devices }
}

async function openMedia(t: Test, withCamera = true) {
  const { media, devices } = makeMedia()
  t.teardown(() => {
    media.close()
  })
  const opening = media.open({ withCamera })
  devices.grant()
  await opening
  return { media, devices }
}

/** Lets everything that is ready run, timers not. */
const settle = () => new Promise(setImmediate)

const trackOf = (devices: FakeDevices, kind: FakeTrack['kind']): FakeTrack => {
  const track = devices.tracks.findLast((each) => each.kind === kind)
  if (track === undefined) throw new Error(`no ${kind}`)
  return track
}

t.test('camera and microphone are opened in one request', async (t) => {
  const { media, devices } = makeMedia()
  const opening = media.open({ withCamera: true })
  t.match(media.tracks.value, { isOpening: true, state: { camera: 'on', microphone: 'on' } })
  devices.grant()
  await opening
  t.strictSame(
    devices.openings.map(({ kinds }) => kinds),
    [['audio', 'video']],
  )
  t.match(media.tracks.value, { isOpening: false, state: { camera: 'on', microphone: 'on' } })
  media.close()
  t.strictSame(devices.live, [])
})

t.test('a camera turned off while it is being opened stays off', async (t) => {
  const { media, devices } = makeMedia()
  const opening = media.open({ withCamera: true })
  await media.setCamera(false)
  devices.grant()
  await opening
  t.strictSame(devices.live, ['audio'])
  t.match(media.tracks.value, { video: null, state: { camera: 'off', microphone: 'on' } })
})

t.test('a microphone turned off while it is being opened sends silence', async (t) => {
  const { media, devices } = makeMedia()
  const opening = media.open({ withCamera: false })
  await media.setMicrophone(false)
  t.match(media.tracks.value.state, { microphone: 'off' })
  devices.grant()
  await opening
  t.equal(media.tracks.value.audio?.enabled, false)
  t.match(media.tracks.value.state, { microphone: 'off' })
  await media.setMicrophone(true)
  t.equal(media.tracks.value.audio?.enabled, true)
})

t.test('what could not be opened together is tried one by one', async (t) => {
  const { media, devices } = makeMedia()
  const opening = media.open({ withCamera: true })
  devices.refuse('NotFoundError')
  await new Promise(setImmediate)
  devices.grant()
  await new Promise(setImmediate)
  devices.refuse('NotReadableError')
  await opening
  t.strictSame(
    devices.openings.map(({ kinds }) => kinds),
    [['audio', 'video'], ['audio'], ['video']],
  )
  t.match(media.tracks.value.state, { camera: 'inUse', microphone: 'on' })
})

t.test('after the end nothing more is asked for, and what still comes is let go of', async (t) => {
  const { media, devices } = makeMedia()
  const opening = media.open({ withCamera: true })
  media.close()
  devices.refuse('NotReadableError')
  await opening
  t.equal(devices.openings.length, 1)

  const other = makeMedia()
  const late = other.media.open({ withCamera: true })
  other.media.close()
  other.devices.grant()
  await late
  t.strictSame(other.devices.live, [])
})

t.test('a camera that is unplugged is missing', async (t) => {
  const { media, devices } = makeMedia()
  const opening = media.open({ withCamera: true })
  devices.grant()
  await opening
  devices.tracks.find(({ kind }) => kind === 'video')?.dispatchEvent(new Event('ended'))
  t.match(media.tracks.value, { video: null, state: { camera: 'missing', microphone: 'on' } })
})

t.test('a pause lets go of both devices, and going on opens what was on', async (t) => {
  const { media, devices } = await openMedia(t)
  await media.setPaused(true)
  t.strictSame(devices.live, [])
  t.match(media.tracks.value, {
    isPaused: true,
    audio: null,
    video: null,
    state: { camera: 'off', microphone: 'off' },
  })
  await media.setPaused(true)
  const goingOn = media.setPaused(false)
  t.match(devices.openings.at(-1)?.kinds, ['audio', 'video'], 'in one request')
  const clear = { echoCancellation: true, noiseSuppression: true, autoGainControl: true }
  t.match(devices.openings.at(-1)?.wish.audio, clear, 'it sounds good first')
  devices.grant()
  await goingOn
  t.match(media.tracks.value, { isPaused: false, state: { camera: 'on', microphone: 'on' } })
})

t.test('what was off before a pause is off after it', async (t) => {
  const { media, devices } = await openMedia(t)
  await media.setCamera(false)
  await media.setPaused(true)
  const goingOn = media.setPaused(false)
  t.match(devices.openings.at(-1)?.kinds, ['audio'])
  devices.grant()
  await goingOn
  t.match(media.tracks.value.state, { camera: 'off', microphone: 'on' })
})

t.test('devices that come in a pause are let go of, and a call may begin in one', async (t) => {
  const { media, devices } = makeMedia()
  t.teardown(() => {
    media.close()
  })
  const opening = media.open({ withCamera: true })
  await media.setPaused(true)
  devices.grant()
  await opening
  t.strictSame(devices.live, [])

  const other = makeMedia()
  t.teardown(() => {
    other.media.close()
  })
  await other.media.open({ withCamera: true, isPaused: true })
  t.equal(other.devices.openings.length, 0)
  const goingOn = other.media.setPaused(false)
  other.devices.grant()
  await goingOn
  t.strictSame(other.devices.live, ['audio', 'video'])
})

t.test('W-23 a track that the system ended is fetched again unasked, in one request', async (t) => {
  const { media, devices } = await openMedia(t)
  trackOf(devices, 'audio').end()
  t.match(media.tracks.value, { audio: null, state: { microphone: 'missing' } })
  t.match(devices.openings.at(-1)?.kinds, ['audio', 'video'])
  devices.grant()
  await settle()
  t.match(media.tracks.value, { isInterrupted: false, state: { camera: 'on', microphone: 'on' } })
  t.equal(devices.live.length, 2, 'the former camera is let go of')
})

t.test('a microphone that was off when the system ended it is off, and opens again', async (t) => {
  const { media, devices } = await openMedia(t)
  await media.setMicrophone(false)
  trackOf(devices, 'audio').end()
  t.match(media.tracks.value, { audio: null, state: { camera: 'on', microphone: 'off' } })
  t.equal(devices.openings.length, 1, 'nothing is fetched that nobody wants')
  const goingOn = media.setMicrophone(true)
  devices.grant()
  await goingOn
  t.match(media.tracks.value.state, { microphone: 'on' })
})

t.test('W-23 what cannot be had during the other call is said, and back after a tap', async (t) => {
  const { media, devices } = await openMedia(t, false)
  trackOf(devices, 'audio').end()
  devices.refuse('NotReadableError')
  await settle()
  devices.refuse('NotReadableError')
  await settle()
  t.match(media.tracks.value, { isInterrupted: true, state: { microphone: 'inUse' } })
  const recovering = media.recover()
  devices.grant()
  await recovering
  t.match(media.tracks.value, { isInterrupted: false, state: { microphone: 'on' } })
})

t.test('W-23 a muted track is said after a moment, and unmuted it is as it was', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] })
  t.teardown(() => {
    mock.timers.reset()
  })
  const { media, devices } = await openMedia(t)
  const track = trackOf(devices, 'video')
  track.setMuted(true)
  mock.timers.tick(500)
  track.setMuted(false)
  mock.timers.tick(2_000)
  t.match(media.tracks.value, { isInterrupted: false, state: { camera: 'on' } }, 'a blink')

  track.setMuted(true)
  mock.timers.tick(1_000)
  t.match(media.tracks.value, { isInterrupted: true, state: { camera: 'inUse' } })
  track.setMuted(false)
  t.match(media.tracks.value, { isInterrupted: false, state: { camera: 'on' } })
})

t.test('W-23 what is still away when the page is back is fetched, without a tap', async (t) => {
  for (const type of ['focus', 'pageshow', 'visibilitychange']) {
    const { media, devices } = await openMedia(t)
    mock.timers.enable({ apis: ['setTimeout'] })
    trackOf(devices, 'audio').setMuted(true)
    mock.timers.tick(1_000)
    const target = type === 'visibilitychange' ? document : page
    target.dispatchEvent(new Event(type))
    mock.timers.tick(500)
    mock.timers.reset()
    t.equal(devices.openings.length, 2, type)
    devices.grant()
    await settle()
    t.match(media.tracks.value, { isInterrupted: false, state: { microphone: 'on' } }, type)
    media.close()
  }
})

t.test('a return to the page fetches nothing that a person has turned off', async (t) => {
  const { media, devices } = await openMedia(t)
  await media.setCamera(false)
  mock.timers.enable({ apis: ['setTimeout'] })
  page.dispatchEvent(new Event('focus'))
  mock.timers.tick(500)
  mock.timers.reset()
  t.equal(devices.openings.length, 1)
})

t.test('what is taken again and again is not fetched for ever', async (t) => {
  const { media, devices } = await openMedia(t, false)
  for (let times = 0; times < 3; times += 1) {
    trackOf(devices, 'audio').end()
    devices.grant()
    await settle()
  }
  trackOf(devices, 'audio').end()
  await settle()
  t.equal(devices.openings.length, 4)
  t.equal(media.tracks.value.isInterrupted, true)
})

t.test('the other camera of a phone takes the place of the first, which is closed', async (t) => {
  const { media, devices } = makeMedia()
  t.teardown(() => {
    media.close()
  })
  const opening = media.open({ withCamera: true })
  devices.grant({ facingMode: 'user' })
  await opening
  const turning = media.turnCamera()
  t.strictSame(devices.live, ['audio'], 'some phones cannot have both open')
  t.match(devices.openings.at(-1)?.wish, { video: { facingMode: { ideal: 'environment' } } })
  devices.grant({ facingMode: 'environment' })
  await turning
  const back = media.turnCamera()
  t.match(devices.openings.at(-1)?.wish, { video: { facingMode: { ideal: 'user' } } })
  devices.grant({ facingMode: 'user' })
  await back
  t.match(media.tracks.value.state, { camera: 'on', microphone: 'on' })
})

t.test('a chosen device is wished for, remembered, and used at once', async (t) => {
  const { media, devices } = await openMedia(t)
  deviceChoice.choose({ microphone: 'headset' })
  t.teardown(() => {
    deviceChoice.choose({ microphone: null })
  })
  const reopening = media.reopen('audio')
  t.match(devices.openings.at(-1), {
    kinds: ['audio'],
    wish: { audio: { deviceId: { exact: 'headset' } } },
  })
  devices.grant()
  await reopening
  t.strictSame(devices.live.sort(), ['audio', 'video'])
  t.equal(new DeviceChoice().state.value.microphone, 'headset', 'the next page knows')
})

t.test('a chosen device that is not there any more costs nothing', async (t) => {
  deviceChoice.choose({ camera: 'unplugged' })
  t.teardown(() => {
    deviceChoice.choose({ camera: null })
  })
  const { media, devices } = makeMedia()
  t.teardown(() => {
    media.close()
  })
  const opening = media.open({ withCamera: true })
  devices.refuse('OverconstrainedError')
  await settle()
  t.match(devices.openings.at(-1), {
    kinds: ['audio', 'video'],
    wish: { video: { facingMode: 'user' } },
  })
  devices.grant()
  await opening
  t.match(media.tracks.value.state, { camera: 'on', microphone: 'on' })
})

t.test('one chosen device that is gone does not cost the choice of the other', async (t) => {
  deviceChoice.choose({ camera: 'unplugged', microphone: 'headset' })
  t.teardown(() => {
    deviceChoice.choose({ camera: null, microphone: null })
  })
  const { media, devices } = makeMedia()
  t.teardown(() => {
    media.close()
  })
  devices.listed = [
    { kind: 'audioinput', deviceId: 'headset' },
    { kind: 'videoinput', deviceId: 'another' },
  ]
  const opening = media.open({ withCamera: true })
  devices.refuse('OverconstrainedError')
  await settle()
  t.match(devices.openings.at(-1)?.wish, {
    audio: { deviceId: { exact: 'headset' } },
    video: { facingMode: 'user' },
  })
  // Both are listed, and one of them cannot be had after all.
  devices.refuse('OverconstrainedError')
  await settle()
  t.match(devices.openings.at(-1)?.wish, { video: { facingMode: 'user' } })
  t.notMatch(devices.openings.at(-1)?.wish, { audio: { deviceId: String } })
  devices.grant()
  await opening
  t.match(media.tracks.value.state, { camera: 'on', microphone: 'on' })
})

t.test('a choice that is no choice is none', (t) => {
  for (const kept of ['', '{', '7', '{"microphone":3}', '{"camera":""}']) {
    localStorage.setItem('naervaer.devices', kept)
    t.same(
      new DeviceChoice().state.value,
      { microphone: null, camera: null, loudspeaker: null },
      kept,
    )
  }
  localStorage.removeItem('naervaer.devices')
  t.end()
})

t.test('a screen is let go of when it is shown no more, in a pause, and at the end', async (t) => {
  const { media } = await openMedia(t)
  const show = (): FakeTrack => {
    const track = new FakeTrack('video')
    media.setScreen(track as unknown as MediaStreamTrack)
    return track
  }
  const first = show()
  const second = show()
  t.equal(first.readyState, 'ended')
  media.setScreen(null)
  t.equal(second.readyState, 'ended')
  const third = show()
  await media.setPaused(true)
  t.equal(third.readyState, 'ended')
  t.equal(media.tracks.value.screen, null)
  t.equal(show().readyState, 'ended', 'one that is picked in the pause')
  t.equal(media.tracks.value.screen, null, 'and it is not sent')
  media.close()
  t.equal(show().readyState, 'ended', 'one that comes too late')
})
