import type { SessionReply } from '@naervaer/shared'
import type { CallPhase } from '../call/call-snapshot.ts'

/** Which page the window shows. */
export type View =
  | 'loading'
  | 'trouble'
  | 'demo'
  | 'signedOut'
  | 'replaced'
  | 'home'
  | 'citizens'
  | 'incoming'
  | 'call'

/** What is known when the page is chosen. */
export interface ViewFacts {
  readonly session: SessionReply | 'loading' | 'unknown'
  readonly path: string
  readonly phase: CallPhase
  /** The server has sent this window away, and somebody else is signed in in this browser. */
  readonly isReplaced: boolean
}

/** A call comes before everything, then the address, then who one is; nothing is left of who one was. */
export function chooseView({ session, path, phase, isReplaced }: ViewFacts): View {
  if (isReplaced) return 'replaced'
  if (session === 'loading') return 'loading'
  if (session === 'unknown') return 'trouble'
  if (session.isDemo && (path === '/demo' || session.you === null)) return 'demo'
  if (session.you === null) return 'signedOut'
  if (phase === 'incoming') return 'incoming'
  if (phase !== 'idle') return 'call'
  return session.role === 'worker' ? 'citizens' : 'home'
}
