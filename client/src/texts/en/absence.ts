import type { texts as danish } from '../da/absence.ts'
import type { Sentences } from '../text.ts'

/** What workers and leaders read and say of days on which a worker is not at work. */
export const texts: Sentences<typeof danish> = {
  'absence.title': 'Absence',
  'absence.titleOf': 'Absence: {name}',
  'absence.about':
    'Write only which days. There is no room for a reason. Citizens can see how long it lasts.',
  'absence.none': 'No absence has been written down.',
  'absence.own': 'You are absent {span}',
  'absence.other': '{name} is absent {span}',
  'absence.span': 'from {from} to {to} inclusive',
  'absence.add': 'Write down absence',
  'absence.first': 'First day',
  'absence.last': 'Last day',
  'absence.save': 'Save absence',
  'absence.saved': 'The absence is saved.',
  'absence.change': 'Change days',
  'absence.changed': 'The days are changed.',
  'absence.close': 'Close',
  'absence.remove': 'Delete absence',
  'absence.removeAsk': 'Do you want to delete the absence {span}?',
  'absence.back': 'End the absence now',
  'absence.backAsk': 'Do you want to end the absence now? Then the appointments hold again.',
  'absence.removeYes': 'Yes, delete it',
  'absence.backYes': 'Yes, end it now',
  'absence.removed': 'The absence no longer applies.',
  'absence.nobody': 'It touches no citizens.',
  'absence.touched': 'It touches {n} citizens and {m} appointments.',
  'absence.uncovered': '{n} appointments have no substitute.',
  'absence.others': 'It also touches {n} citizens outside the team.',
  'absence.cover.whole': '{who} is there all the time.',
  'absence.cover.partly': '{who} is there some of the time.',
  'absence.cover.none': 'No substitute.',
  'absence.meets': '{kind} {when}: {who}',
  'absence.nobodyThen': 'no substitute',
  'absence.moreTimes': 'And {n} more appointments.',
  'absence.show': 'Show citizens and appointments',
  'absence.hide': 'Hide citizens and appointments',
  'absence.whom': 'Your leader chooses substitutes.',
  'absence.open': 'Absence',

  'error.absenceGone': 'That absence is no longer there.',
  'error.absenceOverlaps': 'Absence has already been written down on some of the days.',
  'error.absenceDays':
    'The days do not fit. The last day must not be before the first. Both must be today or later, and within 400 days.',
}
