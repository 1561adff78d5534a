import t from 'tap'
import { launchPerson } from '../e2e/support/browser.ts'
import { COLOURS } from '../e2e/support/media.ts'
import {
  assertPictureArrives,
  assertSoundArrives,
  readSelectedPath,
} from '../e2e/support/media-probe.ts'
import { makeLoneMachine, makeTestNetwork } from '../e2e/support/network.ts'
import { makeTurnCredential, startTurn } from '../e2e/support/turn.ts'
import { connectPeers } from './two-peers.ts'

const SECRET = 'harness-secret'

t.test('on one machine coturn relays what may not go directly', async (t) => {
  const { namespace: networkNamespace, publicAddress } = await makeLoneMachine(t)
  const turn = await startTurn(t, { networkNamespace, publicAddress, secret: SECRET })
  const worker = await launchPerson(t, { colour: COLOURS.blue, toneHz: 440, networkNamespace })
  const citizen = await launchPerson(t, { colour: COLOURS.orange, toneHz: 880, networkNamespace })
  await connectPeers(worker, citizen, {
    iceServers: [{ urls: [...turn.urls], ...makeTurnCredential(SECRET, 60) }],
    iceTransportPolicy: 'relay',
  })
  await assertPictureArrives(worker.page, COLOURS.orange)
  await assertSoundArrives(citizen.page, 440)
  t.match(await readSelectedPath(worker.page), { local: 'relay', remote: 'relay' })
  worker.assertClean()
  citizen.assertClean()
})

t.test('people who reach only the server meet through coturn by themselves', async (t) => {
  const network = await makeTestNetwork(t)
  const { publicAddress } = network
  const turn = await startTurn(t, {
    networkNamespace: network.server,
    publicAddress,
    secret: SECRET,
  })
  const worker = await launchPerson(t, {
    colour: COLOURS.blue,
    toneHz: 440,
    networkNamespace: network.worker,
  })
  const citizen = await launchPerson(t, {
    colour: COLOURS.orange,
    toneHz: 880,
    networkNamespace: network.citizen,
  })
  const iceServers = [{ urls: [...turn.urls], ...makeTurnCredential(SECRET, 60) }]
  await connectPeers(worker, citizen, { iceServers })
  await assertPictureArrives(worker.page, COLOURS.orange)
  await assertSoundArrives(citizen.page, 440)
  t.match(await readSelectedPath(worker.page), { local: 'relay', remote: 'relay' })

  await network.forward(true)
  await connectPeers(worker, citizen, { iceServers })
  await assertPictureArrives(citizen.page, COLOURS.blue)
  t.match(await readSelectedPath(citizen.page), { local: 'host', remote: 'host' })
})
