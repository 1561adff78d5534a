import type { CheckActor } from '@naervaer/shared'
import { t } from '../texts/text.ts'
import { findMendWay, readBrowser, type BrowserFacts, type MendWay } from './browser.ts'
import { isInstalled } from '../services/install-way.ts'
import type { Finding, FindingKind } from './finding.ts'

type NoticesPlace = 'ios' | 'iosApp' | 'androidApp' | 'deskSafari'

/** What is wrong, in one sentence. */
export function describeFinding(kind: FindingKind): string {
  return t(`check.said.${kind}`)
}

/** Who acts, as it is told to the person who holds the device. */
export function describeActor(actor: CheckActor): string {
  return t(`check.actor.${actor}`)
}

/** What is refused, in the middle of a sentence; null where nothing is. */
function describeRefused(kind: FindingKind): string | null {
  switch (kind) {
    case 'K1':
      return t('check.what.camera')
    case 'M1':
      return t('check.what.microphone')
    case 'B1':
      return t('check.what.notifications')
    default:
      return null
  }
}

/** How it is mended, in this very browser. */
export function describeMending({ kind }: Finding): string {
  return describeMendingIn(kind, { ...readBrowser(navigator), isInstalled: isInstalled() })
}

/** How it is mended in a browser that is told of: what is read aloud must be what stands on that screen. */
export function describeMendingIn(
  kind: FindingKind,
  { isInstalled, ...facts }: BrowserFacts & { readonly isInstalled: boolean },
): string {
  const what = describeRefused(kind)
  if (what !== null) {
    const way = findMendWay(facts, isInstalled)
    return t(kind === 'B1' ? findNoticesKey(way) : `check.mend.${way}`, { what })
  }
  return kind === 'B2' ? describeBattery(facts) : t(`check.how.${kind as RemedyKind}`)
}

/** What is mended alike everywhere. */
type RemedyKind = Exclude<FindingKind, 'K1' | 'M1' | 'B1'>

/** Notices have places of their own, and an app on an iPhone that was refused once never asks again. */
export function findNoticesKey(
  way: MendWay,
): `check.notices.${NoticesPlace}` | `check.mend.${MendWay}` {
  switch (way) {
    case 'iosSafari':
    case 'iosOther':
      return 'check.notices.ios'
    case 'iosApp':
    case 'androidApp':
    case 'deskSafari':
      return `check.notices.${way}`
    default:
      return `check.mend.${way}`
  }
}

/** What keeps notices from a device has another place in each system. */
function describeBattery({ system }: BrowserFacts): string {
  if (system === 'android') return t('check.how.B2android')
  return t(system === 'ios' ? 'check.how.B2ios' : 'check.how.B2desk')
}
