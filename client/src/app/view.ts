import type { SessionReply } from '@naervaer/shared'
import type { CallPhase } from '../call/call-snapshot.ts'

/** Which page the window shows. */
export type View =
  'loading' | 'trouble' | 'demo' | 'signedOut' | 'home' | 'citizens' | 'incoming' | 'call'

/** What is known when the page is chosen. */
export interface ViewFacts {
  readonly session: SessionReply | 'loading' | 'unknown'
  readonly path: string
  readonly phase: CallPhase
}

/** A call comes before everything, then the address, then who one is. */
export function chooseView({ session, path, phase }: ViewFacts): View {
  if (session === 'loading') return 'loading'
  if (session === 'unknown') return 'trouble'
  if (session.isDemo && (path === '/demo' || session.you === null)) return 'demo'
  if (session.you === null) return 'signedOut'
  if (phase === 'incoming') return 'incoming'
  if (phase !== 'idle') return 'call'
  return session.role === 'worker' ? 'citizens' : 'home'
}
