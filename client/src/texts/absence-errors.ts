import { explainErrors } from './error-text.ts'

explainErrors({
  ABSENCE_NOT_FOUND: 'error.absenceGone',
  ABSENCE_OVERLAPS: 'error.absenceOverlaps',
  ABSENCE_DAYS_INVALID: 'error.absenceDays',
})
