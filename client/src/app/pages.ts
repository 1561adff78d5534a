import type { View } from './view.ts'

const loadCallPage = (): Promise<unknown> => import('../pages/nv-call-page.ts')
const loadPlainPage = (): Promise<unknown> => import('../pages/nv-plain-page.ts')

/** Each page comes when it is first shown, so a citizen never fetches what staff see. */
const LOADERS: Readonly<Record<View, () => Promise<unknown>>> = {
  loading: () => Promise.resolve(),
  // Part of the first script: a ring may not wait for the network.
  incoming: () => Promise.resolve(),
  trouble: loadPlainPage,
  signedOut: loadPlainPage,
  replaced: loadPlainPage,
  demo: () => import('../pages/nv-demo-page.ts'),
  home: () => import('../pages/nv-citizen-home-page.ts'),
  citizens: () => import('../pages/nv-citizens-page.ts'),
  call: loadCallPage,
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
