import type { Page } from 'playwright-core'
import { button } from './conversation.ts'

/** One thing that the check has found: its sentence, who acts, and its code. */
export interface Told {
  readonly said: string
  readonly actor: string
  readonly how: string
  readonly code: string | null
}

const DONE = /^(Alt virker\. Du er klar\.|Noget virker ikke endnu|Det, vi har prøvet, virker)$/
const HEADING = { level: 1 } as const

const readHeading = async (page: Page): Promise<string> =>
  ((await page.getByRole('heading', HEADING).textContent()) ?? '').trim()

/** Reads what is said of a finding, where there is one on the screen. */
async function readFinding(page: Page): Promise<Told> {
  const [actor = '', how = '', code = null] = await page
    .locator('nv-check-finding p')
    .allTextContents()
  return { said: await readHeading(page), actor, how, code }
}

/** What a person does at each screen. */
export interface Walk {
  /** False for a microphone that hears nothing. */
  readonly isHeard?: boolean
  /** What the person answers where the sound is asked about. */
  readonly hearsSound?: boolean
}

/**
 * Goes through "Prøv din telefon" from its first screen to its last, past everything that is wrong.
 *
 * @returns what it was told on the way
 */
export async function walkThrough(page: Page, walk: Walk = {}): Promise<Told[]> {
  const { isHeard = true, hearsSound = true } = walk
  const told: Told[] = []
  const next = page
    .getByRole('button', { name: /^(Begynd|Ja|Spil lyden|Gå videre)$/ })
    .or(page.getByRole('heading', { ...HEADING, name: DONE }))
    .first()
  for (;;) {
    await next.waitFor({ timeout: 40_000 })
    const heading = await readHeading(page)
    if (DONE.test(heading)) return told
    const isFound = await page.locator('nv-check-finding').isVisible()
    if (isFound) told.push(await readFinding(page))
    if (heading.startsWith('Sig noget.') && isHeard)
      await page.getByText('Vi kan høre dig.').waitFor()
    const isNo = heading === 'Kan du høre lyden?' && !hearsSound
    if (isNo) await button(page, 'Nej').click()
    else await next.click()
    await page.waitForFunction(
      ([before]) => {
        const find = (root: Document | ShadowRoot): Element | null => {
          for (const element of root.querySelectorAll('*')) {
            if (element.localName === 'h1') return element
            const inside = element.shadowRoot === null ? null : find(element.shadowRoot)
            if (inside !== null) return inside
          }
          return null
        }
        return find(document)?.textContent.trim() !== before
      },
      [heading] as const,
    )
  }
}
