import t from 'tap'
import type { Page } from 'playwright-core'
import { asked } from './gallery/page-tools.ts'
import { openStates } from './gallery/on-states.ts'
import { openMore, rowOf } from '../helpers/citizen-row.ts'

const MIN_TARGET_PX = 48

t.test('a protected address', async (t) => {
  const { on } = await openStates(t)
  const boxOf = (page: Page, name: string) =>
    page.getByRole('checkbox', { name: `Beskyttet adresse, ${name}`, exact: true })

  await on(
    'citizens-protected',
    'the box is what is written down, not what was wished',
    async (t, page) => {
      const [anna, jens] = [boxOf(page, 'Anna'), boxOf(page, 'Jens')]
      await openMore(rowOf(page, 'Anna'))
      t.ok(await anna.isChecked())
      await anna.focus()
      await page.keyboard.press('Space')
      t.ok(await anna.isChecked(), 'the server has not said so')
      await openMore(rowOf(page, 'Jens'))
      t.notOk(await jens.isChecked())
      await jens.click()
      t.match(await asked(page), [/^protect .*3 false$/, /^protect .*4 true$/])
      t.notOk(await jens.isChecked())
    },
  )

  await on(
    'citizens-protected',
    'A-07 its words say what it does, and are room for a finger',
    async (t, page) => {
      const anna = boxOf(page, 'Anna')
      await openMore(rowOf(page, 'Anna'))
      const words = await anna.evaluate((box) => {
        const id = box.getAttribute('aria-describedby') ?? ''
        return (box.getRootNode() as ShadowRoot).getElementById(id)?.textContent.trim()
      })
      t.equal(words, 'Samtalen viser ikke, hvor Anna er på nettet.')
      const label = await anna.locator('xpath=..').boundingBox()
      t.ok((label?.height ?? 0) >= MIN_TARGET_PX)
    },
  )

  await on('citizens-protected', 'a substitute reads it, and has no box', async (t, page) => {
    const max = rowOf(page, 'Max')
    await openMore(max)
    await max.getByText('Beskyttet adresse').waitFor()
    t.equal(await max.getByRole('checkbox').count(), 0)
    await openMore(rowOf(page, 'Jens'))
    t.equal(await boxOf(page, 'Jens').count(), 1)
  })

  await on('staff-team', 'a leader sets it for citizens of the team', async (t, page) => {
    const [anna, jens] = [boxOf(page, 'Anna'), boxOf(page, 'Jens')]
    await jens.click()
    await anna.click()
    t.strictSame(await asked(page), ['"protectAddress" true', '"protectAddress" false'])
  })

  await on(
    'my-choices-protected',
    'the citizen reads it, and changes nothing here',
    async (t, page) => {
      await page.getByText('Din adresse er beskyttet, når du taler her.').waitFor()
      t.equal(await page.getByRole('checkbox').count(), 0)
    },
  )
})
