import { Store } from './store.ts'

/** What stands before the window's title: how many wait for a worker. Set by what only workers fetch. */
export const titleBadge = new Store('')
