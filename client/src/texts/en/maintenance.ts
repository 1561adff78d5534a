import type { texts as danish } from '../da/maintenance.ts'
import type { Sentences } from '../text.ts'

/** The same in English. */
export const texts: Sentences<typeof danish> = {
  'maintenance.citizen.until':
    'We are updating the app until {time}. Nobody can call you here meanwhile.',
  'maintenance.citizen.now': 'We are updating the app. Nobody can call you here meanwhile.',
  'maintenance.staff.until':
    'The system is being updated until {time}. Nobody can be called meanwhile. A call that has begun goes on.',
  'maintenance.staff.now':
    'The system is being updated. Nobody can be called meanwhile. A call that has begun goes on.',
}
