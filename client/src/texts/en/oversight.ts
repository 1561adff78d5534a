import type { texts as danish } from '../da/oversight.ts'
import type { Sentences } from '../text.ts'

/** The same in English. */
export const texts: Sentences<typeof danish> = {
  'offers.about':
    'This is who has been offered it, and what they have answered. The citizen can see that you have seen it.',
  'offers.none': 'There are no citizens yet.',
  'offers.state': 'Offer and answer',
  'offers.more': 'Show more',
  'audit.about':
    'The log shows events with ids instead of names. Each time you read here, the log gets another line.',
  'audit.whole': 'Is the log whole?',
  'audit.verify': 'Check the log',
  'audit.isWhole': 'The log is whole. Every line is as it was written.',
  'audit.isBroken':
    'Line {seq} is not as it was written. Talk to IT support and keep a copy of the data.',
  'audit.showHead': 'Show the last line',
  'audit.head': 'The last line is no. {seq}. Its code is',
  'audit.headAbout':
    'Keep number and code somewhere else. Then it shows if anybody changes the log.',
  'audit.log': 'Events',
  'audit.action': 'What has happened?',
  'audit.allActions': 'Everything',
  'audit.from': 'From day',
  'audit.to': 'Until day',
  'audit.show': 'Show',
  'audit.none': 'There are no events that fit.',
  'audit.when': 'When',
  'audit.what': 'What',
  'audit.who': 'Who, and about whom',
  'audit.at': '{date} at {time}',
  'audit.number': 'no. {seq}',
  'audit.subject': 'About',
  'audit.byCommand': 'The command line on the server',
  'audit.bySystem': 'The server itself',
  'audit.older': 'Show older events',
  'audit.choice': 'A citizen’s answers about video conversations',
  'audit.choiceAbout':
    'Use it when somebody has asked for it. You see name and answers, and the citizen can see that it was looked up.',
  'audit.citizenId': 'The citizen’s id as it stands in the log',
  'audit.showChoice': 'Show answers',
  'audit.nobody': 'There is no citizen with that id.',
  'audit.choiceOf': 'Answers of {name}',
  'audit.textVersion': 'Text no. {version}',
  'audit.askedBy': 'Asked by {id}',
  'audit.heardBy': 'Said to {id}',
}
