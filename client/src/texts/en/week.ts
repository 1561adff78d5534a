import type { texts as danish } from '../da/week.ts'
import type { Sentences } from '../text.ts'

/** The worker's week, in English. */
export const texts: Sentences<typeof danish> = {
  'week.number': 'Week {n} ·',
  'week.view': 'Show',
  'week.day': 'Day',
  'week.week': 'Week',
  'week.list': 'List',
  'week.before': 'Previous week',
  'week.after': 'Next week',
  'week.dayBefore': 'The day before',
  'week.dayAfter': 'The day after',
  'week.today': 'Today',
  'week.new': 'New appointment',
  'week.newAt': 'New appointment {when}',
  'week.who': 'Who is the appointment with?',
  'week.nobody': 'None of your citizens has that name.',
  'week.earlier': 'Earlier this week',
  'week.none': 'No appointments',
  'week.nobodyYet': 'You have no citizens yet, so there is nothing to plan.',
  'week.loading': 'Fetching your appointments …',
  'week.grid': 'Appointments {days}',
  'week.hours': 'Time',
  'week.off': 'Called off',
  'week.offWorker': 'Cancelled',
  'week.waits': 'Waits for {worker}',
  'week.late': '{n} min. late',
  'week.by': 'With {worker}',
  'week.series': 'Repeated',
  'week.help':
    'Drag an appointment to move it, or choose it and use Alt and the arrow keys. Enter opens it. Click a free time to make a new one.',
  'week.draft': 'Moving to {when}. Press Enter to move it, Escape to leave it.',
  'week.draftEnd':
    'The arrow keys move it within the week only. To choose another week, open the appointment: Escape, then Enter.',
  'week.draftGone': 'The appointment stays where it is.',
  'week.moveTitle': 'Move the appointment with {name}?',
  'week.moveFrom': 'Now: {when}',
  'week.moveTo': 'New time: {when}',
  'week.moveTold': '{name} can see it on the first page.',
  'week.moveYes': 'Yes, move it',
  'week.moveNo': 'No, leave it',
}
