import t from 'tap'
import { findAccessibilityProblems } from '../helpers/axe.ts'
import { type DeviceKind, launchPerson } from '../e2e/support/browser.ts'
import { COLOURS } from '../e2e/support/media.ts'
import {
  assertPictureArrives,
  assertSoundArrives,
  countFrames,
  countOpenTracks,
  ownVideo,
  readSelectedPath,
} from '../e2e/support/media-probe.ts'
import { connectPeers, openDocument } from './two-peers.ts'

t.test('two processes see and hear each other, and the probes tell who is who', async (t) => {
  const worker = await launchPerson(t, { colour: COLOURS.blue, toneHz: 440 })
  const citizen = await launchPerson(t, { colour: COLOURS.orange, toneHz: 880 })
  await connectPeers(worker, citizen, { iceServers: [] })
  await assertPictureArrives(worker.page, COLOURS.orange)
  await assertPictureArrives(citizen.page, COLOURS.blue)
  await assertSoundArrives(worker.page, 880)
  await assertSoundArrives(citizen.page, 440)
  t.match(await readSelectedPath(worker.page), { local: 'host', remote: 'host', protocol: 'udp' })
  t.equal(await countFrames(ownVideo(worker.page), { limitMs: 500 }), 0, 'previews do not count')
  t.same(await countOpenTracks(worker.page), { audio: 1, video: 1 })
  await citizen.page.goto('about:blank')
  t.ok((await countFrames(worker.page.locator('video').first(), { limitMs: 1500 })) < 10)
  worker.assertClean()
  citizen.assertClean()
})

t.test('a probe fails on the wrong colour and the wrong tone', async (t) => {
  const worker = await launchPerson(t, { colour: COLOURS.blue, toneHz: 440 })
  const citizen = await launchPerson(t, { colour: COLOURS.orange, toneHz: 880 })
  await connectPeers(worker, citizen, { iceServers: [] })
  await t.rejects(assertPictureArrives(worker.page, COLOURS.blue, 1_000), /the picture was/)
  await t.rejects(assertSoundArrives(worker.page, 440, 1_000), /the loudest was/)
})

t.test('cameras and microphones can be refused or missing, one by one', async (t) => {
  const cases: readonly [DeviceKind, DeviceKind, string, string, string][] = [
    ['fake', 'fake', 'ok', 'ok', 'ok'],
    ['refused', 'fake', 'NotAllowedError', 'NotAllowedError', 'ok'],
    ['none', 'fake', 'NotFoundError', 'NotFoundError', 'ok'],
    ['fake', 'refused', 'NotAllowedError', 'ok', 'NotAllowedError'],
    ['refused', 'refused', 'NotAllowedError', 'NotAllowedError', 'NotAllowedError'],
    ['none', 'none', 'NotFoundError', 'NotFoundError', 'NotFoundError'],
  ]
  for (const [camera, microphone, ...expected] of cases) {
    const person = await launchPerson(t, {
      colour: COLOURS.green,
      toneHz: 660,
      camera,
      microphone,
    })
    await openDocument(person.page, '<!doctype html><title>x</title>')
    const answers = await person.page.evaluate(async () => {
      const ask = (constraints: MediaStreamConstraints) =>
        navigator.mediaDevices.getUserMedia(constraints).then(
          () => 'ok',
          (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
        )
      const both = await ask({ audio: true, video: true })
      return [both, await ask({ video: true }), await ask({ audio: true })]
    })
    t.same(answers, expected, `camera ${camera}, microphone ${microphone}`)
    await person.browser.close()
  }
})

t.test('console errors, uncaught errors and policy reports are problems', async (t) => {
  const expectedProblems = [/page/, /policy/, /Content Security Policy/]
  const person = await launchPerson(t, { colour: COLOURS.green, toneHz: 660, expectedProblems })
  const html = '<!doctype html><title>x</title><script src="https://example.org/x.js"></script>'
  await openDocument(person.page, html, { 'content-security-policy': "script-src 'none'" })
  await person.page.evaluate(() => {
    console.error('said by the page')
    setTimeout(() => {
      throw new Error('thrown by the page')
    })
  })
  await person.page.waitForEvent('pageerror', { timeout: 2_000 }).catch(() => undefined)
  const problems = person.problems().join('\n')
  t.match(problems, /console: said by the page/)
  t.match(problems, /uncaught: .*thrown by the page/)
  t.match(problems, /policy: script-src(-elem)? refused https:\/\/example\.org/)
  t.throws(() => person.assertClean(), /reported problems/)
  t.doesNotThrow(() => person.assertClean(expectedProblems))
})

t.test('axe looks into shadow roots', async (t) => {
  const person = await launchPerson(t, { colour: COLOURS.green, toneHz: 660 })
  const page = (body: string) => `<!doctype html><html lang="da"><title>Test</title>
    <main><h1>Test</h1><div id="host"></div></main>
    <script>host.attachShadow({ mode: 'open' }).innerHTML = '${body}'</script></html>`
  await openDocument(person.page, page('<p>Alt er godt</p>'))
  t.same(await findAccessibilityProblems(person.page), [])
  await person.page.unrouteAll()
  await openDocument(person.page, page('<button></button>'))
  t.match((await findAccessibilityProblems(person.page)).join('\n'), /button-name/)
})
