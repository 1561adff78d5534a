import type { Page } from 'playwright-core'
import t from 'tap'
import { assertLampOut, button, launchCitizen, launchWorker, ring } from './support/conversation.ts'
import { COLOURS } from './support/media.ts'
import {
  assertPictureArrives,
  assertSoundArrives,
  readSound,
  remoteVideo,
} from './support/media-probe.ts'
import { makeLoneMachine } from './support/network.ts'
import { startServer, type TestServer } from './support/server.ts'
import { startTurn } from './support/turn.ts'
import { waitFor } from './support/wait.ts'

const SECRET = 'a-secret-of-this-test'
const OWN_TONE_HZ = 880

/** Which way each of the page's connections takes, and which other ways it has found. */
const readWays = (page: Page) =>
  page.evaluate(async () => {
    const open = window.nvTestPeers.filter(({ connectionState }) => connectionState === 'connected')
    return Promise.all(
      open.map(async (peer) => {
        const entries = [...(await peer.getStats()).values()] as Record<string, string>[]
        const find = (id: string | undefined) => entries.find((entry) => entry['id'] === id)
        const transport = entries.find(({ type }) => type === 'transport')
        const pair = find(transport?.['selectedCandidatePairId'])
        const local = entries.filter(({ type }) => type === 'local-candidate')
        return {
          local: find(pair?.['localCandidateId'])?.['candidateType'],
          remote: find(pair?.['remoteCandidateId'])?.['candidateType'],
          found: [...new Set(local.map((entry) => entry['candidateType']))],
        }
      }),
    )
  })

/** Every row of every table. */
function readAll(server: TestServer): Record<string, unknown[]> {
  const tables = server.rows("select name from sqlite_master where type = 'table' order by name")
  return Object.fromEntries(
    tables.map(({ name }) => [String(name), server.rows(`select * from "${String(name)}"`)]),
  )
}

const isSilent = async (page: Page) => (await readSound(remoteVideo(page))).levelDb < -90

t.test(
  'N17 a citizen practises alone: over the relay, two seconds late, kept nowhere',
  async (t) => {
    const { namespace: networkNamespace, publicAddress } = await makeLoneMachine(t)
    const turn = await startTurn(t, { networkNamespace, publicAddress, secret: SECRET })
    const server = await startServer(t, {
      networkNamespace,
      env: { TURN_URLS: turn.urls.join(','), TURN_SECRET: SECRET },
    })
    const worker = await launchWorker(t, server, { networkNamespace })
    const { page } = await launchCitizen(t, server, { networkNamespace })
    await page.getByRole('link', { name: 'Mine valg' }).click()
    await button(page, 'Telefon og tablet').click()
    await page.getByRole('link', { name: 'Øv et opkald' }).click()
    await page.getByRole('heading', { name: 'Øv et opkald' }).waitFor()
    const before = readAll(server)

    await button(page, 'Begynd').click()
    await page.getByRole('heading', { name: 'Ekko ringer' }).waitFor()
    await page.getByText('Det er kun et øveopkald.').waitFor()
    await assertLampOut(page)
    await button(page, 'Svar').click()
    await assertPictureArrives(page, COLOURS.orange)
    await assertSoundArrives(page, OWN_TONE_HZ)
    const relayed = { local: 'relay', remote: 'relay', found: ['relay'] }
    t.same(
      await readWays(page),
      [relayed, relayed],
      'out and back through coturn, and no other way',
    )
    t.match(turn.logs(), /user <\d+:own-/, 'with credentials for a check')

    await button(page, 'Sluk mikrofon').click()
    await waitFor('silence', async () => (await isSilent(page)) || undefined)
    const saidAt = Date.now()
    await button(page, 'Tænd mikrofon').click()
    await assertSoundArrives(page, OWN_TONE_HZ)
    const delayMs = Date.now() - saidAt
    t.ok(delayMs >= 1_900, `heard again after ${String(delayMs)} ms`)
    t.ok(delayMs < 8_000, `heard again after ${String(delayMs)} ms`)

    await button(page, 'Sluk kamera').click()
    await page.getByText('Ekko har slukket sit kamera.').waitFor()
    await button(page, 'Pause').click()
    await page.getByText('Pause. Ingen kan se eller høre dig.').waitFor()
    await assertLampOut(page)
    await button(page, 'Fortsæt').click()
    await button(page, 'Tænd kamera').click()
    await assertPictureArrives(page, COLOURS.orange)

    await button(page, 'Læg på').click()
    await page.getByRole('heading', { name: 'Øveopkaldet er slut' }).waitFor()
    await assertLampOut(page)
    t.same(await readWays(page), [], 'nothing is connected any more')
    t.same(readAll(server), before, 'the server has written nothing down')

    // A real ring is worth more than a practised one.
    await button(page, 'Øv igen').click()
    await button(page, 'Svar').click()
    await assertPictureArrives(page, COLOURS.orange)
    await ring(worker.page)
    await page.getByRole('heading', { name: 'Mette ringer' }).waitFor()
    await assertLampOut(page)
    const ways = await readWays(page)
    t.notOk(
      ways.some(({ local }) => local === 'relay'),
      'the practice is over',
    )
    await button(page, 'Ikke nu').click()
    await page.getByRole('heading', { name: 'Øv et opkald' }).waitFor()
  },
)
