import { page } from '../texts/page.ts'

/** `nv-talk-more` with its texts: of no use before two talk. */
export const loadTalkMore = page(['talk'], () => import('./nv-talk-more.ts'))
