import type { texts as danish } from '../da/practice.ts'
import type { Sentences } from '../text.ts'

/** A call with one's own echo, in English. */
export const texts: Sentences<typeof danish> = {
  'practice.about': 'Here you can try a call all by yourself. Nobody else is there.',
  'practice.how': 'It rings. You answer. Then you see and hear yourself, two seconds later.',
  'practice.headphones': 'If you have headphones, put them on.',
  'practice.private': 'We record nothing. Nor do we count it.',
  'practice.begin': 'Begin',

  'practice.none': 'The call cannot go through the municipality here',
  'practice.unreached': 'We cannot reach the municipality just now',
  'practice.without': 'You can practise all the same. Everything then stays on your own device.',
  'practice.goWithout': 'Practise on your device',
  'practice.again': 'Practise again',

  'practice.name': 'Echo',
  'practice.ring': 'This is only a practice call. Echo is your own voice and your own picture.',
  'practice.hint': 'Say something short, and wait. In two seconds you hear it again.',

  'practice.broken': 'We could not get a connection',
  'practice.brokenBody':
    'It is not your fault. The call did not get through the network of the municipality.',

  'practice.ended': 'The practice call is over',
  'practice.endedCitizen': 'It is just the same when your support worker calls.',
  'practice.endedWorker': 'It is just the same when you talk with a citizen.',
  'practice.kept': 'Nothing has been kept.',
}
