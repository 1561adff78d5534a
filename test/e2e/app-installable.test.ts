import { chromium } from 'playwright-core'
import t from 'tap'
import { findChromium } from './support/browser.ts'
import { startServer } from './support/server.ts'
import { makeTempFolder } from './support/temp-folder.ts'

/** An ordinary profile: in a private one Chromium installs nothing. */
async function openProfile(t: Parameters<typeof startServer>[0]) {
  const context = await chromium.launchPersistentContext(await makeTempFolder(t, 'profile'), {
    executablePath: findChromium(),
    args: ['--no-first-run', '--disable-background-networking', '--disable-component-update'],
    locale: 'da-DK',
  })
  t.teardown(() => context.close())
  return context
}

t.test('N14 Chromium finds nothing in the way of installing the app', async (t) => {
  const server = await startServer(t)
  const context = await openProfile(t)
  const page = await context.newPage()
  const devTools = await context.newCDPSession(page)
  await page.goto(`${server.url}/start`)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  const { installabilityErrors } = await devTools.send('Page.getInstallabilityErrors')
  t.same(installabilityErrors, [])
  const { errors, url } = await devTools.send('Page.getAppManifest')
  t.same(errors, [])
  t.equal(url, `${server.url}/manifest.webmanifest`)
  const { appId } = await devTools.send('Page.getAppId')
  t.equal(appId, `${server.url}/`)
})
