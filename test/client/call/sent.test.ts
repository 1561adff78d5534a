import t from 'tap'
import type { LocalMedia } from '../../../client/src/call/media/local-media.ts'
import { listSent } from '../../../client/src/call/features/sent.ts'
import { Store } from '../../../client/src/services/store.ts'

type Tracks = LocalMedia['tracks']['value']

const track = (kind: string) => ({ kind }) as unknown as MediaStreamTrack

const ON = {
  audio: track('audio'),
  video: track('video'),
  screen: null,
  state: { camera: 'on', microphone: 'on' },
} as unknown as Tracks

const media = (change: Partial<Tracks> = {}) => ({ tracks: new Store({ ...ON, ...change }) })

t.test('what is on is sent, and is missed where it does not arrive', (t) => {
  t.same(listSent(media(), 'good'), { sound: true, picture: true })
  t.same(listSent(media(), 'weak'), { sound: true, picture: true })
  t.end()
})

t.test('nothing is missed that was turned off, given up, or has no connection', (t) => {
  const off = { camera: 'off', microphone: 'off' } as const
  t.same(listSent(media({ state: off }), 'good'), { sound: false, picture: false })
  t.same(listSent(media({ audio: null, video: null }), 'good'), { sound: false, picture: false })
  t.same(listSent(media(), 'soundOnly'), { sound: true, picture: false })
  t.same(listSent(null, 'good'), { sound: false, picture: false })
  t.end()
})

t.test('a screen that stands still is no missing picture', (t) => {
  t.same(listSent(media({ screen: track('video') }), 'good'), { sound: true, picture: false })
  t.end()
})
