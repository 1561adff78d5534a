import type { CallId, Path, Side, SignalMessage } from '@naervaer/shared'
import type { IceConfig } from './generation.ts'
import type { MakeLink } from './peer-link.ts'

/** What a talk is given, and whom it tells. */
export interface TalkOptions {
  readonly call: CallId
  readonly side: Side
  /** The highest generation of before this page took part; what comes must be above it. */
  readonly generation: number
  /** The same for all generations, so that both sides know each other again; null makes new ones. */
  readonly certificate: Promise<RTCCertificate | null> | null
  readonly send: (message: SignalMessage) => void
  readonly fetchIceConfig: () => Promise<IceConfig>
  readonly loadLink: () => Promise<MakeLink>
  readonly onRemoteStream: (stream: MediaStream) => void
  readonly onLinked: (generation: number, path: Path) => void
  readonly onUnlinked: (generation: number) => void
  /** Nothing arrives from the other side: perhaps this window's own network is gone. */
  readonly onSilent: () => void
  /** Something arrives again after a silence: perhaps this window's own network is back. */
  readonly onHeard: () => void
  /** A text of the other side's window; unchecked. */
  readonly onMessage: (text: string) => void
}
