import type { AUDIT_DETAILS, AuditAction } from '@naervaer/shared'
import { currentLanguage, type Language } from './text.ts'

type Words = Readonly<Record<AuditAction, string>>

/** What happened, for whoever reads the audit log. Apart from the other texts, which citizens fetch. */
const WORDS: Readonly<Record<Language, Words>> = {
  da: {
    'session.started': 'Logget ind',
    'session.ended': 'Login afsluttet',
    'signIn.refused': 'Login afvist',
    'breakGlass.used': 'Nødkonto brugt',
    'sessions.ended': 'Logins afsluttet',
    'sessions.listed': 'Så logins',
    'people.listed': 'Så listen over personer',
    'staff.listed': 'Så listen over medarbejdere',
    'audit.verified': 'Kontrollerede loggen',
    'audit.headRead': 'Læste loggens seneste linje',
    'audit.read': 'Læste loggen',
    'choice.offered': 'Videosamtaler tilbudt',
    'choice.accepted': 'Ja tak til videosamtaler',
    'choice.declined': 'Nej tak til videosamtaler',
    'choice.later': 'Vil spørges en anden gang',
    'choice.paused': 'Pause fra videosamtaler',
    'choice.resumed': 'Pause slut',
    'choice.withdrawn': 'Stop for videosamtaler',
    'protection.set': 'Adresse beskyttet',
    'protection.cleared': 'Adresse ikke beskyttet mere',
    'travel.set': 'Kørsel til borger skrevet',
    'travel.cleared': 'Kørsel til borger slettet',
    'rates.listed': 'Så satser for kørsel',
    'rate.added': 'Sats for kørsel tilføjet',
    'rate.removed': 'Sats for kørsel fjernet',
    'killSwitch.set': 'Nødafbryder for appen betjent',
    'quiet.overruled': 'Ringede op i stilletid',
    'quiet.set': 'Stilletid valgt',
    'quiet.cleared': 'Stilletid slået fra',
    'notices.turnedOn': 'Besked ved opkald slået til',
    'notices.turnedOff': 'Besked ved opkald slået fra',
    'choice.read': 'Så en borgers svar om videosamtaler',
    'offers.listed': 'Så, om videosamtaler er tilbudt',
    'oidc.logoutReceived': 'Logget ud fra arbejdskonto',
    'staff.created': 'Konto lavet',
    'staff.rolesChanged': 'Roller ændret',
    'staff.disabled': 'Konto lukket',
    'staff.enabled': 'Konto åbnet',
    'staff.deleted': 'Konto slettet',
    'team.created': 'Team lavet',
    'team.joined': 'Sat på team',
    'team.left': 'Taget af team',
    'team.read': 'Så sit team',
    'citizen.created': 'Borger tilføjet',
    'assignment.started': 'Tilknytning lavet',
    'assignment.changed': 'Tilknytning ændret',
    'assignment.ended': 'Tilknytning slut',
    'invitation.created': 'Invitation lavet',
    'invitation.used': 'Invitation brugt',
    'passkey.added': 'Adgangsnøgle tilføjet',
    'passkey.removed': 'Adgangsnøgle fjernet',
    'pairing.begun': 'Startkode lavet',
    'pairing.refused': 'Enhed afvist',
    'pairing.locked': 'For mange forkerte startkoder',
    'device.paired': 'Enhed tilsluttet',
    'device.revoked': 'Enhed koblet fra',
    'devices.listed': 'Så enheder',
    'report.read': 'Åbnede en teknisk rapport',
  },
  en: {
    'session.started': 'Signed in',
    'session.ended': 'Sign-in ended',
    'signIn.refused': 'Sign-in refused',
    'breakGlass.used': 'Emergency account used',
    'sessions.ended': 'Sign-ins ended',
    'sessions.listed': 'Saw sign-ins',
    'people.listed': 'Saw the list of people',
    'staff.listed': 'Saw the list of staff',
    'audit.verified': 'Checked the log',
    'audit.headRead': 'Read the last line of the log',
    'audit.read': 'Read the log',
    'choice.offered': 'Video conversations offered',
    'choice.accepted': 'Yes to video conversations',
    'choice.declined': 'No to video conversations',
    'choice.later': 'Wants to be asked another time',
    'choice.paused': 'Break from video conversations',
    'choice.resumed': 'Break over',
    'choice.withdrawn': 'Stop to video conversations',
    'protection.set': 'Address protected',
    'protection.cleared': 'Address no longer protected',
    'travel.set': 'Travel to citizen written down',
    'travel.cleared': 'Travel to citizen removed',
    'rates.listed': 'Looked at mileage rates',
    'rate.added': 'Mileage rate added',
    'rate.removed': 'Mileage rate removed',
    'killSwitch.set': 'Kill switch of the app used',
    'quiet.overruled': 'Rang in quiet hours',
    'quiet.set': 'Quiet hours chosen',
    'quiet.cleared': 'Quiet hours turned off',
    'notices.turnedOn': 'Notices of calls turned on',
    'notices.turnedOff': 'Notices of calls turned off',
    'choice.read': 'Saw a citizen’s answers about video conversations',
    'offers.listed': 'Saw whether video conversations were offered',
    'oidc.logoutReceived': 'Signed out by work account',
    'staff.created': 'Account made',
    'staff.rolesChanged': 'Roles changed',
    'staff.disabled': 'Account closed',
    'staff.enabled': 'Account opened',
    'staff.deleted': 'Account deleted',
    'team.created': 'Team made',
    'team.joined': 'Put in a team',
    'team.left': 'Taken out of a team',
    'team.read': 'Saw own team',
    'citizen.created': 'Citizen added',
    'assignment.started': 'Assignment made',
    'assignment.changed': 'Assignment changed',
    'assignment.ended': 'Assignment over',
    'invitation.created': 'Invitation made',
    'invitation.used': 'Invitation used',
    'passkey.added': 'Passkey added',
    'passkey.removed': 'Passkey removed',
    'pairing.begun': 'Start code made',
    'pairing.refused': 'Device refused',
    'pairing.locked': 'Too many wrong start codes',
    'device.paired': 'Device paired',
    'device.revoked': 'Device disconnected',
    'devices.listed': 'Saw devices',
    'report.read': 'Opened a technical report',
  },
}

/** An action in words. */
export function describeAction(action: AuditAction): string {
  return WORDS[currentLanguage()][action]
}

type DetailName = (typeof AUDIT_DETAILS)[number]

const DETAIL_NAMES: Readonly<Record<Language, Readonly<Record<DetailName, string>>>> = {
  da: {
    method: 'Måde',
    reason: 'Grund',
    sessionId: 'Login',
    deviceId: 'Enhed',
    callId: 'Samtale',
    teamId: 'Team',
    assignmentId: 'Tilknytning',
    invitationId: 'Invitation',
    passkeyId: 'Adgangsnøgle',
    role: 'Rolle',
    kind: 'Slags',
    count: 'Antal',
    textVersion: 'Tekst nr.',
    fromAt: 'Fra',
    toAt: 'Til',
  },
  en: {
    method: 'Way',
    reason: 'Reason',
    sessionId: 'Sign-in',
    deviceId: 'Device',
    callId: 'Call',
    teamId: 'Team',
    assignmentId: 'Assignment',
    invitationId: 'Invitation',
    passkeyId: 'Passkey',
    role: 'Role',
    kind: 'Kind',
    count: 'Number',
    textVersion: 'Text no.',
    fromAt: 'From',
    toAt: 'To',
  },
}

/** The ways of signing in by name; ids and codes stand as they are, to be copied. */
const WAYS: Readonly<Record<Language, Readonly<Partial<Record<string, string>>>>> = {
  da: {
    passkey: 'adgangsnøgle',
    passphrase: 'adgangssætning',
    oidc: 'arbejdskonto',
    demo: 'prøven',
    device: 'tilsluttet enhed',
    invitation: 'invitation',
  },
  en: {
    passkey: 'passkey',
    passphrase: 'passphrase',
    oidc: 'work account',
    demo: 'the trial',
    device: 'paired device',
    invitation: 'invitation',
  },
}

/** What a detail of a line is called; its code where it is none that is written today. */
export function describeDetailName(name: string): string {
  const names: Readonly<Partial<Record<string, string>>> = DETAIL_NAMES[currentLanguage()]
  return names[name] ?? name
}

/** A way of signing in by its name, anything else as it stands. */
export function describeDetailValue(name: string, value: string): string {
  const isWay = name === 'method' || name === 'kind'
  return (isWay ? WAYS[currentLanguage()][value] : undefined) ?? value
}
