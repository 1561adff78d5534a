import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserContext } from 'playwright-core'

/** Where pictures and frames of failed browser tests are kept; not under version control. */
const FOLDER = fileURLToPath(new URL('../../../.build/evidence', import.meta.url))
const KEPT_FRAMES = 300
const KEPT_CHARS = 700

let peopleSeen = 0

/** Remembers the last frames that the pages of a context sent and received. */
export function recordFrames(context: BrowserContext): readonly string[] {
  const frames: string[] = []
  const keep = (direction: string, payload: string | Buffer) => {
    const time = new Date().toISOString().slice(14, 23)
    frames.push(`${time} ${direction} ${String(payload).slice(0, KEPT_CHARS)}`)
    if (frames.length > KEPT_FRAMES) frames.shift()
  }
  context.on('page', (page) => {
    page.on('websocket', (socket) => {
      socket.on('framesent', ({ payload }) => keep('>', payload))
      socket.on('framereceived', ({ payload }) => keep('<', payload))
      socket.on('close', () => keep('-', 'closed'))
    })
  })
  return frames
}

/** Keeps what a person who failed the test saw: a picture of each page, and what crossed the wire. */
export async function keepEvidence(
  test: string,
  context: BrowserContext,
  lines: readonly string[],
): Promise<void> {
  await mkdir(FOLDER, { recursive: true })
  peopleSeen += 1
  const name = `${test.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 60)}-${process.pid}-${peopleSeen}`
  await writeFile(join(FOLDER, `${name}.txt`), lines.join('\n'))
  for (const [index, page] of context.pages().entries()) {
    await page.screenshot({ path: join(FOLDER, `${name}-${index}.png`) }).catch(() => undefined)
  }
}
