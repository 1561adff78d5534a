import '../components/nv-incoming-call.ts'
import '../pages/nv-call-page.ts'
import '../pages/nv-citizen-home-page.ts'
import '../pages/nv-plain-page.ts'
import type { View } from './view.ts'

/**
 * What a citizen sees is part of the first script: neither a ring nor a call may wait for the network,
 * and a browser remembers a script that failed once until the page is loaded anew. What only staff and
 * newcomers see comes when it is shown, so a citizen never fetches it.
 */
const LOADERS: Partial<Readonly<Record<View, () => Promise<unknown>>>> = {
  demo: () => import('../pages/nv-demo-page.ts'),
  citizens: () => import('../pages/nv-citizens-page.ts'),
}

/** Resolves when the view's elements are defined; rejects where their script could not be fetched. */
export async function loadView(view: View): Promise<void> {
  await LOADERS[view]?.()
}
