import t from 'tap'
import {
  findMendWay,
  readBrowser,
  type BrowserFacts,
  type MendWay,
} from '../../../client/src/device-check/browser.ts'

type Row = readonly [
  what: string,
  userAgent: string,
  facts: Partial<BrowserFacts>,
  inTab: MendWay,
  asApp: MendWay,
]

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const ANDROID = 'Mozilla/5.0 (Linux; Android 14; SM-A546B) AppleWebKit/537.36 (KHTML, like Gecko)'
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)'
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)'
const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0'

const ROWS: readonly Row[] = [
  [
    'Safari on an iPhone',
    `${IPHONE} Version/18.5 Mobile/15E148 Safari/604.1`,
    { browser: 'safari', browserVersion: '18.5', system: 'ios', systemVersion: '18.5' },
    'iosSafari',
    'iosApp',
  ],
  [
    'Chrome on an iPhone',
    `${IPHONE} CriOS/138.0.7204.53 Mobile/15E148 Safari/604.1`,
    { browser: 'chrome', browserVersion: '138.0', system: 'ios' },
    'iosOther',
    'iosApp',
  ],
  [
    'Chrome on Android',
    `${ANDROID} Chrome/138.0.0.0 Mobile Safari/537.36`,
    { browser: 'chrome', system: 'android', systemVersion: '14' },
    'androidChrome',
    'androidApp',
  ],
  [
    'Samsung Internet',
    `${ANDROID} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
    { browser: 'samsung', browserVersion: '28.0' },
    'androidSamsung',
    'androidSamsung',
  ],
  [
    'Firefox on Android',
    'Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0',
    { browser: 'firefox', system: 'android' },
    'androidFirefox',
    'androidFirefox',
  ],
  [
    'Edge on Windows',
    `${WINDOWS} ${CHROME} Safari/537.36 Edg/138.0.0.0`,
    { browser: 'edge', browserVersion: '138.0', system: 'windows', systemVersion: '10.0' },
    'deskEdge',
    'deskEdge',
  ],
  [
    'Chrome on Windows',
    `${WINDOWS} ${CHROME} Safari/537.36`,
    { browser: 'chrome', system: 'windows' },
    'deskChrome',
    'deskChrome',
  ],
  [
    'Firefox on Linux',
    'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    { browser: 'firefox', system: 'linux', systemVersion: null },
    'deskFirefox',
    'deskFirefox',
  ],
  [
    'Safari on a Mac',
    `${MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15`,
    { browser: 'safari', system: 'mac', systemVersion: '10.15' },
    'deskSafari',
    'deskSafari',
  ],
  ['something else', 'curl/8.0', { browser: 'other', system: 'other' }, 'other', 'other'],
]

t.test('a browser is known by what it says, and mended in its own place', (t) => {
  for (const [what, userAgent, expected, inTab, asApp] of ROWS) {
    const facts = readBrowser({ userAgent, maxTouchPoints: 0 })
    t.match(facts, expected, what)
    t.equal(findMendWay(facts, false), inTab, `${what}, in a tab`)
    t.equal(findMendWay(facts, true), asApp, `${what}, as an app`)
  }
  t.end()
})

t.test('an iPad says that it is a Mac, and has a touch screen', (t) => {
  const userAgent = `${MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15`
  t.match(readBrowser({ userAgent, maxTouchPoints: 5 }), { system: 'ios', systemVersion: null })
  t.end()
})
