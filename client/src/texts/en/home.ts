import type { texts as danish } from '../da/home.ts'
import type { Sentences } from '../text.ts'

/** The same in English. */
export const texts: Sentences<typeof danish> = {
  'home.ready': 'I am ready',
  'home.readyShown': 'Now {name} can see that you are ready.',
  'home.readyUntil': 'It holds until {time}.',
  'home.readyNot': 'I am not ready any more',
  'home.requestCall': 'Ask {name} to call',
  'home.requestSent': '{name} has got your message and will call when there is time.',
  'home.requestSentMany': 'Your message is sent. {name} will call when there is time.',
  'home.requestSeen': '{name} has seen your message and will call when there is time.',
  'home.requestSeenMany': 'Your message has been seen. {name} will call when there is time.',
  'home.requestUndo': 'Take the message back',
  'home.missedYesterday': '{name} called yesterday at {time}',
  'missed.again': 'Ask {name} to call again',
}
