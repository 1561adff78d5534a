import type { texts as danish } from '../da/everybody.ts'
import type { Sentences } from '../text.ts'

/** The same in English. */
export const texts: Sentences<typeof danish> = {
  'app.name': 'Nærvær',
  'app.loading': 'One moment …',
  'app.tryAgain': 'Try again',
  'app.reload': 'Open the page again',
  'app.title': '{page} – Nærvær',
  'app.or': '{first} or {last}',

  'home.hello': 'Hi {name}',
  'home.nothing': 'When {name} calls, it shows here. You need not do anything.',
  'home.nobody': 'You need not do anything right now.',
  'home.worker': 'Your support worker is {name}.',
  'home.declined': 'That is quite all right. {name} has been told.',
  'home.sound': 'Tap here to hear it when {name} calls.',
  'home.urgent': 'Is it urgent?',
  'home.urgentCall': 'Call 112',
  'home.duty': 'Call on duty',
  'home.paused': 'You are taking a break until {date}. {name} will not call meanwhile.',
  'home.pausedNobody': 'You are taking a break until {date}.',
  'home.offered': '{name} asks whether you would like to try video conversations.',
  'home.offeredNobody': 'Would you like to try video conversations?',
  'home.offeredRead': 'Read about it',
  'home.ready': 'I am ready',
  'home.readyShown': 'Now {name} can see that you are ready.',
  'home.readyUntil': 'It holds until {time}.',
  'home.readyNot': 'I am not ready any more',
  'home.requestCall': 'Ask {name} to call',
  'home.busy': '{name} is busy right now.',
  'home.requestSent': '{name} has got your message and will call when there is time.',
  'home.requestSentMany': 'Your message is sent. {name} will call when there is time.',
  'home.requestSeen': '{name} has seen your message and will call when there is time.',
  'home.requestSeenMany': 'Your message has been seen. {name} will call when there is time.',
  'home.requestUndo': 'Take the message back',
  'home.missedYesterday': '{name} called yesterday at {time}',

  'accept.titleNobody': 'Would you like to talk with your support worker by video?',

  'push.title': 'Notify me when somebody calls',

  'choices.title': 'My choices',

  'ring.title': '{name} is calling',
  'ring.who': '{name} is your support worker.',
  'ring.instead': '{name} is calling instead of {own}.',
  'ring.wait': 'I would rather wait for {own}',
  'ring.alone': '{name} is alone in a closed room.',
  'ring.answer': 'Answer',
  'ring.nocam': 'Answer without camera',
  'ring.notnow': 'Not now',
  'ring.silence': 'Silence',
  'ring.silenced': 'The sound is off.',
  'ring.blocked': 'Tap anywhere on the screen for sound.',
  'ring.elsewhere': 'You are talking elsewhere',
  'ring.elsewhereBody': 'You are talking with {name} in another window or on another device.',

  'out.title': 'You are calling {name}',
  'out.elsewhere': 'You are calling {name} in another window.',

  'call.with': 'You are talking with {name}',
  'call.connecting': 'Connecting …',
  'call.controls': 'Buttons for the conversation',
  'call.camOff': 'Turn camera off',
  'call.camOn': 'Turn camera on',
  'call.micOff': 'Turn microphone off',
  'call.micOn': 'Turn microphone on',
  'call.write': 'Write',
  'call.pause': 'Pause',
  'call.resume': 'Continue',
  'call.paused': 'Paused. Nobody can see or hear you.',
  'call.pausedHear': 'You do not hear {name} either until you continue.',
  'call.pausedOther': '{name} has paused.',
  'call.aloneAgain': 'I am alone now',
  'call.notAloneShown': '{name} can see that you are not alone.',
  'call.otherNotAlone': '{name} is not alone.',
  'call.otherScreen': '{name} is showing a screen.',
  'call.ownScreen': 'You are showing your screen. {name} sees it instead of your picture.',
  'call.stopScreen': 'Stop showing the screen',
  'call.otherScreenPicture': '{name:s} screen',
  'call.more': 'More',
  'call.hangup': 'Hang up',
  'call.otherLeft': '{name} has hung up.',
  'call.camOffNotice': 'Your camera is off. {name} cannot see you.',
  'call.micOffNotice': 'Your microphone is off. {name} cannot hear you.',
  'call.otherCamOff': '{name} has turned the camera off.',
  'call.otherNoCam': '{name} has no picture.',
  'call.otherMicOff': '{name} has turned the microphone off.',
  'call.otherNoMic': '{name} has no sound.',
  'call.otherAway': '{name} is away for a moment. We are waiting.',
  'call.unheard': '{name} cannot hear you.',
  'call.unseen': '{name} cannot see you.',
  'call.otherPicture': '{name:s} picture',
  'call.ownPicture': 'Your own picture',

  'media.camblocked': 'The app is not allowed to use your camera. You can talk without picture.',
  'media.camblockedHow':
    'Press the icon beside the address and allow it. Then press “Turn camera on”.',
  'media.camblockedHowInstalled': 'Allow it in the device’s settings. Then press “Turn camera on”.',
  'media.bothblocked':
    'The app is not allowed to use your camera and microphone. {name} cannot see or hear you.',
  'media.bothblockedHow':
    'Press the icon beside the address and allow both. Then press “Turn camera on” and “Turn microphone on”.',
  'media.bothblockedHowInstalled':
    'Allow both in the device’s settings. Then press “Turn camera on” and “Turn microphone on”.',
  'media.nocam': 'We cannot find a camera. You can talk without picture.',
  'media.cambusy': 'Another app is using the camera. Close it. Then press “Turn camera on”.',
  'media.micblocked': 'The app is not allowed to use your microphone. {name} cannot hear you.',
  'media.micblockedHow':
    'Press the icon beside the address and allow it. Then press “Turn microphone on”.',
  'media.micblockedHowInstalled':
    'Allow it in the device’s settings. Then press “Turn microphone on”.',
  'media.nomic': 'We cannot find a microphone. {name} cannot hear you.',
  'media.micbusy':
    'Another app is using the microphone. Close it. Then press “Turn microphone on”.',
  'media.camStill': 'The camera is still off.',
  'media.micStill': 'The microphone is still off.',
  'media.micSilent':
    'No sound comes from your microphone. See if it is turned off on the microphone itself.',
  'media.asking': 'The screen asks for permission. Tap “Allow”.',
  'media.askingDesk': 'The browser asks for permission. Press “Allow”.',
  'media.interrupted': 'Sound or picture was interrupted. Press to come back.',
  'media.comeBack': 'Come back',
  'media.sound': 'Tap here for sound',

  'net.connecting': 'Connecting …',
  'net.offline': 'You are offline. Check that wi-fi or mobile data is on.',
  'net.retry': 'The connection was lost. We are trying again.',
  'net.weak': 'The connection is weak.',
  'net.audioOnly':
    'The connection is weak. We have turned the picture off so you can still hear each other.',
  'net.videoBack': 'The picture is back.',
  'net.stopped': 'This window is paused. Press “Try again”.',
  'net.server': 'There is a fault at our end. Try again in a moment.',

  'end.title': 'The conversation has ended',
  'end.failed': 'We could not connect.',
  'end.dropped': 'The connection was lost.',
  'end.citizenFailedBody': '{name} can call again. You need not do anything.',
  'end.unknown': 'The call has ended.',
  'end.oops': 'Hung up by accident? You can go back for two minutes.',
  'end.goBack': 'Go back to the conversation',
  'end.waiting': '{name} has been told. Wait a moment.',
  'end.undo': 'Undo',
  'end.over': 'The two minutes are over now.',
  'end.notNow': '{name} cannot right now. {name} can call again later.',
  'end.late': '{name} did not make it in time. {name} can call again later.',
  'end.peace': 'Give {name} some peace. You can call again in a minute.',
  'end.again': 'Call again',
  'end.back': 'Back',
  'end.backToCitizens': 'Back to my citizens',

  'missed.title': '{name} called at {time}',
  'missed.body': 'It does not matter that you did not make it.',
  'missed.again': 'Ask {name} to call again',

  'vacant.title': 'The conversation with {name} is still on',
  'vacant.body': 'The page was closed, but the conversation is still there.',
  'vacant.back': 'Go back to the conversation',

  'staff.citizens': 'My citizens',
  'week.title': 'My week',

  'demo.title': 'Try a conversation',

  'pair.title': 'Enter your start code',
  'pair.expired': 'The code is too old. Ask for a new one.',
  'pair.again': 'The app must be connected again',
  'former.title': 'Not connected',
  'pair.mine': 'My devices',

  'replaced.title': 'Somebody else is signed in here now.',
  'replaced.body': 'This window is paused.',

  'signin.title': 'Sign in',

  'refused.title': 'You are not signed in',

  'invite.page': 'Invitation',

  'passkeys.title': 'My passkeys',

  'sessions.title': 'Where you are signed in',

  'noPage.title': 'You have no pages here',
  'noPage.body': 'Your account is open, but there are no pages for it yet. Ask IT support.',

  'lost.title': 'There is no such page',
  'lost.body': 'The address belongs to no page here.',
  'lost.home': 'Go to the front page',

  'lead.title': 'My team',

  'it.title': 'IT support',
  'offers.title': 'Offers of video conversations',
  'audit.title': 'Audit log',

  'practice.title': 'Practise a call',
  'device.title': 'Sound and picture',
  'help.title': 'Help',

  'about.title': 'About the app and your data',
  'mydata.who': 'Who has looked at my data?',

  'error.general': 'That did not work. Try again.',
  'error.notAssigned': 'You are not assigned to this citizen.',
  'error.choiceAlreadyGiven': 'Yes has already been said to video conversations.',
  'error.choiceTextOld': 'The text has been changed. Open the page again and read the new one.',
  'error.notResumable': 'You cannot go back to the conversation any more.',
  'error.workerAway': 'Your support worker is not at the screen right now. Try again in a moment.',
  'error.answeredElsewhere': 'You have answered on another device.',
  'error.ended': 'The call has ended.',
  'error.seatTaken': 'The conversation is open in another window.',
  'error.rateLimited': 'That was too fast. Wait a little and try again.',
  'error.session': 'You have been signed out.',
  'error.stopping': 'We are restarting. Try again in a moment.',
  'error.connectionLost': 'There is no connection right now. Try again when it is back.',

  'trouble.title': 'We cannot open the page right now',
}
