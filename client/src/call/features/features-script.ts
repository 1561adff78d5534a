import { importAt } from '../link/import-at.ts'
import type * as Features from './features.ts'
import type { MakeFeatures } from './features.ts'

/** The build puts the address of the script in the place of this: see `client/vite.config.ts`. */
const ADDRESS = '/address-of/call/features/features.ts'

/** Fetches what two people can do in a call besides: of no use before one is answered. */
export async function fetchFeatures(attempt: number): Promise<MakeFeatures> {
  const { TalkFeatures } =
    attempt === 0
      ? await import('./features.ts')
      : ((await importAt(ADDRESS, attempt)) as typeof Features)
  return (context) => new TalkFeatures(context)
}
