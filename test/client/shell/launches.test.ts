import t, { type Test } from 'tap'
import { followLaunches } from '../../../client/src/app/shell/launches.ts'

const ORIGIN = 'https://video.example'

/** The page at an address, with a browser that asks for another. */
function setUp(t: Test, path: string) {
  const been: string[] = []
  const page = { isBusy: false }
  let launch: (asked: { targetURL?: string | null }) => void = () => undefined
  const fakes = {
    location: { origin: ORIGIN, href: ORIGIN + path, assign: (to: string) => been.push(to) },
    launchQueue: { setConsumer: (consumer: typeof launch) => (launch = consumer) },
  }
  for (const [name, value] of Object.entries(fakes)) {
    Object.defineProperty(globalThis, name, { configurable: true, value })
    t.teardown(() => Reflect.deleteProperty(globalThis, name))
  }
  followLaunches(() => page.isBusy)
  return { page, been, ask: (targetURL: string | null) => launch({ targetURL }) }
}

t.test('W-09 a link that is scanned while the app is open at /start goes there', (t) => {
  const { been, ask } = setUp(t, '/start')
  const link = `${ORIGIN}/start#AAAAAAAAAAAAAAAAAAAAAA`
  ask(link)
  t.strictSame(been, [link])
  t.end()
})

t.test('N1 the app goes where it is asked to, once, and nowhere else', (t) => {
  const { been, ask } = setUp(t, '/mine-valg')
  ask(null)
  ask(`${ORIGIN}/mine-valg`)
  ask('https://other.example/')
  t.strictSame(been, [])
  ask(`${ORIGIN}/`)
  t.strictSame(been, [`${ORIGIN}/`])
  t.end()
})

t.test('N1 nobody is cut off by it', (t) => {
  const { page, been, ask } = setUp(t, '/')
  page.isBusy = true
  ask(`${ORIGIN}/mine-valg`)
  t.strictSame(been, [])
  t.end()
})
