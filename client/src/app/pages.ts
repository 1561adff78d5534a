import '../components/nv-incoming-call.ts'
import '../pages/nv-call-page.ts'
import '../pages/nv-citizen-home-page.ts'
import '../pages/nv-plain-page.ts'
import type { View } from './view.ts'

const loadPairPage = (): Promise<unknown> => import('../pages/nv-pair-page.ts')

/**
 * What a citizen sees while they wait, are rung and talk is part of the first script: neither a ring nor
 * a call may wait for the network, and a browser remembers a script that failed once until the page is
 * loaded anew. Every other page comes when it is shown, so a citizen never fetches what staff see.
 */
const LOADERS: Partial<Readonly<Record<View, () => Promise<unknown>>>> = {
  demo: () => import('../pages/nv-demo-page.ts'),
  signIn: () => import('../pages/nv-sign-in-page.ts'),
  refused: () => import('../pages/nv-refused-page.ts'),
  invitation: () => import('../pages/nv-invitation-page.ts'),
  sessions: () => import('../pages/nv-sessions-page.ts'),
  passkeys: () => import('../pages/nv-passkeys-page.ts'),
  choice: () => import('../pages/nv-choice-page.ts'),
  myChoices: () => import('../pages/nv-my-choices-page.ts'),
  citizens: () => import('../pages/nv-citizens-page.ts'),
  team: () => import('../pages/nv-leader-page.ts'),
  it: () => import('../pages/nv-it-page.ts'),
  offers: () => import('../pages/nv-authority-page.ts'),
  audit: () => import('../pages/nv-auditor-page.ts'),
  lookups: () => import('../pages/nv-lookups-page.ts'),
  pair: loadPairPage,
  pairAgain: loadPairPage,
  devices: () => import('../pages/nv-devices-page.ts'),
}

/** Resolves when the view's elements are defined; rejects where their script could not be fetched. */
export async function loadView(view: View): Promise<void> {
  await LOADERS[view]?.()
}
