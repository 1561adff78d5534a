import t from 'tap'
import { chooseInstallWay, type InstallWay } from '../../../client/src/services/install-way.ts'
import type { PairedKind } from '@naervaer/shared'
import { BROWSERS } from '../gallery/browsers.ts'

const SHARE_BELOW = { kind: 'share', at: 'bottom', hasWebAppSwitch: false } as const
const SHARE_ABOVE = { ...SHARE_BELOW, at: 'top' } as const
const SAFARI = { kind: 'elsewhere', browser: 'Safari' } as const
const CHROME = { kind: 'elsewhere', browser: 'Chrome' } as const

type Row = readonly [
  browser: keyof typeof BROWSERS,
  kind: PairedKind,
  withoutOffer: InstallWay | null,
  withOffer: InstallWay | null,
]

/** What each browser in hand is told, before and after it has offered to install the page itself. */
const ROWS: readonly Row[] = [
  ['iphone', 'iphone', SHARE_BELOW, SHARE_BELOW],
  [
    'iphone26',
    'iphone',
    { ...SHARE_BELOW, hasWebAppSwitch: true },
    { ...SHARE_BELOW, hasWebAppSwitch: true },
  ],
  ['iphoneChrome', 'iphone', SHARE_ABOVE, SHARE_ABOVE],
  ['ipad', 'ipad', SHARE_ABOVE, SHARE_ABOVE],
  // An iPad that calls itself a Mac is told apart by its touch screen.
  ['macSafari', 'ipad', SHARE_ABOVE, SHARE_ABOVE],
  ['iphoneFacebook', 'iphone', SAFARI, SAFARI],
  ['iphoneMail', 'iphone', SAFARI, SAFARI],
  ['androidInstagram', 'androidPhone', CHROME, CHROME],
  ['androidChrome', 'androidPhone', { kind: 'menu' }, { kind: 'offer' }],
  ['androidFirefox', 'androidPhone', { kind: 'menu' }, { kind: 'menu' }],
  ['windowsEdge', 'computer', null, { kind: 'offer' }],
  ['macSafari', 'computer', null, null],
]

t.test('the way to install fits the browser in hand', (t) => {
  for (const [browser, kind, withoutOffer, withOffer] of ROWS) {
    const facts = { kind, userAgent: BROWSERS[browser], isInstalled: false }
    t.same(chooseInstallWay({ ...facts, hasOffer: false }), withoutOffer, `${browser} as ${kind}`)
    const mayOffer = withOffer?.kind === 'offer'
    t.same(chooseInstallWay({ ...facts, hasOffer: mayOffer }), withOffer, `${browser}, later`)
    t.equal(
      chooseInstallWay({ ...facts, isInstalled: true, hasOffer: mayOffer }),
      null,
      'in the app',
    )
  }
  t.end()
})
