import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { openMore, rowOf } from '../../helpers/citizen-row.ts'
import { launchPerson, type Person, type PersonOptions } from './browser.ts'
import { COLOURS, type Colour } from './media.ts'
import { assertPictureArrives, assertSoundArrives, countOpenTracks } from './media-probe.ts'
import { signIn } from './people.ts'
import { startServer, type TestServer } from './server.ts'
import type { TestScope } from './test-scope.ts'
import { waitFor } from './wait.ts'

/** What each side's camera shows and microphone hears in these tests. */
const WORKER = { colour: COLOURS.blue, toneHz: 440 } as const
const CITIZEN = { colour: COLOURS.orange, toneHz: 880 } as const

type Change = Partial<PersonOptions>

/** Where a browser finds the server: its own address, unless it looks from another machine. */
interface Place {
  readonly url: string
}

/** Mette, signed in on her page, at a browser of her own. */
export async function launchWorker(t: TestScope, { url }: Place, change: Change = {}) {
  const person = await launchPerson(t, { ...WORKER, ...change })
  await signIn(person.page, url, 'Mette Holm')
  await person.page.getByRole('heading', { name: 'Mine borgere' }).waitFor()
  return person
}

/** A citizen of Mette's, signed in and waiting, at a browser of their own. */
export async function launchCitizen(
  t: TestScope,
  { url }: Place,
  change: Change = {},
  name = 'Anna',
) {
  const person = await launchPerson(t, { ...CITIZEN, ...change })
  await signIn(person.page, url, name)
  await person.page.getByRole('heading', { name: `Hej ${name}` }).waitFor()
  return person
}

export { openMore, rowOf }

/** Mette rings a citizen once the page says that their app is open. */
export async function ring(worker: Page, citizen = 'Anna'): Promise<void> {
  const row = rowOf(worker, citizen)
  await row.getByText('Har appen åben').waitFor()
  await row.getByRole('button', { name: 'Ring op' }).click()
}

export const button = (page: Page, name: string): Locator =>
  page.getByRole('button', { name, exact: true })

/** Rings and answers, and waits until each hears and sees the other. */
export async function haveConversation(worker: Person, citizen: Person): Promise<void> {
  await ring(worker.page)
  await button(citizen.page, 'Svar').click()
  await assertBothWays(worker, citizen)
}

/**
 * A server, Mette and Anna, and the two in a conversation.
 *
 * @param options - of the citizen's browser
 */
export async function startConversation(
  t: TestScope,
  options: Partial<PersonOptions> = {},
): Promise<{ server: TestServer; worker: Person; citizen: Person }> {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server, options)
  await haveConversation(worker, citizen)
  return { server, worker, citizen }
}

/** Picture and sound of each have really reached the other. */
export async function assertBothWays(worker: Person, citizen: Person): Promise<void> {
  await Promise.all([
    assertArrives(worker.page, CITIZEN.colour, CITIZEN.toneHz),
    assertArrives(citizen.page, WORKER.colour, WORKER.toneHz),
  ])
}

async function assertArrives(page: Page, colour: Colour, toneHz: number): Promise<void> {
  await assertPictureArrives(page, colour)
  await assertSoundArrives(page, toneHz)
}

/** The sound of the worker reaches the citizen and the other way round, whatever the cameras do. */
export async function assertSoundBothWays(worker: Person, citizen: Person): Promise<void> {
  await assertSoundArrives(worker.page, CITIZEN.toneHz)
  await assertSoundArrives(citizen.page, WORKER.toneHz)
}

/** Camera and microphone are let go of: the lamp is out. */
export async function assertLampOut(page: Page, limitMs = 500): Promise<void> {
  await waitFor(
    'the end of every track',
    async () => {
      const { audio, video } = await countOpenTracks(page)
      return audio + video === 0 || undefined
    },
    limitMs,
  )
}

/** A row of `calls`. */
export interface CallRow {
  readonly outcome: string
  readonly end_reason: string
  readonly path: string | null
  readonly created_at: number
  readonly answered_at: number | null
  readonly connected_at: number | null
  readonly ended_at: number
}

/** Waits until the only call has ended, and asserts that there is one row and no more. */
export async function readOnlyCall(server: TestServer): Promise<CallRow> {
  const rows = await waitFor('the end of the call in the record', () => {
    const all = server.rows('select * from calls')
    return all.some((row) => row['ended_at'] !== null) ? all : undefined
  })
  assert.equal(rows.length, 1, 'one attempt is one row')
  return rows[0] as unknown as CallRow
}
