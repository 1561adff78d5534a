import { NOTICE_PATH, type Role, type SessionReply } from '@naervaer/shared'
import type { CallPhase } from '../call/call-snapshot.ts'
import type { DeviceMark } from '../services/device/device-mark.ts'
import { listPages } from '../components/own-pages.ts'
import { CITIZENS_PATHS, PATHS } from './paths.ts'

/** Which page the window shows. */
export type View =
  | 'loading'
  | 'trouble'
  | 'demo'
  | 'replaced'
  | 'signIn'
  | 'refused'
  | 'invitation'
  | 'passkeys'
  | 'sessions'
  | 'home'
  | 'citizens'
  | 'week'
  | 'incoming'
  | 'call'
  | 'choice'
  | 'myChoices'
  | 'team'
  | 'it'
  | 'offers'
  | 'audit'
  | 'lookups'
  | 'sound'
  | 'check'
  | 'practice'
  | 'noPage'
  | 'noSuchPage'
  | 'pair'
  | 'pairAgain'
  | 'formerDevice'
  | 'devices'
  | 'notices'
  | 'missed'
  | 'about'

/** What is known when the page is chosen. */
export interface ViewFacts {
  readonly session: SessionReply | 'loading' | 'unknown'
  readonly path: string
  readonly phase: CallPhase
  /** The citizen reads what a stop means, which may have signed this device out. */
  readonly isFarewell?: boolean
  /** Whether this browser is a paired device, or was one, and why it is none any more. */
  readonly deviceMark?: DeviceMark
  /** The server has sent this window away, and somebody else is signed in in this browser. */
  readonly isReplaced: boolean
}

/** A call comes before everything, then the address, then who one is; nothing is left of who one was. */
export function chooseView(facts: ViewFacts): View {
  const { session, path, phase, isFarewell, deviceMark, isReplaced } = facts
  if (isReplaced) return 'replaced'
  if (isFarewell === true) return 'myChoices'
  if (session === 'loading') return 'loading'
  // Of use above all where the server cannot be reached.
  if (phase === 'idle' && path === '/test') return 'check'
  if (session === 'unknown') return 'trouble'
  if (phase === 'idle' && path === '/om') return 'about'
  if (phase === 'idle' && !PATHS.has(path)) return 'noSuchPage'
  if (path === '/invitation') return 'invitation'
  if (path === '/sign-in' && session.you === null) return 'signIn'
  if (path === '/sign-in/refused' && session.you === null) return 'refused'
  if (path === '/start' && phase === 'idle') return 'pair'
  if (session.you === null && CITIZENS_PATHS.includes(path)) {
    if (deviceMark === 'lost') return 'pairAgain'
    if (deviceMark === 'stopped' || deviceMark === 'removed') return 'formerDevice'
  }
  if (session.isDemo && (path === '/demo' || session.you === null)) return 'demo'
  if (session.you === null) return 'signIn'
  if (phase === 'incoming') return 'incoming'
  if (phase !== 'idle') return 'call'
  return findPage(session.roles, path)
}

/** The page at the address, or the first that one has. */
function findPage(roles: readonly Role[], path: string): View {
  if (path === '/lookups' && roles.includes('citizen')) return 'lookups'
  if (path === '/svar' && roles.includes('citizen')) return 'choice'
  if (path === '/besked' && roles.includes('citizen')) return 'notices'
  if (path === NOTICE_PATH && roles.includes('citizen')) return 'missed'
  if (path === '/devices' && roles.includes('citizen')) return 'devices'
  if (path === '/mine-valg' && roles.includes('citizen')) return 'myChoices'
  const isInCalls = roles.includes('citizen') || roles.includes('worker')
  if (path === '/lyd-og-billede' && isInCalls) return 'sound'
  if (path === '/oeveopkald' && isInCalls) return 'practice'
  if (path === '/sessions' && roles.some((role) => role !== 'citizen')) return 'sessions'
  if (path === '/passkeys' && roles.some((role) => role !== 'citizen')) return 'passkeys'
  const pages = listPages(roles)
  const page = pages.find((each) => each.path === path) ?? pages[0]
  return page?.view ?? 'noPage'
}
