import t from 'tap'
import { waitFor } from '../../e2e/support/wait.ts'
import { WindowsVeto } from '../../../client/src/app/shell/windows-veto.ts'

/** Two windows of one browser; Node has the same locks (W3C Web Locks). */
function openWindows() {
  const busy = { here: false, there: false }
  const here = new WindowsVeto(() => busy.here)
  const there = new WindowsVeto(() => busy.there)
  let runs = 0
  const tryHere = async () => {
    await here.runUnlessForbidden(() => {
      runs += 1
      return Promise.resolve()
    })
    return runs
  }
  return { busy, here, there, tryHere }
}

/** The locks that are held, once those asked for so far have been given. */
const countHeld = async () => (await navigator.locks.query()).held?.length

t.test('N27 each window may forbid a new version, for as long as it is busy', async (t) => {
  const { busy, there, tryHere } = openWindows()
  busy.there = true
  there.follow()
  there.follow()
  t.equal(await countHeld(), 1, 'held once')
  t.equal(await tryHere(), 0)
  busy.there = false
  there.follow()
  await waitFor('the lock to be let go', async () => (await countHeld()) === 0 || undefined)
  t.equal(await tryHere(), 1)
})

t.test('N27 a window that is busy itself takes nothing over', async (t) => {
  const { busy, tryHere } = openWindows()
  busy.here = true
  t.equal(await tryHere(), 0)
  busy.here = false
  t.equal(await tryHere(), 1)
})

t.test('N27 without locks a window knows of itself', async (t) => {
  const { locks } = navigator
  t.teardown(() =>
    Object.defineProperty(Navigator.prototype, 'locks', { get: () => locks, configurable: true }),
  )
  Reflect.deleteProperty(Navigator.prototype, 'locks')
  t.notOk('locks' in navigator)
  const { busy, here, tryHere } = openWindows()
  busy.here = true
  here.follow()
  t.equal(await tryHere(), 0)
  busy.here = false
  t.equal(await tryHere(), 1)
})
