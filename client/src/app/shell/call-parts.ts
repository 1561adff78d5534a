import { loadNextAppointment } from '../../components/next-appointment.ts'
import { loadTalkMore } from '../../components/talk-more.ts'
import { loadBeside } from '../../pages/beside.ts'
import { loadWorkerCall } from '../../pages/worker-call.ts'

/** What comes late in a call of this side, beside what the services fetch by themselves. */
export async function loadCallParts(side: 'citizen' | 'worker'): Promise<void> {
  const ofWorker = side === 'worker' ? [loadWorkerCall, loadNextAppointment] : []
  const parts = [loadBeside, loadTalkMore, ...ofWorker]
  // One that cannot be had must not keep the others.
  await Promise.allSettled(parts.map((load) => load()))
}
