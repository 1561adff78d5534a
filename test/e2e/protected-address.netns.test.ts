import { isIP } from 'node:net'
import t from 'tap'
import type { Person } from './support/browser.ts'
import {
  assertBothWays,
  button,
  haveConversation,
  launchCitizen,
  launchWorker,
  readOnlyCall,
  ring,
  rowOf,
} from './support/conversation.ts'
import { readSelectedPath } from './support/media-probe.ts'
import { makeTestNetwork, openLocalhost, PUBLIC_ADDRESS } from './support/network.ts'
import { startServer } from './support/server.ts'
import { startTurn } from './support/turn.ts'
import { waitFor } from './support/wait.ts'

const SECRET = 'a-secret-of-this-test'
const RELAYED = { local: 'relay', remote: 'relay' }
/** Addresses that say nothing of the two: nobody's, every machine's, and coturn's. */
const HARMLESS = new Set(['0.0.0.0', '127.0.0.1', PUBLIC_ADDRESS])

/** Whether a frame has an address of one of the two, whatever kind it is of and wherever it stands. */
function tellsAddress(frame: string): boolean {
  const words = frame.replaceAll(/\\[rn]/g, ' ').split(/[\s"=]/)
  const hasAddress = words.some((word) => isIP(word) !== 0 && !HARMLESS.has(word))
  return hasAddress || /\.local\b|10\.83\.|typ (?:host|srflx|prflx)/i.test(frame)
}

/** Every frame that the person's page gets or sends from now on: it is loaded anew. */
async function recordFrames({ page }: Person): Promise<{ received: string[]; sent: string[] }> {
  const frames = { received: [] as string[], sent: [] as string[] }
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => frames.received.push(String(payload)))
    socket.on('framesent', ({ payload }) => frames.sent.push(String(payload)))
  })
  await page.reload()
  await page.getByRole('heading', { level: 1 }).waitFor()
  return frames
}

const protectedBox = (worker: Person) =>
  rowOf(worker.page, 'Anna').getByRole('checkbox', { name: 'Beskyttet adresse' })

/** The box shows what is written down: it is ticked once the server has said so. */
async function protect(worker: Person, isProtected = true): Promise<void> {
  await protectedBox(worker).click()
  await waitFor('the box', async () =>
    (await protectedBox(worker).isChecked()) === isProtected ? true : undefined,
  )
}

async function hangUp(worker: Person, citizen: Person): Promise<void> {
  await button(worker.page, 'Læg på').click()
  for (const { page } of [worker, citizen]) {
    await page.getByRole('button', { name: /Tilbage/ }).click()
  }
}

t.test('S-23 with a protected address neither browser is told where the other is', async (t) => {
  const network = await makeTestNetwork(t)
  // A direct path is there, and is what everybody else's call takes.
  await network.forward(true)
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
  const [atWorker, atCitizen] = [await recordFrames(worker), await recordFrames(citizen)]
  const received = () => [...atWorker.received, ...atCitizen.received]

  await haveConversation(worker, citizen)
  for (const { page } of [worker, citizen]) t.notMatch(await readSelectedPath(page), RELAYED)
  t.ok(
    [atWorker, atCitizen].every((frames) => frames.received.some(tellsAddress)),
    'an unprotected call is direct, and would be found out',
  )
  await hangUp(worker, citizen)

  await protect(worker)
  for (const frames of [atWorker, atCitizen]) frames.received.length = frames.sent.length = 0
  await haveConversation(worker, citizen)
  for (const { page } of [worker, citizen]) t.match(await readSelectedPath(page), RELAYED)
  // A new generation in the middle of the call: from another page of the same person.
  await citizen.page.reload()
  await assertBothWays(worker, citizen)
  for (const { page } of [worker, citizen]) t.match(await readSelectedPath(page), RELAYED)

  const told = received().filter(tellsAddress)
  t.strictSame(told, [], 'no frame has an address of the other side')
  for (const frames of [atWorker, atCitizen]) {
    const relayed = frames.received.filter((frame) => frame.includes('typ relay'))
    t.ok(relayed.length > 0, 'they met by relayed candidates')
    for (const frame of relayed) {
      t.ok(frame.includes(`${PUBLIC_ADDRESS} `) && frame.includes('raddr 0.0.0.0 rport 0'), frame)
    }
    const refused = frames.received.filter((frame) => frame.includes('SIGNAL_ADDRESS_REFUSED'))
    t.strictSame(refused, [], 'browsers make no other candidates, so nothing was refused')
  }
  await hangUp(worker, citizen)
  const calls = server.rows('select outcome, path from calls order by created_at')
  t.match(calls, [
    { outcome: 'completed', path: /host|srflx/ },
    { outcome: 'completed', path: 'relay' },
  ])
  t.notMatch(server.logs(), /10\.83\.|candidate/, 'nor has the log')
})

t.test('S-23 without coturn a protected citizen is not rung, and the worker is told', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server)
  const atCitizen = await recordFrames(citizen)
  await protect(worker)
  await ring(worker.page)
  await rowOf(worker.page, 'Anna').getByText('Borgeren har beskyttet adresse.').waitFor()
  t.strictSame(
    atCitizen.received.filter((frame) => frame.includes('"call.')),
    [],
    'nothing has rung',
  )
  t.strictSame(server.rows('select * from calls'), [])

  await citizen.page.getByRole('link', { name: 'Mine valg' }).click()
  await citizen.page.getByText('Din adresse er beskyttet, når du taler her.').waitFor()
  await protect(worker, false)
  await citizen.page
    .getByText('Din adresse er beskyttet, når du taler her.')
    .waitFor({ state: 'detached' })
  await citizen.page.getByRole('link', { name: /Tilbage/ }).click()
  await haveConversation(worker, citizen)
  await button(worker.page, 'Læg på').click()
  t.match(await readOnlyCall(server), { outcome: 'completed' })
})
