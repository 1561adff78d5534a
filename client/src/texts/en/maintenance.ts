import type { texts as danish } from '../da/maintenance.ts'
import type { Sentences } from '../text.ts'

/** The same in English. */
export const texts: Sentences<typeof danish> = {
  'maintenance.until': 'The system is being updated until {time}. A call that has begun goes on.',
  'maintenance.now': 'The system is being updated. A call that has begun goes on.',
}
