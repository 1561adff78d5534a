import t, { type Test } from 'tap'
import type { Page } from 'playwright-core'
import type { NewReportReply, StoredReport } from '@naervaer/shared'
import { launchPerson } from './support/browser.ts'
import { walkThrough, type Told } from './support/check-walk.ts'
import { button, launchWorker, openMore, rowOf } from './support/conversation.ts'
import { COLOURS } from './support/media.ts'
import { makeLoneMachine, PUBLIC_ADDRESS } from './support/network.ts'
import { pair } from './support/pairing.ts'
import { startServer } from './support/server.ts'
import { startTurn, type TestTurn } from './support/turn.ts'

const SECRET = 'a-secret-of-this-test'
const IT = 'Det er IT, der skal ordne det.'

/** On the same cable as the server, and nobody's: what is sent there is never answered. */
const BLACK_HOLE = '203.0.113.11'

interface Setting {
  /** What the server tells the page about TURN. */
  readonly urls?: (turn: TestTurn) => readonly string[]
  readonly secret?: string
}

/** A stranger at `/test`, who goes through all of it; and the report behind the code they get. */
async function check(t: Test, { urls, secret = SECRET }: Setting = {}) {
  const { namespace: networkNamespace, publicAddress } = await makeLoneMachine(t)
  const turn = await startTurn(t, { networkNamespace, publicAddress, secret: SECRET })
  const server = await startServer(t, {
    networkNamespace,
    env: { TURN_URLS: (urls?.(turn) ?? turn.urls).join(','), TURN_SECRET: secret },
  })
  const person = await launchPerson(t, { colour: COLOURS.orange, toneHz: 880, networkNamespace })
  const { page } = person
  await page.goto(`${server.url}/test`)
  const told = await walkThrough(page)
  return { server, page, told }
}

/** What the server has under the code on the page. */
async function readReport(
  world: Awaited<ReturnType<typeof check>>,
): Promise<StoredReport['report']> {
  const { page, server } = world
  const answer = page.waitForResponse('**/api/check/reports')
  await button(page, 'Få en supportkode').click()
  const { code } = (await (await answer).json()) as NewReportReply
  await page.getByText(code.slice(0, 1), { exact: true }).first().waitFor()
  const [row] = server.rows('select report from tech_reports where code = ?', code)
  return JSON.parse(String(row?.['report'])) as StoredReport['report']
}

const expectOnly = (t: Test, told: readonly Told[], expected: Partial<Told>) => {
  t.match(told, [expected])
  t.equal(told.length, 1, 'its own sentence, and no other')
}

t.test('over a real relay all is well, each way by itself and there and back', async (t) => {
  const { page, told } = await check(t)
  t.strictSame(told, [])
  await page.getByRole('heading', { name: 'Alt virker. Du er klar.' }).waitFor()
})

t.test('W-29 N2: UDP is blocked, TCP is not', async (t) => {
  const world = await check(t, {
    urls: ({ urls: [, tcp = ''] }) => [`turn:${BLACK_HOLE}:3478?transport=udp`, tcp],
  })
  expectOnly(t, world.told, {
    said: 'Dit net lukker kun opkald halvt igennem.',
    actor: IT,
    code: 'Fejlkode N2',
  })
  const { relay } = await readReport(world)
  t.match(relay, {
    udp: { state: 'failed', ms: null },
    tcp: { state: 'ok', ms: Number },
    tls: { state: 'absent' },
    loop: { state: 'ok', ms: Number },
    candidateTypes: ['relay'],
  })
})

t.test('W-29 N3: nothing reaches TURN', async (t) => {
  const world = await check(t, {
    urls: () => [
      `turn:${BLACK_HOLE}:3478?transport=udp`,
      `turn:${PUBLIC_ADDRESS}:3999?transport=tcp`,
    ],
  })
  expectOnly(t, world.told, {
    said: 'Dit net lukker ikke opkald igennem.',
    actor: IT,
    how: 'Prøv et andet wi-fi eller mobildata.',
    code: 'Fejlkode N3',
  })
})

t.test('W-29 N3: the secret of TURN is wrong, which is told as a fault at our end', async (t) => {
  const world = await check(t, { secret: 'another-secret-of-this-test' })
  expectOnly(t, world.told, {
    said: 'Der er en fejl hos os. Opkald kan ikke komme igennem.',
    actor: IT,
    code: 'Fejlkode N3',
  })
  const { relay } = await readReport(world)
  t.match(relay, { udp: { state: 'refused' }, tcp: { state: 'refused' } })
})

/** The lines of the list beside Anna that say what is expected, by their beginnings. */
async function waitForLine(worker: Page, line: string, what: RegExp): Promise<void> {
  const item = worker.getByRole('list', { name: 'computer' }).getByRole('listitem')
  await item.filter({ hasText: line }).filter({ hasText: what }).waitFor()
}

const SEEN = /Set \d+\. \S+ \d{4} kl\. \d\d\.\d\d/
const LINES = [
  'Tilsluttet',
  'Åbnet fra hjemmeskærmen',
  'Kamera',
  'Mikrofon',
  'Lyd',
  'Prøve gennem relæet',
]

t.test('N7 W-02 the list of a visit turns green line by line, and stays so', async (t) => {
  const { namespace: networkNamespace, publicAddress } = await makeLoneMachine(t)
  const turn = await startTurn(t, { networkNamespace, publicAddress, secret: SECRET })
  const env = { TURN_URLS: turn.urls.join(','), TURN_SECRET: SECRET }
  const server = await startServer(t, { networkNamespace, env })
  // The second server ends before the pages do, and says so to who asks just then.
  const expectedProblems = [
    /status of (40[14]|503)/,
    /WebSocket connection/,
    /ERR_CONNECTION_REFUSED/,
  ]
  const worker = await launchWorker(t, server, { networkNamespace, expectedProblems })
  const citizen = await launchPerson(t, {
    ...{ colour: COLOURS.orange, toneHz: 880, networkNamespace, expectedProblems },
    // As Safari says it of an app on the home screen.
    initScript: () => {
      Reflect.set(navigator, 'standalone', true)
    },
  })
  await pair(worker.page, citizen.page, server)
  await openMore(rowOf(worker.page, 'Anna'))
  await rowOf(worker.page, 'Anna')
    .getByRole('button', { name: 'Tjekliste til hjemmebesøg' })
    .click()
  await waitForLine(worker.page, 'Tilsluttet', SEEN)
  for (const line of LINES.slice(2)) await waitForLine(worker.page, line, /Ikke set endnu/)

  const { page } = citizen
  await page.getByRole('link', { name: 'Mine valg' }).click()
  await page.getByRole('button', { name: 'Telefon og tablet' }).click()
  await page.getByRole('link', { name: 'Prøv din telefon' }).click()
  await waitForLine(worker.page, 'Åbnet fra hjemmeskærmen', SEEN)
  await button(page, 'Begynd').click()
  await page.getByRole('heading', { name: 'Kan du se dig selv?' }).waitFor()
  await waitForLine(worker.page, 'Kamera', /Ikke set endnu/)
  await button(page, 'Ja').click()
  await waitForLine(worker.page, 'Kamera', SEEN)
  await page.getByText('Vi kan høre dig.').waitFor()
  await button(page, 'Ja').click()
  await waitForLine(worker.page, 'Mikrofon', SEEN)
  await waitForLine(worker.page, 'Lyd', /Ikke set endnu/)

  // The visit is over for today, and the server is started anew meanwhile.
  await server.kill9()
  await startServer(t, { networkNamespace, env, port: server.port, dataDir: server.dataDir })
  await page.reload()
  await page.getByRole('heading', { name: 'Lyd' }).waitFor()
  await button(page, 'Spil lyden').click()
  await button(page, 'Ja').click()
  await page
    .getByRole('heading', { name: 'Det, vi har prøvet, virker' })
    .waitFor({ timeout: 40_000 })
  for (const line of LINES) await waitForLine(worker.page, line, SEEN)
  const signs = worker.page.getByRole('list', { name: 'computer' }).getByText('✓')
  t.equal(await signs.count(), LINES.length)
})
