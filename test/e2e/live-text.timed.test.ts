import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import type { Person } from './support/browser.ts'
import {
  assertBothWays,
  assertSoundBothWays,
  button,
  startConversation,
} from './support/conversation.ts'
import { waitFor } from './support/wait.ts'

/** EN 301 549 § 6.2.4, in milliseconds from the key to the other's screen. */
const LIMIT_MS = 500

/** One change of the text, and when. */
interface Noted {
  readonly length: number
  readonly atMs: number
}

declare global {
  interface Window {
    nvTestTyped: Noted[]
    nvTestSeen: Noted[]
  }
}

const field = (page: Page) => page.getByRole('textbox', { name: /^Skriv til/ })
const written = (page: Page) => page.getByRole('group', { name: 'Det, I har skrevet' })

async function openText({ page }: Person): Promise<void> {
  await button(page, 'Skriv').click()
  await field(page).waitFor()
}

/** Both pages run on one machine and read one clock: what one writes down is comparable to what the other does. */
async function assertSameClock(t: Test, { page }: Person): Promise<void> {
  const before = Date.now()
  const there = await page.evaluate(() => Date.now())
  t.ok(there >= before && there <= Date.now(), `${String(there - before)} ms after`)
}

/** Writes down when each change of the field is made, from now on. */
const noteTyping = ({ page }: Person): Promise<void> =>
  field(page).evaluate((field: HTMLTextAreaElement) => {
    window.nvTestTyped = []
    const note = () => {
      window.nvTestTyped.push({ length: field.value.length, atMs: Date.now() })
    }
    // Before our own listener has its turn.
    document.addEventListener('input', note, { capture: true })
  })

/** Writes down when each piece of the other's line is drawn, from now on. */
const noteSeeing = ({ page }: Person): Promise<void> =>
  written(page).evaluate((list) => {
    window.nvTestSeen = []
    const note = () => {
      const length = list.querySelector('.line.other:last-of-type .text')?.textContent.length ?? 0
      requestAnimationFrame(() => {
        window.nvTestSeen.push({ length, atMs: Date.now() })
      })
    }
    new MutationObserver(note).observe(list, {
      childList: true,
      characterData: true,
      subtree: true,
    })
  })

/** How long each typed letter took to the other's screen, as the two pages have written it down. */
async function readDelays(from: Person, to: Person): Promise<number[]> {
  const typed = await from.page.evaluate(() => window.nvTestTyped)
  const seen = await to.page.evaluate(() => window.nvTestSeen)
  return typed.map(({ length, atMs }) => {
    const first = seen.find((change) => change.length >= length && change.atMs >= atMs)
    return first === undefined ? Infinity : first.atMs - atMs
  })
}

/** The connection in use dies as if its network had. */
async function breakConnection({ page }: Person): Promise<void> {
  await page.evaluate(() => window.nvTestPeers.at(-1)?.close())
}

t.test('A-02 A-04 two people write and speak at once, through a lost connection', async (t) => {
  const { server, worker, citizen } = await startConversation(t)
  await openText(citizen)

  await t.test(
    'nine letters of ten are on the other screen within 500 ms, without being asked for',
    async (t) => {
      await citizen.page.keyboard.insertText('M')
      const panel = written(worker.page)
      await panel.getByText('M', { exact: true }).waitFor()
      for (const person of [worker, citizen]) await assertSameClock(t, person)
      await noteTyping(citizen)
      await noteSeeing(worker)
      const letters = Array.from('in søster er her, og hun vil gerne hilse på dig 🙂')
      for (const [index, letter] of letters.entries()) {
        await citizen.page.keyboard.insertText(letter)
        const sofar = `M${letters.slice(0, index + 1).join('')}`.trim()
        await panel.getByText(sofar, { exact: true }).waitFor({ timeout: 5_000 })
      }
      const tookMs = (await readDelays(citizen, worker)).toSorted((a, b) => a - b)
      t.equal(tookMs.length, letters.length)
      const [medianMs = Infinity, slowMs = Infinity] = [0.5, 0.9].map(
        (share) => tookMs[Math.floor(tookMs.length * share)] ?? Infinity,
      )
      t.comment(`median ${String(medianMs)} ms, p90 ${String(slowMs)} ms, all ${tookMs.join(' ')}`)
      t.ok(slowMs <= LIMIT_MS, `nine of ten within ${String(slowMs)} ms`)
      await assertSoundBothWays(worker, citizen)
    },
  )

  await t.test('both at once, and whose it is', async () => {
    await citizen.page.keyboard.press('Enter')
    await field(worker.page).pressSequentially('Så skriver vi bare\n')
    for (const [person, own] of [
      [worker, 'Så skriver vi bare'],
      [citizen, 'Min søster er her, og hun vil gerne hilse på dig 🙂'],
    ] as const) {
      await written(person.page).locator('.own', { hasText: own }).waitFor()
    }
    await written(worker.page).locator('.other', { hasText: 'Anna' }).first().waitFor()
    await written(citizen.page).locator('.other', { hasText: 'Mette' }).first().waitFor()
  })

  await t.test('what is written while the connection breaks arrives, once and whole', async (t) => {
    const expected: string[] = []
    for (const [index, person] of [worker, citizen].entries()) {
      const other = person === worker ? citizen : worker
      const line = `Nu brød det ${String(index)}`
      await field(other.page).pressSequentially(line.slice(0, 5))
      await breakConnection(person)
      await field(other.page).pressSequentially(`${line.slice(5)}\n`, { delay: 20 })
      await written(person.page).getByText(line, { exact: true }).waitFor({ timeout: 20_000 })
      expected.push(line)
      await assertBothWays(worker, citizen)
    }
    for (const { page } of [worker, citizen]) {
      const text = (await written(page).textContent()) ?? ''
      for (const line of expected) t.equal(text.split(line).length, 2, `${line}: once`)
      t.notMatch(text, /mangle/)
    }
  })

  await t.test('after a reload, it is said that something may be missing', async () => {
    await citizen.page.reload()
    await assertBothWays(worker, citizen)
    await field(worker.page).pressSequentially('Er du der igen')
    await written(citizen.page).getByText('Er du der igen', { exact: true }).waitFor()
    await written(citizen.page).getByText('[Her kan der mangle noget tekst.]').waitFor()
  })

  await t.test('nothing of it is left when the call is over', async (t) => {
    await button(citizen.page, 'Læg på').click()
    for (const { page } of [worker, citizen]) {
      await page.getByRole('heading', { name: 'Samtalen er slut' }).waitFor()
      t.equal(await field(page).count(), 0)
      const kept = await page.evaluate(() =>
        [localStorage, sessionStorage].flatMap((storage) => Object.entries(storage)).join(' '),
      )
      t.notMatch(kept, /søster|brød/)
    }
    await waitFor('the end in the record', () => {
      const [row] = server.rows('select ended_at from calls')
      return row?.['ended_at'] === null ? undefined : row
    })
    for (const name of readdirSync(server.dataDir, { recursive: true, withFileTypes: true })) {
      if (!name.isFile()) continue
      const bytes = readFileSync(join(name.parentPath, name.name)).toString('latin1')
      t.notMatch(bytes, /Min s.{1,2}ster er her|Nu br.{1,2}d det/, name.name)
    }
  })
})
