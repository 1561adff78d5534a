import { explainErrors } from './error-text.ts'

explainErrors({
  APPOINTMENT_NOT_FOUND: 'error.appointmentGone',
  APPOINTMENT_CHANGED: 'error.appointmentChanged',
  APPOINTMENT_OVER: 'error.appointmentOver',
  APPOINTMENT_TIME_MISSING: 'error.appointmentNoTime',
  APPOINTMENT_TIME_PAST: 'error.appointmentPast',
  APPOINTMENT_TOO_FAR: 'error.appointmentFar',
  APPOINTMENT_SERIES_INVALID: 'error.appointmentSeries',
  APPOINTMENT_SERIES_STAYS: 'error.appointmentStays',
  APPOINTMENT_SERIES_TOO_LONG: 'error.appointmentLong',
  WORKER_ABSENT: 'error.absentThen',
  APPOINTMENTS_TOO_MANY: 'error.appointmentMany',
})
