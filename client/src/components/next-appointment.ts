import { page } from '../texts/page.ts'

/** "Næste aftale?" after a talk, with its texts: only a worker fetches it. */
export const loadNextAppointment = page(
  ['staff', 'errors', 'appointments', 'planning'],
  () => import('./nv-next-appointment.ts'),
)
