import type { texts as danish } from '../da/trouble.ts'
import type { Sentences } from '../text.ts'

export const texts: Sentences<typeof danish> = {
  'trouble.offline': 'You are offline',
  'trouble.offlineHow': 'Check that wi-fi or mobile data is on.',
  'trouble.server': 'We cannot get a connection',
  'trouble.serverHow': 'It is probably a fault at our end. You have done nothing wrong.',
  'trouble.worker': '{name} cannot call you here right now.',
  'trouble.itself': 'The page comes back by itself. You need not do anything.',
  'trouble.talk': 'Do you want to talk to someone?',
}
