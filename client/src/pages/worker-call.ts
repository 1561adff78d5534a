import { page } from '../texts/page.ts'

/** What only a worker sees of a call, with its texts: a citizen never fetches it. */
export const loadWorkerCall = page(
  ['staff', 'errors', 'appointments', 'planning'],
  () => import('../components/worker-call.ts'),
)
