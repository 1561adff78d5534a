import { mock } from 'node:test'
import t from 'tap'
import {
  connectionOf,
  holdClock,
  lastAttach,
  Stage,
  talk,
  talking,
  watchPhases,
} from './call-stage.ts'
import { makeView } from './make-view.ts'

holdClock()

t.test('SE3 SE7 a ringing worker whose connection was lost takes the seat again', async (t) => {
  const stage = new Stage()
  stage.welcome('worker', null)
  void stage.session.ring(makeView().citizen.id)
  await stage.reply('call.invite', makeView({ seat: 'here', state: 'inviting' }))
  t.equal(stage.phase, 'outgoing')
  await stage.loseConnection()
  stage.welcome('worker', makeView({ seat: 'vacant', revision: 2 }))
  t.equal(stage.count('call.attach'), 1)
  await stage.reply('call.attach', makeView({ seat: 'here', revision: 3 }))
  t.equal(stage.phase, 'outgoing')
})

t.test('SE3 another window of the device does not take the seat of its own accord', (t) => {
  const stage = new Stage()
  stage.welcome('worker', makeView({ seat: 'vacant' }))
  t.equal(stage.count('call.attach'), 0)
  t.equal(stage.phase, 'vacant')
  t.end()
})

t.test('SI6 the talk stays on the screen while its window takes the seat again', async (t) => {
  const stage = await talk('citizen')
  const phases = watchPhases(stage)
  await stage.loseConnection()
  stage.welcome('citizen', talking({ seat: 'vacant', revision: 10_000 }))
  await stage.reply('call.attach', talking({ revision: 10_001 }))
  t.strictSame([...phases], ['talking'])
  t.strictSame(stage.devices.live, ['audio', 'video'])
})

t.test('SE8 a second loss on the way back costs nothing', async (t) => {
  const stage = await talk('citizen')
  const phases = watchPhases(stage)
  await stage.loseConnection()
  stage.welcome('citizen', talking({ seat: 'elsewhere' }))
  t.equal(lastAttach(stage)?.['former'], connectionOf(1))
  await stage.loseConnection()
  await stage.session.setMicrophone(true)
  t.equal(stage.isHasty, true)
  stage.welcome('citizen', talking({ seat: 'elsewhere' }))
  t.equal(lastAttach(stage)?.['former'], connectionOf(2), 'the server may have heard it')
  await stage.reply('call.attach', talking({ revision: 6 }))
  t.strictSame([...phases], ['talking'])
  t.strictSame(stage.devices.live, ['audio', 'video'])
})

t.test(
  'SE8 where the second loss came before the server heard, the first seat counts',
  async (t) => {
    const stage = await talk('citizen')
    await stage.loseConnection()
    stage.welcome('citizen', talking({ seat: 'elsewhere' }))
    await stage.loseConnection()
    stage.welcome('citizen', talking({ seat: 'elsewhere' }))
    await stage.refuse('call.attach', 'CALL_SEAT_TAKEN')
    t.equal(lastAttach(stage)?.['former'], connectionOf(1), 'at once')
    await stage.reply('call.attach', talking({ revision: 6 }))
    t.equal(stage.phase, 'talking')
    await stage.loseConnection()
    stage.welcome('citizen', talking({ seat: 'elsewhere', revision: 7 }))
    t.equal(lastAttach(stage)?.['former'], connectionOf(3))
  },
)

t.test('SE6 a seat that is taken is asked for once more, when the server has looked', async (t) => {
  const stage = await talk('citizen')
  const phases = watchPhases(stage)
  await stage.loseConnection()
  stage.welcome('citizen', talking({ seat: 'elsewhere' }))
  await stage.refuse('call.attach', 'CALL_SEAT_TAKEN')
  t.equal(stage.isHasty, true)
  t.equal(stage.phase, 'talking')
  t.strictSame(stage.devices.live, ['audio', 'video'], 'the talk goes on meanwhile')
  mock.timers.tick(2_000)
  t.equal(stage.count('call.attach'), 1, 'the server needs its time')
  mock.timers.tick(500)
  t.equal(stage.count('call.attach'), 2)
  await stage.reply('call.attach', talking({ revision: 6 }))
  t.strictSame([...phases], ['talking'])

  await stage.loseConnection()
  stage.welcome('citizen', talking({ seat: 'elsewhere', revision: 7 }))
  await stage.refuse('call.attach', 'CALL_SEAT_TAKEN')
  stage.changed(talking({ seat: 'vacant', revision: 8 }))
  t.equal(stage.count('call.attach'), 4, 'and at once when it is free')
  await stage.reply('call.attach', talking({ revision: 9 }))
  t.equal(stage.phase, 'talking')
})

t.test('SE6 whoever sits there after that has the talk, and this window is done', async (t) => {
  const stage = await talk('citizen')
  await stage.session.setMicrophone(false)
  await stage.loseConnection()
  stage.welcome('citizen', talking({ seat: 'elsewhere' }))
  await stage.refuse('call.attach', 'CALL_SEAT_TAKEN')
  mock.timers.tick(2_500)
  await stage.refuse('call.attach', 'CALL_SEAT_TAKEN')
  t.equal(stage.phase, 'elsewhere')
  t.strictSame(stage.devices.live, [])
  t.equal(stage.isHasty, false)
  mock.timers.tick(60_000)
  t.equal(stage.count('call.attach'), 2)
  t.equal(sessionStorage.getItem('naervaer.talk'), null, 'what is wished is said there now')
})

t.test(
  'a seat that the server cannot give just now is asked for again, without haste',
  async (t) => {
    const stage = await talk('citizen')
    await stage.loseConnection()
    stage.welcome('citizen', talking({ seat: 'vacant' }))
    for (let times = 1; times <= 3; times += 1) {
      await stage.refuse('call.attach', 'INTERNAL')
      t.equal(stage.count('call.attach'), times)
      mock.timers.tick(2_000)
    }
    t.equal(stage.phase, 'talking')
    await stage.refuse('call.attach', 'CALL_NOT_FOUND')
    mock.timers.tick(60_000)
    t.equal(stage.count('call.attach'), 4, 'a no is a no')
  },
)

t.test(
  'a worker whose connection is lost before anything rings shows the same throughout',
  async (t) => {
    const stage = new Stage()
    stage.welcome('worker', null)
    void stage.session.ring(makeView().citizen.id)
    await stage.reply('call.invite', makeView({ seat: 'here', state: 'inviting', ringingAt: null }))
    const phases = watchPhases(stage)
    await stage.loseConnection()
    stage.welcome('worker', makeView({ seat: 'elsewhere', state: 'inviting', ringingAt: null }))
    await stage.reply('call.attach', makeView({ seat: 'here', revision: 3 }))
    t.strictSame([...phases], ['outgoing'])
  },
)

t.test('SE8 a take-over whose reply was lost is this window’s', async (t) => {
  const stage = new Stage()
  stage.welcome('citizen', talking({ seat: 'vacant' }))
  void stage.session.takeOver()
  await stage.loseConnection()
  stage.welcome('citizen', talking({ seat: 'elsewhere', revision: 6 }))
  t.match(lastAttach(stage), { former: connectionOf(1) })
  await stage.reply('call.attach', talking({ revision: 7 }))
  t.equal(stage.phase, 'talking')

  const late = new Stage()
  late.welcome('citizen', talking({ seat: 'vacant' }))
  void late.session.takeOver()
  await late.refuse('call.attach', 'CALL_SEAT_TAKEN')
  late.changed(talking({ seat: 'elsewhere', revision: 6 }))
  t.equal(late.phase, 'elsewhere')
})
