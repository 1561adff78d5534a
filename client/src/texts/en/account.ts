import type { texts as danish } from '../da/account.ts'
import type { Sentences } from '../text.ts'

/** The same in English. */
export const texts: Sentences<typeof danish> = {
  'pair.start': 'Enter start code',

  'signin.about': 'This is where staff sign in.',
  'signin.ended':
    'You have been signed out. Time is up, or your access has changed. Ask your IT department if you cannot sign in again.',
  'signin.work': 'Sign in with your work account',
  'signin.passkey': 'Sign in with a passkey',
  'signin.passphraseOpen': 'Sign in with a passphrase',
  'signin.name': 'User name',
  'signin.passphrase': 'Passphrase',
  'signin.code': 'Code from your app, six digits',
  'signin.submit': 'Sign in',
  'signin.citizen':
    'Do you have video conversations? Ask your support worker to help you in again.',

  'refused.unknownRole':
    'Your work account does not have access to Nærvær yet. Ask your IT department for a role, and give them this id:',
  'refused.copy': 'Copy id',
  'refused.copied': 'The id has been copied.',
  'refused.closed': 'Your access to Nærvær is closed. Talk to your leader or your IT department.',
  'refused.level':
    'Nærvær needs a stronger sign-in, for example in two steps. Ask your IT department if in doubt.',
  'refused.expired': 'It took too long, or you began in another window. Begin again.',
  'refused.cancelled': 'You stopped before you were done. Nothing has happened.',
  'refused.unreachable':
    'Signing in with work accounts does not answer right now. It is not your fault. Try again in a while.',
  'refused.failed':
    'The answer from your work account did not fit. Try again. If it happens again, talk to your IT department.',

  'invite.title': 'Welcome, {name}',
  'invite.body': 'Make a passkey. Then you sign in with finger, face or PIN.',
  'invite.passkey': 'Make a passkey',
  'invite.passphrase': 'Use a passphrase instead',
  'invite.until': 'The link works until {time}, and only once.',
  'invite.gone': 'The link no longer works',
  'invite.goneBody': 'A link works for 15 minutes, and only once.',
  'invite.toSignIn': 'Go to sign-in',
  'invite.passphraseTitle': 'Make a passphrase',
  'invite.name': 'Your user name is {name}. Write it down.',
  'invite.appTitle': 'Codes from an app',
  'invite.app': 'Scan the picture with an app that makes codes.',
  'invite.qr': 'QR code for your app',
  'invite.seed': 'Can you not scan? Type this key into the app:',
  'invite.chooseTitle': 'Your passphrase',
  'invite.rule': 'At least {count} characters. Use some words that do not belong together.',
  'invite.finish': 'Save and sign in',

  'passkeys.about': 'You sign in with a passkey. If you have two, you can lose one.',
  'passkeys.none': 'You have no passkeys yet.',
  'passkeys.made': 'Made {date}',
  'passkeys.used': 'Last used {date}',
  'passkeys.unused': 'Not used yet',
  'passkeys.add': 'Add a passkey',
  'passkeys.added': 'The passkey has been added.',
  'passkeys.remove': 'Remove',
  'passkeys.removeThis': 'Remove the passkey made {date}',
  'passkeys.removed': 'The passkey has been removed. You have been signed out everywhere else.',

  'feed.title': 'See your appointments in Outlook',
  'feed.about':
    'You get an address that you put into Outlook once. Then your appointments stand there as well, and follow when you change something here. You can use another calendar, too.',
  'feed.noNames': 'No names of citizens stand there.',
  'feed.names': "Citizens' first names stand there as well.",
  'feed.make': 'Get an address for Outlook',
  'feed.renew': 'Get a new address',
  'feed.close': 'Show no more in Outlook',
  'feed.since': 'You got your address {date}. If you get a new one, the old one stops working.',
  'feed.address': 'Your private address for Outlook',
  'feed.copy': 'Copy address',
  'feed.open': 'Put into my calendar',
  'feed.once':
    'The address is shown only now. Whoever has it can read the calendar. Do not pass it on.',
  'feed.step1': 'Open the calendar in Outlook. Choose “Add calendar”.',
  'feed.step2': 'Choose “Subscribe from web”.',
  'feed.step3': 'Paste the address and choose “Import”.',
  'feed.slow':
    'Outlook fetches news after some hours. Change appointments only here: what stands here in Nærvær is what holds.',
  'feed.copied': 'The address is copied.',
  'feed.byHand': 'The address is selected. Copy it yourself.',
  'feed.closed': 'The address no longer works. Outlook gets no more appointments from here.',

  'sessions.about': 'Is there a place you do not know? Then sign out there.',
  'sessions.this': '{device}, which you are using now',
  'sessions.started': 'Signed in {date}',
  'sessions.used': 'Last used {date}',
  'sessions.end': 'Sign out there',
  'sessions.endThis': 'Sign out there: {device}, last used {date}',
  'sessions.endOthers': 'Sign out everywhere else',
  'sessions.ended': 'You are signed out there.',
  'sessions.othersEnded': 'You are signed out everywhere else.',
  'invite.goneUsed': 'Have you used it yourself? Then you can sign in now.',
  'invite.goneNext': 'Otherwise, ask whoever gave you the link for a new one.',
  'invite.work': 'You sign in with your work account. There is nothing more to do here.',
  'invite.passphraseOnly': 'Make a passphrase. Then you can sign in when the work account fails.',
  'passkeys.closed': 'You sign in with your work account. Passkeys here do not work for you.',
}
