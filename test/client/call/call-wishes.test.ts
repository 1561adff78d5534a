import { mock } from 'node:test'
import type { SocketRole } from '@naervaer/shared'
import t from 'tap'
import { holdClock, settled, Stage, talk, talking, WITHIN_TALK } from './call-stage.ts'

holdClock()

/** What the server has been told of the devices. */
const told = (camera: string, microphone: string) => ({ camera, microphone })

/** The page is loaded anew in the same tab, and the server says what it knows. */
async function reload(role: SocketRole, media: unknown): Promise<Stage> {
  const stage = new Stage({ isReloaded: true })
  const other = role === 'worker' ? 'citizen' : 'worker'
  const view = { ...WITHIN_TALK, media: { [role]: media, [other]: null }, revision: 9 }
  stage.welcome(role, talking({ ...view, seat: 'vacant' }))
  await stage.reply('call.attach', talking(view))
  return stage
}

t.test('after a reload all is as the person wished it, whatever the server knows', async (t) => {
  for (const media of [null, told('on', 'on'), told('inUse', 'on')]) {
    const stage = await talk('citizen')
    await stage.session.setMicrophone(false)
    const again = await reload('citizen', media)
    t.strictSame(again.devices.openings[0]?.kinds, ['video'])
    again.devices.grant()
    await settled()
    t.match(again.session.snapshot.value.ownMedia, told('on', 'off'))

    await again.session.setCamera(false)
    const dark = await reload('citizen', media)
    t.strictSame(dark.devices.openings, [])
    t.match(dark.session.snapshot.value.ownMedia, told('off', 'off'))
    void dark.session.setMicrophone(true)
    t.strictSame(dark.devices.openings[0]?.kinds, ['audio'])
  }
})

t.test('the camera of one who answered without it stays off when the server forgets', async (t) => {
  await talk('citizen', { withCamera: false })
  const again = await reload('citizen', null)
  t.strictSame(again.devices.openings[0]?.kinds, ['audio'])
})

t.test(
  'a window that takes over goes by what the server was told, and opens nothing unknown',
  async (t) => {
    for (const [role, media, opened] of [
      ['citizen', told('on', 'on'), ['audio', 'video']],
      ['citizen', told('on', 'off'), ['video']],
      ['worker', told('off', 'on'), ['audio']],
      ['worker', told('inUse', 'refused'), ['audio', 'video']],
      ['citizen', told('off', 'off'), undefined],
      ['citizen', null, undefined],
      ['worker', null, undefined],
    ] as const) {
      const stage = new Stage()
      const view = { ...WITHIN_TALK, media: { citizen: media, worker: media } }
      stage.welcome(role, talking({ ...view, seat: 'vacant' }))
      void stage.session.takeOver()
      await stage.reply('call.attach', talking({ ...view, revision: 9 }))
      t.strictSame(stage.devices.openings[0]?.kinds, opened, JSON.stringify([role, media]))
    }
  },
)

t.test('a pause needs no script, holds over a reload, and ends with what was wished', async (t) => {
  const stage = await talk('citizen')
  const track = stage.devices.tracks.find(({ kind }) => kind === 'video')
  track?.setMuted(true)
  mock.timers.tick(1_000)
  t.match(stage.session.snapshot.value.ownMedia, told('inUse', 'on'), 'the system has it')
  await stage.session.setPaused(true)
  t.strictSame(stage.devices.live, [])
  t.equal(stage.session.snapshot.value.features, null, 'their script has not come')
  t.equal(stage.session.snapshot.value.isPaused, true)

  const again = new Stage({ isReloaded: true })
  const view = talking({ ...WITHIN_TALK, revision: 9 })
  again.welcome('citizen', { ...view, seat: 'vacant' })
  t.equal(again.session.snapshot.value.isPaused, true, 'before the seat is back')
  await again.reply('call.attach', view)
  t.equal(again.session.snapshot.value.isPaused, true)
  t.strictSame(again.devices.openings, [])
  void again.session.setPaused(false)
  t.equal(again.session.snapshot.value.isPaused, false)
  t.strictSame(again.devices.openings[0]?.kinds, ['audio', 'video'])
})

t.test('the features are asked for until they come, or the call is over', async (t) => {
  const stage = await talk('citizen')
  for (let times = 2; times <= 3; times += 1) {
    mock.timers.tick(2_000)
    await settled()
    t.equal(stage.featureLoads, times)
  }
  void stage.session.hangUp()
  mock.timers.tick(20_000)
  await settled()
  t.equal(stage.featureLoads, 3)
})
