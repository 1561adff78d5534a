import type { texts as danish } from '../da/appointments.ts'
import type { Sentences } from '../text.ts'

export const texts: Sentences<typeof danish> = {
  'plan.today': 'today at\u00a0{time}',
  'plan.tomorrow': 'tomorrow at\u00a0{time}',
  'plan.day': 'on {date} at\u00a0{time}',
  'plan.video': '{name} calls you {when}',
  'plan.visit': '{name} comes to your home {when}',
  'plan.phone': '{name} phones you {when}',
  'plan.videoHow': '{name} will call you here. You need not do anything.',
  'plan.nothing': 'You need not do anything.',
  'plan.phoneHow': 'It is on the ordinary telephone. You need not do anything.',
  'plan.lateRings': '{name} is {minutes} minutes late and will call at about {time}.',
  'plan.lateComes': '{name} is {minutes} minutes late and will come at about {time}.',
  'plan.insteadRings': '{substitute} will call instead of {name}.',
  'plan.insteadComes': '{substitute} will come instead of {name}.',
  'plan.wait': 'I would rather wait for {name}',
  'plan.waits': 'That is quite all right. {name} has been told. {substitute} will not call {when}.',
  'plan.waitsVisit':
    'That is quite all right. {name} has been told. {substitute} will not come {when}.',
  'plan.waitUndo': '{substitute} is fine',
  'plan.soonAsk': 'Are you ready?',
  'plan.more': '5 more minutes',
  'plan.moreDone': '{name} knows that you would like 5 more minutes.',
  'plan.notToday': 'Not today',
  'plan.off': 'Cancel the appointment',
  'plan.offAsk': 'Do you want to cancel the appointment {when}?',
  'plan.offYes': 'Yes, cancel',
  'plan.offNo': 'No, keep it',
  'plan.offDone': 'You have cancelled the appointment {when}. {name} has been told.',
  'plan.offUndo': 'Undo',
  'plan.offWorker': '{name} has cancelled the appointment {when}. You need not do anything.',
}
