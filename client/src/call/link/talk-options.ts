import type { Path, Side } from '@naervaer/shared'
import type { GenerationSupplies } from './generation.ts'

/** What a talk is given, and whom it tells. */
export interface TalkOptions extends GenerationSupplies {
  readonly side: Side
  /** The highest generation of before this page took part; what comes must be above it. */
  readonly generation: number
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
