import type { BrowserContextOptions, Page } from 'playwright-core'
import type { Test } from 'tap'
import { LIMIT_MS, PHONE } from './page-tools.ts'
import { GalleryStage } from './stage.ts'

/** A test of one state of the gallery, in a page of its own. */
export type OnState = (
  state: string,
  name: string,
  check: (t: Test, page: Page) => Promise<void>,
) => Promise<unknown>

/** Opens the gallery for the tests of a file. Each of them fails when its page's console says anything. */
export async function openStates(
  t: Test,
  options: BrowserContextOptions = PHONE,
): Promise<{ on: OnState; stage: GalleryStage }> {
  t.setTimeout(LIMIT_MS)
  const stage = await GalleryStage.open()
  t.teardown(() => stage.close())
  const on: OnState = (state, name, check) =>
    t.test(name, async (t) => {
      const { page, trouble, leave } = await stage.show(state, options)
      await check(t, page)
      t.same(trouble, [], 'the console is silent')
      await leave()
    })
  return { on, stage }
}
