// Apart from the rest, so that a citizen's first script has none of it.
export * from './level.ts'
export * from './words.ts'
export * from './message.ts'
export * from './reminder-words.ts'
export * from '../http/push.ts'
export * from '../http/reminders.ts'
