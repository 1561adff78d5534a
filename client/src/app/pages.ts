import type { View } from './view.ts'

const loadCallPage = (): Promise<unknown> => import('../pages/nv-call-page.ts')
const loadPairPage = (): Promise<unknown> => import('../pages/nv-pair-page.ts')
const loadPlainPage = (): Promise<unknown> => import('../pages/nv-plain-page.ts')

/** Each page comes when it is first shown, so a citizen never fetches what staff see. */
const LOADERS: Readonly<Record<View, () => Promise<unknown>>> = {
  loading: () => Promise.resolve(),
  // Part of the first script: a ring may not wait for the network.
  incoming: () => Promise.resolve(),
  trouble: loadPlainPage,
  signIn: () => import('../pages/nv-sign-in-page.ts'),
  refused: () => import('../pages/nv-refused-page.ts'),
  invitation: () => import('../pages/nv-invitation-page.ts'),
  sessions: () => import('../pages/nv-sessions-page.ts'),
  passkeys: () => import('../pages/nv-passkeys-page.ts'),
  demo: () => import('../pages/nv-demo-page.ts'),
  choice: () => import('../pages/nv-choice-page.ts'),
  myChoices: () => import('../pages/nv-my-choices-page.ts'),
  home: () => import('../pages/nv-citizen-home-page.ts'),
  citizens: () => import('../pages/nv-citizens-page.ts'),
  call: loadCallPage,
  team: () => import('../pages/nv-leader-page.ts'),
  it: () => import('../pages/nv-it-page.ts'),
  lookups: () => import('../pages/nv-lookups-page.ts'),
  noPage: loadPlainPage,
  pair: loadPairPage,
  pairAgain: loadPairPage,
  devices: () => import('../pages/nv-devices-page.ts'),
}

/** Resolves when the view's elements are defined. */
export async function loadView(view: View): Promise<void> {
  await LOADERS[view]()
}

/** Fetches the call page before there is a call: by then every millisecond and every byte counts. */
export function preloadCall(): void {
  // A failed preload is no news: the page is asked for again when it is needed.
  loadCallPage().catch(() => undefined)
}
