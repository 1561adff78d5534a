import t from 'tap'
import {
  assertBothWays,
  button,
  haveConversation,
  launchCitizen,
  launchWorker,
  readOnlyCall,
  ring,
} from './support/conversation.ts'
import { readSelectedPath } from './support/media-probe.ts'
import { makeLoneMachine, makeTestNetwork, openLocalhost } from './support/network.ts'
import { startServer } from './support/server.ts'
import { startTurn } from './support/turn.ts'

const SECRET = 'a-secret-of-this-test'
const RELAYED = { local: 'relay', remote: 'relay' }

t.test('MEDIA_POLICY=relay: the whole call goes through coturn', async (t) => {
  const { namespace: networkNamespace, publicAddress } = await makeLoneMachine(t)
  const turn = await startTurn(t, { networkNamespace, publicAddress, secret: SECRET })
  const server = await startServer(t, {
    networkNamespace,
    env: { MEDIA_POLICY: 'relay', TURN_URLS: turn.urls.join(','), TURN_SECRET: SECRET },
  })
  const worker = await launchWorker(t, server, { networkNamespace })
  const citizen = await launchCitizen(t, server, { networkNamespace })
  await haveConversation(worker, citizen)
  for (const { page } of [worker, citizen]) t.match(await readSelectedPath(page), RELAYED)
  await button(citizen.page, 'Læg på').click()
  t.match(await readOnlyCall(server), { outcome: 'completed', path: 'relay' })
})

t.test('two people who can reach only the server meet through coturn', async (t) => {
  const network = await makeTestNetwork(t)
  const { publicAddress } = network
  const turn = await startTurn(t, {
    networkNamespace: network.server,
    publicAddress,
    secret: SECRET,
  })
  const server = await startServer(t, {
    networkNamespace: network.server,
    env: { HOST: '0.0.0.0', TURN_URLS: turn.urls.join(','), TURN_SECRET: SECRET },
  })
  await openLocalhost(t, network.worker, server.port)
  await openLocalhost(t, network.citizen, server.port)
  const place = { url: `http://localhost:${String(server.port)}` }
  const worker = await launchWorker(t, place, { networkNamespace: network.worker })
  const citizen = await launchCitizen(t, place, { networkNamespace: network.citizen })
  await haveConversation(worker, citizen)
  for (const { page } of [worker, citizen]) t.match(await readSelectedPath(page), RELAYED)
  await button(worker.page, 'Læg på').click()
  t.match(await readOnlyCall(server), { outcome: 'completed', path: 'relay' })
})

t.test('with neither a direct path nor a relay the call fails, and says so', async (t) => {
  const network = await makeTestNetwork(t)
  const server = await startServer(t, {
    networkNamespace: network.server,
    env: { HOST: '0.0.0.0' },
  })
  await openLocalhost(t, network.worker, server.port)
  await openLocalhost(t, network.citizen, server.port)
  const place = { url: `http://localhost:${String(server.port)}` }
  const worker = await launchWorker(t, place, { networkNamespace: network.worker })
  const citizen = await launchCitizen(t, place, { networkNamespace: network.citizen })
  await ring(worker.page)
  await button(citizen.page, 'Svar').click()
  const failed = /Vi kunne ikke få forbindelse/
  await worker.page.getByText(failed).first().waitFor({ timeout: 50_000 })
  await citizen.page.getByText(failed).first().waitFor()
  t.match(await readOnlyCall(server), { outcome: 'failed', connected_at: null, path: null })

  await network.forward(true)
  await worker.page.getByRole('button', { name: /Tilbage/ }).click()
  await citizen.page.getByRole('button', { name: /Tilbage/ }).click()
  await ring(worker.page)
  await button(citizen.page, 'Svar').click()
  await assertBothWays(worker, citizen)
})
