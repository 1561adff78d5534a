import t, { type Test } from 'tap'
import { launchPerson, type Person, type PersonOptions } from './support/browser.ts'
import { makeCertificate } from './support/certificate.ts'
import { walkThrough, type Told, type Walk } from './support/check-walk.ts'
import { button, launchCitizen } from './support/conversation.ts'
import { COLOURS } from './support/media.ts'
import { openProxy } from './support/no-upgrade-proxy.ts'
import { startServer, type ServerOptions, type TestServer } from './support/server.ts'

const WHO = { colour: COLOURS.orange, toneHz: 880 } as const
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true } as const

const YOU = 'Det kan du selv ordne.'
const WORKER = 'Din bostøtte kan hjælpe dig.'
const IT = 'Det er IT, der skal ordne det.'

interface World {
  readonly server: TestServer
  readonly person: Person
}

/** Somebody without a sign-in on the page, which has loaded. */
async function openTest(
  t: Test,
  options: Partial<PersonOptions> = {},
  serverOptions: ServerOptions = {},
): Promise<World> {
  const server = await startServer(t, serverOptions)
  const person = await launchPerson(t, { ...WHO, ...PHONE, ...options })
  await person.page.goto(`${server.url}/test`)
  await person.page.getByRole('heading', { name: 'Prøv din telefon' }).waitFor()
  return { server, person }
}

/** What is wrong, and how much that is said to work and not to work at the end. */
async function checkOnly(
  t: Test,
  { person }: World,
  expected: Partial<Told>,
  walk: Walk = {},
  { works, worksNot } = { works: 3, worksNot: 1 },
) {
  const told = await walkThrough(person.page, walk)
  t.match(told, [expected])
  t.equal(told.length, 1, 'its own sentence, and no other')
  const found = await person.page.getByRole('list', { name: 'Det har vi prøvet' }).innerText()
  t.equal(found.match(/virker ikke endnu/g)?.length ?? 0, worksNot)
  t.equal(found.match(/: virker\b(?! ikke)/g)?.length, works)
}

t.test('N28 all is well: nothing is wrong, and the own picture is gone afterwards', async (t) => {
  const { person } = await openTest(t)
  const { page } = person
  await button(page, 'Begynd').click()
  await page.getByRole('heading', { name: 'Kan du se dig selv?' }).waitFor()
  await page.locator('video').waitFor()
  await page.waitForFunction(() => {
    const find = (root: Document | ShadowRoot): HTMLVideoElement | null => {
      for (const element of root.querySelectorAll('*')) {
        if (element instanceof HTMLVideoElement) return element
        const inside = element.shadowRoot === null ? null : find(element.shadowRoot)
        if (inside !== null) return inside
      }
      return null
    }
    return (find(document)?.videoWidth ?? 0) > 0
  })
  t.same(await walkThrough(page), [])
  await page.getByRole('heading', { name: 'Alt virker. Du er klar.' }).waitFor()
  t.equal(await page.locator('video').count(), 0)
  t.equal(await page.getByText('virker', { exact: true }).count(), 4)
})

t.test('W-29 K1: the camera is refused', async (t) => {
  const world = await openTest(t, { camera: 'refused' })
  await checkOnly(t, world, {
    said: 'Appen har ikke lov til at bruge dit kamera.',
    actor: YOU,
    how: 'Klik på ikonet til venstre for adressen øverst. Slå kameraet til. Prøv så igen.',
    code: 'Fejlkode K1',
  })
})

/** Two programs at one camera: Chromium's made-up devices are never busy, so it is asked to say it. */
const isBusy = (kind: 'audio' | 'video') =>
  kind === 'video'
    ? () => {
        // Not there before the page is secure.
        if (!('mediaDevices' in navigator)) return
        const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
        navigator.mediaDevices.getUserMedia = (wish) =>
          wish?.video === false || wish?.video === undefined
            ? ask(wish)
            : Promise.reject(new DOMException('Could not start video source', 'NotReadableError'))
      }
    : () => {
        // Not there before the page is secure.
        if (!('mediaDevices' in navigator)) return
        const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
        navigator.mediaDevices.getUserMedia = (wish) =>
          wish?.audio === false || wish?.audio === undefined
            ? ask(wish)
            : Promise.reject(new DOMException('Could not start audio source', 'NotReadableError'))
      }

t.test('W-29 K2: the camera is in use', async (t) => {
  const world = await openTest(t, { initScript: isBusy('video') })
  await checkOnly(t, world, {
    said: 'En anden app bruger kameraet.',
    actor: YOU,
    how: 'Luk den anden app. Prøv så igen.',
    code: 'Fejlkode K2',
  })
})

t.test('W-29 K3: there is no camera', async (t) => {
  const world = await openTest(t, { camera: 'none' })
  await checkOnly(t, world, {
    said: 'Vi kan ikke finde et kamera.',
    actor: WORKER,
    how: 'I kan godt tale sammen uden billede.',
    code: 'Fejlkode K3',
  })
})

t.test('W-29 M1: the microphone is refused', async (t) => {
  const world = await openTest(t, { microphone: 'refused' })
  await checkOnly(t, world, {
    said: 'Appen har ikke lov til at bruge din mikrofon.',
    actor: YOU,
    how: 'Klik på ikonet til venstre for adressen øverst. Slå mikrofonen til. Prøv så igen.',
    code: 'Fejlkode M1',
  })
})

t.test('W-29 M2: the microphone is in use', async (t) => {
  const world = await openTest(t, { initScript: isBusy('audio') })
  await checkOnly(t, world, {
    said: 'En anden app bruger mikrofonen.',
    actor: YOU,
    code: 'Fejlkode M2',
  })
})

t.test('W-29 M2: a muted microphone stays wrong, whatever is answered', async (t) => {
  const world = await openTest(t, { toneHz: 0 })
  await checkOnly(
    t,
    world,
    { said: 'Der kommer ingen lyd fra mikrofonen.', actor: YOU, code: 'Fejlkode M2' },
    { isHeard: false },
  )
})

t.test('W-29 M3: there is no microphone, nor a camera', async (t) => {
  const { person } = await openTest(t, { camera: 'none', microphone: 'none' })
  const told = await walkThrough(person.page)
  t.match(told, [
    { code: 'Fejlkode K3' },
    {
      said: 'Vi kan ikke finde en mikrofon.',
      actor: WORKER,
      how: 'I kan skrive til hinanden.',
      code: 'Fejlkode M3',
    },
  ])
})

t.test('a sound that is not heard has a sentence, and no code', async (t) => {
  const { person } = await openTest(t)
  const told = await walkThrough(person.page, { hearsSound: false })
  t.match(told, [{ said: 'Du kan ikke høre lyden.', actor: YOU, code: null }])
})

t.test('W-29 N1: offline, and well again at the second try', async (t) => {
  const { person } = await openTest(t, { expectedProblems: [/ERR_INTERNET_DISCONNECTED/] })
  const { page, context } = person
  await context.setOffline(true)
  t.match(await walkThrough(page), [
    {
      said: 'Du er ikke på nettet.',
      actor: YOU,
      how: 'Se, om wi-fi eller mobildata er slået til. Prøv så igen.',
      code: 'Fejlkode N1',
    },
  ])
  await context.setOffline(false)
  await page.getByRole('button', { name: 'Prøv igen' }).click()
  await page.getByRole('heading', { name: 'Alt virker. Du er klar.' }).waitFor()
})

t.test('W-29 N1: a wi-fi that wants a sign-in first', async (t) => {
  const world = await openTest(t)
  await world.person.context.route('**/api/check', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<h1>Velkommen til Gæstenet</h1>' }),
  )
  await checkOnly(t, world, {
    said: 'Dit wi-fi vil have, at du logger på først.',
    actor: YOU,
    code: 'Fejlkode N1',
  })
})

t.test('W-29 N4: a proxy that knows no WebSockets; S1: one with nothing behind it', async (t) => {
  const proxy = await openProxy(t)
  const server = await startServer(t, { env: { PUBLIC_URL: proxy.url } })
  proxy.pointTo(server.port)
  const expectedProblems = [/WebSocket connection/, /status of 502/]
  const person = await launchPerson(t, { ...WHO, ...PHONE, expectedProblems })
  await person.page.goto(`${proxy.url}/test`)
  await checkOnly(
    t,
    { server, person },
    {
      said: 'Dit net lukker ikke appen igennem.',
      actor: IT,
      how: 'Du kan ikke blive ringet op her. Prøv et andet wi-fi eller mobildata.',
      code: 'Fejlkode N4',
    },
  )
  await button(person.page, 'Få en supportkode').click()
  await person.page.getByText('Koden virker i 24 timer.').waitFor()
  const [row] = server.rows('select report from tech_reports')
  t.match(JSON.parse(String(row?.['report'])), { line: { isProxySeen: true }, lastCall: null })
  proxy.pointTo(null)
  await person.page.getByRole('button', { name: 'Prøv igen' }).click()
  await person.page.getByRole('heading', { name: 'Der er en fejl hos os.' }).waitFor()
  t.equal(await person.page.getByText(/^Fejlkode/).textContent(), 'Fejlkode S1')
  t.ok(await person.page.getByText(IT).isVisible())
})

/** What is not granted is then refused. */
async function refuseNotices({ context }: Person): Promise<void> {
  await context.clearPermissions()
  await context.grantPermissions(['camera', 'microphone'])
}

t.test('W-29 B1: a citizen has refused notifications', async (t) => {
  const server = await startServer(t)
  const person = await launchCitizen(t, server)
  await refuseNotices(person)
  await person.page.goto(`${server.url}/test`)
  const expected = {
    said: 'Appen har ikke lov til at give dig besked.',
    actor: YOU,
    how: 'Klik på ikonet til venstre for adressen øverst. Slå notifikationer til. Prøv så igen.',
    code: 'Fejlkode B1',
  }
  await checkOnly(t, { server, person }, expected, {}, { works: 4, worksNot: 1 })
})

t.test('N28 nobody who is never notified is told that notifications are refused', async (t) => {
  const { person } = await openTest(t)
  await refuseNotices(person)
  t.same(await walkThrough(person.page), [])
  t.ok(await person.page.getByRole('heading', { name: 'Alt virker. Du er klar.' }).isVisible())
})

t.test('W-29 U1: a clock that is wrong', async (t) => {
  const world = await openTest(t, {
    initScript: () => {
      const now = Date.now.bind(Date)
      Date.now = () => now() - 600_000
    },
  })
  await checkOnly(t, world, {
    said: 'Uret i din telefon går forkert.',
    actor: YOU,
    code: 'Fejlkode U1',
  })
})

t.test('W-29 S2: a certificate that ends in two days', async (t) => {
  const { certFile, keyFile } = await makeCertificate(t, '127.0.0.1')
  const server = await startServer(t, {
    env: { TLS_CERT: certFile, TLS_KEY: keyFile },
  })
  const extraFlags = ['--ignore-certificate-errors']
  const person = await launchPerson(t, { ...WHO, ...PHONE, extraFlags })
  await person.page.goto(`${server.url}/test`)
  await checkOnly(
    t,
    { server, person },
    { said: 'Vores bevis for sikkerhed løber snart ud.', actor: IT, code: 'Fejlkode S2' },
    {},
    { works: 4, worksNot: 0 },
  )
  const all = person.page.getByRole('heading', { name: 'Alt virker. Du er klar.' })
  t.ok(await all.isVisible(), 'nobody is kept from a call by it')
})

t.test(
  'W-29 V1: a browser that cannot make calls is told so before anything is tried',
  async (t) => {
    const server = await startServer(t)
    const person = await launchPerson(t, {
      ...WHO,
      ...PHONE,
      initScript: () => {
        Reflect.deleteProperty(window, 'RTCPeerConnection')
      },
    })
    const { page } = person
    await page.goto(`${server.url}/test`)
    await page.getByRole('heading', { name: 'Appen virker ikke i din browser endnu.' }).waitFor()
    t.ok(await page.getByText(WORKER).isVisible())
    t.equal(await page.getByText(/^Fejlkode/).textContent(), 'Fejlkode V1')
    t.equal(await button(page, 'Begynd').count(), 0)
  },
)

t.test('a check that was left in the middle goes on there', async (t) => {
  const { person } = await openTest(t)
  const { page } = person
  await button(page, 'Begynd').click()
  await button(page, 'Ja').click()
  await page.getByRole('heading', { name: 'Sig noget.' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Sig noget.' }).waitFor()
  await page.getByText('Vi kan høre dig.').waitFor()
  t.same(await walkThrough(page), [])
  await page.getByRole('heading', { name: 'Det, vi har prøvet, virker' }).waitFor()
  const found = page.getByRole('list', { name: 'Det har vi prøvet' }).getByRole('listitem')
  t.match(await found.first().innerText(), /^Kamera: ikke prøvet/)
  await button(page, 'Prøv Kamera').click()
  await button(page, 'Ja').click()
  await page.getByRole('heading', { name: 'Alt virker. Du er klar.' }).waitFor()
})
