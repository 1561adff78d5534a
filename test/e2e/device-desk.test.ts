import t from 'tap'
import { walkThrough } from './support/check-walk.ts'
import { launchPerson } from './support/browser.ts'
import { button, launchWorker, ring } from './support/conversation.ts'
import { COLOURS } from './support/media.ts'
import { remoteVideo } from './support/media-probe.ts'
import { signIn } from './support/people.ts'
import { pair } from './support/pairing.ts'
import { startServer } from './support/server.ts'
import { waitFor } from './support/wait.ts'

t.test('D13 the help desk follows a device, and sees what has changed since a talk', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchPerson(t, {
    ...{ colour: COLOURS.orange, toneHz: 880, expectedProblems: [/status of 40[14]/] },
  })
  await pair(worker.page, citizen.page, server)
  const help = await launchPerson(t, { colour: COLOURS.green, toneHz: 440 })
  await signIn(help.page, server.url, 'Bo Iversen')
  const desk = help.page.getByRole('list', { name: 'Enheder' })
  await desk.getByRole('heading', { name: /^Borger [0-9A-F]{4}, .*Forbundet nu/ }).waitFor()
  const count = (moment: string) =>
    server.rows('select state from device_states where moment = ?', moment).length

  await waitFor('that the device has told how it stands', () => count('last') > 0 || undefined)
  t.equal(count('well'), 0, 'an opened page shows nothing of whether calls work')
  await ring(worker.page)
  await button(citizen.page, 'Svar').click()
  await waitFor('that the talk was told', () => count('well') > 0 || undefined)
  // The line is looked at once a second, and a shorter talk has no figures.
  const talked = remoteVideo(citizen.page)
  await waitFor(
    'a talk of some seconds',
    async () =>
      (await talked.evaluate((video: HTMLVideoElement) => video.currentTime)) > 3 || undefined,
  )
  await button(worker.page, 'Læg på').click()
  await citizen.page.getByRole('heading', { name: /Samtalen er slut|Hej Anna/ }).waitFor()
  // The page is left next, and what it has not told by then is not told.
  await waitFor(
    'what the talk was like',
    () =>
      server.rows('select 1 from call_legs where citizen_protocol is not null').length > 0 ||
      undefined,
  )

  // Somebody says no to the camera.
  await citizen.context.clearPermissions()
  await citizen.context.grantPermissions(['microphone', 'notifications'])
  await citizen.page.goto(`${server.url}/test`)
  t.match(await walkThrough(citizen.page), [{ code: 'Fejlkode K1' }])
  await waitFor(
    'that the test was told',
    () =>
      server.rows('select codes from device_tests').some((row) => row['codes'] === 'K1') ||
      undefined,
  )
  await button(citizen.page, 'Få en supportkode').click()
  const pseudonym = await citizen.page.locator('nv-support-code strong').textContent()

  await help.page.reload()
  await help.page.getByLabel('Find borger').fill(`Borger ${pseudonym ?? ''}`)
  const device = desk.getByRole('listitem').first()
  await device.getByText(/kl\. \d\d\.\d\d: K1$/).waitFor()
  await device.getByText(/gennemført, direkte på samme net, UDP/).waitFor()
  await device.getByRole('button', { name: /Hvad er ændret/ }).click()
  const changes = help.page.getByRole('list', { name: 'Ændret, siden det sidst virkede' })
  await changes.getByText('Lov til kamera:').waitFor()
  t.match(await changes.innerText(), /Lov til kamera: nej \(før: ja\)/)
  const page = await help.page.locator('nv-device-desk').innerText()
  t.notMatch(page, /Anna|Mette/)
})
