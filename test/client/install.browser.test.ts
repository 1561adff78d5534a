import t from 'tap'
import { button, LIMIT_MS } from './gallery/page-tools.ts'
import { GalleryStage } from './gallery/stage.ts'

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true }

t.test('the app gets another name before it is put on the screen', async (t) => {
  t.setTimeout(LIMIT_MS)
  const stage = await GalleryStage.open()
  t.teardown(() => stage.close())
  const { page } = await stage.show('pair-install', PHONE)
  await page.evaluate(() => {
    const link = document.createElement('link')
    link.rel = 'manifest'
    link.href = '/manifest.webmanifest'
    const meta = document.createElement('meta')
    meta.name = 'apple-mobile-web-app-title'
    meta.content = 'Nærvær'
    document.head.append(link, meta)
  })
  await page.getByText('Appens navn: Nærvær. Skift').click()
  const group = page.getByRole('group', { name: 'Hvad skal appen hedde på din skærm?' })
  t.same(
    await group
      .getByRole('radio')
      .evaluateAll((all) => all.map((each) => each.parentElement?.textContent.trim())),
    ['Nærvær', 'Aftaler', 'Video', 'Min dag'],
  )
  const asked = page.waitForRequest('**/api/app-name')
  await group.getByLabel('Min dag').check()
  const request = await asked
  t.same([request.method(), request.postDataJSON()], ['PUT', { name: 'minDag' }])
  await page.getByText('Appens navn: Min dag. Skift').waitFor()
  await page.waitForFunction(
    () =>
      document.querySelector('meta[name=apple-mobile-web-app-title]')?.getAttribute('content') ===
      'Min dag',
  )
  t.equal(
    await page.locator('link[rel=manifest]').getAttribute('href'),
    '/manifest.webmanifest?name=minDag',
    'the browser reads the manifest again',
  )

  await page.route('**/api/app-name', (route) => route.fulfill({ status: 500 }))
  // The refusal may put the choice back before anybody could look whether it was made.
  await group.getByLabel('Video').click()
  await page.getByText('Navnet blev ikke ændret. Prøv igen.').waitFor()
  await page.getByText('Appens navn: Min dag. Skift').waitFor()
})

t.test('each browser in hand is shown its own way, and the way past', async (t) => {
  t.setTimeout(LIMIT_MS)
  const stage = await GalleryStage.open()
  t.teardown(() => stage.close())
  const says = {
    'pair-install': ['Tryk på Del-knappen', 'Vælg »Føj til hjemmeskærm«', 'Tryk på »Tilføj«'],
    'pair-install-ipad': ['Tryk på Del-knappen øverst'],
    'pair-install-switch': ['Lad »Åbn som webapp« være slået til.'],
    'pair-install-menu': ['Tryk på de tre prikker', 'Vælg »Føj til startskærm«'],
    'pair-install-elsewhere': ['Vælg »Åbn i Safari« eller »Åbn i browser«'],
    'pair-install-elsewhere-android': ['Vælg »Åbn i Chrome« eller »Åbn i browser«'],
  }
  for (const [state, sentences] of Object.entries(says)) {
    const { page, leave } = await stage.show(state, PHONE)
    for (const sentence of sentences) await page.getByText(sentence, { exact: true }).waitFor()
    await button(page, 'Fortsæt alligevel').click()
    await page.getByRole('heading', { name: 'Skriv din startkode' }).waitFor()
    t.pass(state)
    await leave()
  }
  const { page } = await stage.show('pair-install-elsewhere-android', PHONE)
  t.match(
    await page.getByRole('link', { name: 'Åbn i Chrome' }).getAttribute('href'),
    /^intent:\/\/[\w.:]+\/start#Intent;scheme=https;package=com\.android\.chrome;end$/,
  )
})
