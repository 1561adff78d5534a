import t from 'tap'
import { CLOSE_CODES } from '@naervaer/shared'
import { listen } from '../../helpers/build-app.ts'
import { makeDeferred } from '../../helpers/deferred.ts'
import { openSocket, signIn, UpgradeRefused } from '../../helpers/ws-person.ts'

t.test('an upgrade that is under way when the server stops is no client to wait for', async (t) => {
  const server = await listen(t)
  const { accounts } = server.app
  const mette = await server.connect('mette')
  const cookie = await signIn(server, 'anna')

  const [asked, answer] = [makeDeferred(), makeDeferred()]
  const find = accounts.findSession.bind(accounts)
  accounts.findSession = async (token) => {
    const session = await find(token)
    asked.resolve(null)
    await answer.promise
    return session
  }
  const opening = openSocket(server, { cookie, origin: server.origin })
  const refused = t.rejects(opening, new UpgradeRefused(503, undefined))
  await asked.promise
  const stopping = server.app.close().then(() => 'stopped')
  t.equal(await mette.closed, CLOSE_CODES.SERVICE_RESTART)
  answer.resolve(null)
  await refused
  t.equal(await stopping, 'stopped')
})
