import type { texts as danish } from '../da/demo.ts'
import type { Sentences } from '../text.ts'

/** The same in English. */
export const texts: Sentences<typeof danish> = {
  'demo.about': 'Here you try Nærvær with made-up people, and nothing is recorded.',
  'demo.how': 'How to try it',
  'demo.step1': 'Sign in as Mette Holm in one window.',
  'demo.step2': 'Sign in as Anna in the other window.',
  'demo.step3': 'Press “Call” as Mette Holm. Press “Answer” as Anna.',
  'demo.shared': 'Two windows of one browser share their sign-in. So give each its own address:',
  'demo.sharedNoAddress':
    'Two windows of one browser share their sign-in. So use two different browsers.',
  'demo.thisWindow': 'This window',
  'demo.otherWindow': 'The other window',
  'demo.workers': 'Support workers',
  'demo.citizens': 'Citizens',
  'demo.signIn': 'Sign in as {name}',
  'demo.already': 'You are signed in as {name}. You can also choose somebody else.',
  'demo.continue': 'Continue as {name}',
  'demo.signInReal': 'Sign in as staff outside the demo',
  'demo.leaders': 'Leaders',
  'demo.it': 'IT support',
}
