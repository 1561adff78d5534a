import '../components/nv-incoming-call.ts'
import '../pages/nv-call-page.ts'
import '../pages/nv-citizen-home-page.ts'
import '../pages/nv-plain-page.ts'
import { page, type Load } from '../texts/page.ts'
import type { View } from './view.ts'

const pairPage = page(['citizen', 'devices', 'install'], () => import('../pages/nv-pair-page.ts'))

/**
 * What a citizen sees while they wait, are rung and talk is part of the first script: neither a ring nor
 * a call may wait for the network, and a browser remembers a script that failed once until the page is
 * loaded anew. Every other page comes when it is shown, so a citizen never fetches what staff see.
 */
const LOADERS: Partial<Readonly<Record<View, Load>>> = {
  trouble: page(
    ['trouble', 'devices', 'appointments'],
    () => import('../pages/nv-trouble-page.ts'),
  ),
  demo: page(['demo'], () => import('../pages/nv-demo-page.ts')),
  signIn: page(['account', 'devices', 'errors'], () => import('../pages/nv-sign-in-page.ts')),
  refused: page(['account'], () => import('../pages/nv-refused-page.ts')),
  invitation: page(['account', 'errors'], () => import('../pages/nv-invitation-page.ts')),
  sessions: page(['account', 'devices', 'errors'], () => import('../pages/nv-sessions-page.ts')),
  passkeys: page(['account', 'errors'], () => import('../pages/nv-passkeys-page.ts')),
  choice: page(['citizen'], () => import('../pages/nv-choice-page.ts')),
  myChoices: page(['citizen'], () => import('../pages/nv-my-choices-page.ts')),
  citizens: page(
    ['staff', 'devices', 'errors', 'appointments', 'planning'],
    () => import('../pages/nv-citizens-page.ts'),
  ),
  week: page(
    ['staff', 'account', 'errors', 'appointments', 'planning', 'week'],
    () => import('../week/nv-week-page.ts'),
  ),
  team: page(
    ['staff', 'devices', 'errors', 'appointments', 'planning'],
    () => import('../pages/nv-leader-page.ts'),
  ),
  it: page(['staff', 'devices', 'check', 'desk', 'errors'], () => import('../pages/nv-it-page.ts')),
  offers: page(['oversight', 'staff', 'errors'], () => import('../pages/nv-authority-page.ts')),
  audit: page(
    ['oversight', 'staff', 'devices', 'errors'],
    () => import('../pages/nv-auditor-page.ts'),
  ),
  notices: page(['notices'], () => import('../pages/nv-notices-page.ts')),
  missed: page(['notices'], () => import('../pages/nv-missed-page.ts')),
  lookups: page(['citizen', 'devices'], () => import('../pages/nv-lookups-page.ts')),
  check: page(['check', 'citizen'], () => import('../device-check/nv-check-page.ts')),
  sound: page(['talk'], () => import('../pages/nv-sound-page.ts')),
  practice: page(['practice', 'talk', 'citizen'], () => import('../practice/nv-practice-page.ts')),
  about: page(['about'], () => import('../pages/nv-about-page.ts')),
  pair: pairPage,
  formerDevice: page(['citizen', 'devices'], () => import('../pages/nv-former-device-page.ts')),
  pairAgain: pairPage,
  devices: page(['citizen', 'devices'], () => import('../pages/nv-devices-page.ts')),
}

/** Resolves when the view's elements and texts are there; rejects where one could not be fetched. */
export async function loadView(view: View): Promise<void> {
  await LOADERS[view]?.()
}

/** What everybody reads while IT works on the system. */
export const loadMaintenance = page(
  ['maintenance'],
  () => import('../components/nv-maintenance-notice.ts'),
)

/** What warns staff before their session ends. */
export const loadSessionNotice = page(['staff'], () => import('../components/nv-session-notice.ts'))
