import t from 'tap'
import { LocalMedia } from '../../../client/src/call/local-media.ts'
import { FakeDevices } from '../../helpers/fake-devices.ts'

function makeMedia(): { media: LocalMedia; devices: FakeDevices } {
  const devices = new FakeDevices()
  devices.install()
  return { media: new LocalMedia(), devices }
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
