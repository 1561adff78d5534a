import type { texts as danish } from '../da/check.ts'
import type { Sentences } from '../text.ts'

/** "Test your phone": each question, each thing that can be wrong, and how it is mended in each browser. */
export const texts: Sentences<typeof danish> = {
  'check.about': 'We try one thing at a time. It takes a few minutes.',
  'check.private': 'Nobody can see or hear you meanwhile.',
  'check.told': 'Your support worker can see whether it works.',
  'check.begin': 'Begin',
  'check.where': 'Step {n} of {all}',
  'check.yes': 'Yes',
  'check.no': 'No',
  'check.again': 'Try again',
  'check.goOn': 'Go on',
  'check.asking': 'May the app? Tap "Allow" if you are asked.',

  'check.camera': 'Camera',
  'check.own': 'Your own picture',
  'check.microphone': 'Microphone',
  'check.level': 'This is how loud we hear you',
  'check.heard': 'We can hear you.',
  'check.sound': 'Sound',
  'check.soundAbout': 'Now come two notes. Tap when you are ready.',
  'check.play': 'Play the sound',
  'check.playAgain': 'Play the sound again',
  'check.line': 'Connection',
  'check.lineWait': 'We are trying your connection. Wait a little. You need not do anything.',
  'check.notification': 'Notifications',
  'check.noticeWait': 'We are sending you a trial. Wait a moment. You need not do anything.',
  'check.noticeOff': 'turned off',
  'check.noticeOn': 'Turn on notifications',

  'test.cam': 'Can you see yourself?',
  'test.mic': 'Say something. Does the green line move?',
  'test.sound': 'Can you hear the sound?',
  'test.ok': 'Everything works. You are ready.',
  'check.allWell': 'You need not do anything more now.',
  'check.notAll': 'Something does not work yet',
  'check.notAllBody': 'It is not your fault. You can try again, or you can get help.',
  'check.found': 'This is what we have tried',
  'check.works': 'works',
  'check.not': 'not tried',
  'check.try': 'Try',
  'check.part': 'What we have tried works',
  'check.worksNot': 'does not work yet',
  'check.code': 'Error code {code}',

  'check.actor.citizen': 'You can put this right yourself.',
  'check.actor.worker': 'Your support worker can help you.',
  'check.actor.it': 'It is IT who must put this right.',
  'check.what.camera': 'the camera',
  'check.what.microphone': 'the microphone',
  'check.what.notifications': 'notifications',

  'check.said.K1': 'The app is not allowed to use your camera.',
  'check.said.K2': 'Another app is using the camera.',
  'check.said.K3': 'We cannot find a camera.',
  'check.said.dark': 'You cannot see yourself.',
  'check.said.M1': 'The app is not allowed to use your microphone.',
  'check.said.M2': 'Another app is using the microphone.',
  'check.said.M2silent': 'No sound comes from the microphone.',
  'check.said.M3': 'We cannot find a microphone.',
  'check.said.noSound': 'You cannot hear the sound.',
  'check.said.N1': 'You are offline.',
  'check.said.N1captive': 'Your wi-fi wants you to sign in first.',
  'check.said.N2': 'Your network lets calls through only halfway.',
  'check.said.N3': 'Your network does not let calls through.',
  'check.said.N3server': 'There is a fault at our end. Calls cannot get through.',
  'check.said.N4': 'Your network does not let the app through.',
  'check.said.B1': 'The app is not allowed to notify you.',
  'check.said.B2': 'Our notice did not reach you.',
  'check.said.B2refused': 'We could not send you a notice.',
  'check.said.V1': 'The app does not work in your browser yet.',
  'check.said.S1': 'There is a fault at our end.',
  'check.said.S2': 'Our proof of security ends soon.',
  'check.said.U1': 'The clock of your phone is wrong.',

  'check.how.K2': 'Close the other app. Then try again.',
  'check.how.K3': 'You can talk without picture.',
  'check.how.dark': 'See whether something covers the camera. Is it dark? Turn on the light.',
  'check.how.M2': 'Close the other app. Then try again.',
  'check.how.M2silent':
    'See whether the microphone is turned off. There may be a button on the side or on your headset.',
  'check.how.M3': 'You can write to each other.',
  'check.how.noSound':
    'Turn up the volume on the side of the phone. See whether the sound goes to a headset.',
  'check.how.N1': 'See whether wi-fi or mobile data is on. Then try again.',
  'check.how.N1captive': 'Open another page in your browser. Follow what it says. Then try again.',
  'check.how.N2': 'You can talk. Does the picture stand still? Try another wi-fi or mobile data.',
  'check.how.N3': 'Try another wi-fi or mobile data.',
  'check.how.N3server': 'You need not do anything. Read the code out to whoever helps you.',
  'check.how.N4': 'You cannot be called here. Try another wi-fi or mobile data.',
  'check.how.B2': 'Perhaps the device saves power. Turn that off for the app. Then try again.',
  'check.how.B2android':
    'Open Settings. Tap "Apps". Find your browser. Tap "Battery". Choose "Unrestricted". Then try again.',
  'check.how.B2ios': 'Open Settings. Tap "Battery". Turn off Low Power Mode. Then try again.',
  'check.how.B2desk': 'Leave the browser open. Try again, on another network if you can.',
  'check.how.B2refused': 'You need not do anything. The app still rings while it is open.',
  'check.how.V1': 'Use the newest Chrome, Edge, Firefox or Safari.',
  'check.how.S1': 'You need not do anything. Try again in a while.',
  'check.how.S2': 'You need not do anything. You can use the app today.',
  'check.how.U1': 'Open the settings of the phone. Find date and time. Let the clock set itself.',

  'check.mend.iosApp':
    'Close the app completely, and open it again. Tap "Allow" when the phone asks about {what}.',
  'check.mend.iosSafari': 'Open Settings on the phone. Tap "Apps". Tap "Safari". Turn on {what}.',
  'check.mend.iosOther':
    'Open Settings on the phone. Tap "Apps". Find your browser. Turn on {what}.',
  'check.mend.androidApp':
    'Hold your finger on the app\'s icon. Tap "App info". Tap "Permissions". Turn on {what}.',
  'check.mend.androidChrome':
    'Tap the icon to the left of the address at the top. Tap "Permissions". Turn on {what}.',
  'check.mend.androidSamsung':
    'Tap the lock beside the address. Tap "Permissions". Turn on {what}.',
  'check.mend.androidFirefox':
    'Tap the lock beside the address. Tap what is blocked. Turn on {what}.',
  'check.mend.deskChrome':
    'Click the icon to the left of the address at the top. Turn on {what}. Then try again.',
  'check.mend.deskEdge':
    'Click the lock to the left of the address at the top. Choose "Permissions". Turn on {what}.',
  'check.mend.deskFirefox':
    'Click the lock to the left of the address at the top. Remove the cross at what is blocked. Then try again, and allow {what}.',
  'check.mend.deskSafari':
    'Open the menu "Safari" at the top. Choose "Settings for website". Turn on {what}.',
  'check.mend.other': 'Open the settings of the page in your browser. Turn on {what}.',

  'check.notices.ios': 'Put the app on your home screen. Open it from there. Then try again.',
  'check.notices.iosApp':
    'Open Settings. Tap "Notifications". Find the app\'s name. Turn on "Allow Notifications".',
  'check.notices.androidApp':
    'Hold your finger on the app\'s icon. Tap "App info". Tap "Notifications". Turn them on.',
  'check.notices.deskSafari':
    'Open the menu "Safari" at the top. Choose "Settings". Click "Websites" and "Notifications". Choose "Allow" beside the app.',

  'help.about': 'A support code shows whoever helps you what we have found.',
  'help.inside': 'It does not say who you are.',
  'help.make': 'Get a support code',
  'help.making': 'The code is on its way …',
  'help.codeTitle': 'Your support code',
  'help.readAloud': 'Read it out when you phone for help.',
  'help.pseudonym': 'If you are asked who you are to IT, say:',
  'help.codeLife': 'The code works for 24 hours.',
  'help.spelled': 'as in {word}',
}
