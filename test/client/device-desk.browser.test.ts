import { findAccessibilityProblems } from '../helpers/axe.ts'
import t from 'tap'
import { GalleryStage } from './gallery/stage.ts'
import { DESK_DEVICES } from './gallery/fake-desk.ts'

t.test(
  'D13 the help desk finds a device, and reads what has changed since it worked',
  async (t) => {
    const stage = await GalleryStage.open()
    t.teardown(() => stage.close())
    const { page, trouble } = await stage.show('staff-it')
    const list = page.getByRole('list', { name: 'Enheder' })
    const names = async () => {
      const found = await list.getByRole('heading', { level: 3 }).allInnerTexts()
      return found.map((text) => text.replace(/\s+/g, ' '))
    }
    await page.getByText('3 af 3 enheder. 1 er forbundet nu.').waitFor()
    t.strictSame(await names(), [
      'Borger 4F2A, iPad Forbundet nu',
      'Borger 91C0, Android-telefon Sidst set: 23. nov. 2026 kl. 07.00',
      'Borger C20E, computer Sidst set: ukendt',
    ])
    const unknown = await list.getByRole('listitem').last().innerText()
    t.match(unknown, /Browser\s+ukendt\s+App\s+ukendt\s+Sidste test\s+ingen, der er fortalt om/)

    // By keyboard alone, as it is read out on the telephone.
    await page.getByLabel('Find borger').focus()
    await page.keyboard.type('borger 91')
    t.strictSame((await names()).length, 1)
    await page.getByText('1 af 3 enheder.').waitFor()
    await page.keyboard.press('Control+A')
    await page.keyboard.press('Delete')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    t.match(await names(), [/^Borger 91C0/], 'outdated apps only')
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    t.match(await names(), [/^Borger 4F2A/], 'faults only')
    const asked = page.waitForRequest(`**/api/it/devices/${DESK_DEVICES.devices[0]?.id ?? ''}`)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await asked
    const changes = page.getByRole('list', { name: 'Ændret, siden det sidst virkede' })
    await changes.getByRole('listitem').nth(3).waitFor()
    const said = (await changes.getByRole('listitem').allInnerTexts()).map((text) =>
      text.replace(/\s+/g, ' '),
    )
    t.strictSame(said, [
      'Lov til kamera: nej (før: ja)',
      'System: iOS 18.3 (før: iOS 18.2)',
      'Appens udgave: en anden udgave',
      'Vej til den anden: gennem TURN, TCP (før: direkte over internettet, UDP)',
    ])
    const problems = await findAccessibilityProblems(page)
    t.same(problems, [])
    t.same(trouble, [])
  },
)

t.test(
  'D13 who comes and goes is seen without a hand, and a server that is away is said',
  async (t) => {
    const stage = await GalleryStage.open()
    t.teardown(() => stage.close())
    const { page } = await stage.show('staff-it')
    const list = page.getByRole('list', { name: 'Enheder' })
    await list.getByText('Forbundet nu').waitFor()
    const other = DESK_DEVICES.devices[1]?.id
    await page
      .context()
      .route('**/api/it/devices/connected', (route) =>
        route.fulfill({ json: { deviceIds: [other] } }),
      )
    await list.getByRole('heading', { name: /Borger 91C0.*Forbundet nu/ }).waitFor()
    await list.getByRole('heading', { name: /Borger 4F2A.*Sidst set/ }).waitFor()
    t.match(await list.getByRole('heading', { level: 3 }).first().innerText(), /91C0/)
    await page.context().route('**/api/it/devices/connected', (route) => route.abort())
    await page
      .getByText('Der er ingen forbindelse til serveren. Listen kan være forældet.')
      .waitFor()
    t.equal(await list.getByRole('heading', { level: 3 }).count(), 3, 'what was known stays')
  },
)

t.test('W-29 the page of a code is read in the app, and the others from it', async (t) => {
  const stage = await GalleryStage.open()
  t.teardown(() => stage.close())
  const { page, trouble } = await stage.show('staff-code')
  await page.getByRole('heading', { level: 1, name: /^B2: Der er lov til beskeder/ }).waitFor()
  await page.getByRole('link', { name: 'Alle fejlkoder' }).click()
  await page.getByRole('heading', { level: 1, name: 'Fejlkoder' }).waitFor()
  t.equal(await page.getByRole('listitem').count(), 16)
  await page.getByRole('link', { name: /^N3: / }).click()
  await page.getByRole('heading', { level: 1, name: /^N3: / }).waitFor()
  await page.getByRole('heading', { name: 'Hvad IT ser efter' }).waitFor()
  t.same(trouble, [])
})
