import type { ConnectionId, DeviceId } from '../ids.ts'
import type { MediaState, Path, Side } from './call.ts'

/** The window an event comes from. */
export interface Window {
  readonly deviceId: DeviceId
  readonly connectionId: ConnectionId
}

/**
 * Everything that can happen to a call. The sender's person has been checked against the call
 * before: `side` is true, but the window may be any of that person's.
 */
export type CallEvent =
  /** One of the citizen's devices rings. */
  | { readonly type: 'arrived'; readonly from: Window }
  /** A push service has taken the notice for one of the citizen's devices. */
  | { readonly type: 'noticeSent' }
  /** One of the citizen's devices shows the notice. */
  | { readonly type: 'noticeArrived' }
  /** None of the citizen's devices can be notified. `isAlone`: no window of theirs is open either. */
  | { readonly type: 'noticeFailed'; readonly isAlone: boolean }
  | { readonly type: 'accept'; readonly from: Window }
  | { readonly type: 'decline'; readonly from: Window }
  | { readonly type: 'cancel'; readonly from: Window }
  | { readonly type: 'hangUp'; readonly side: Side; readonly from: Window }
  /** A window takes its device's vacant seat, or the one that its own `former` connection still holds. */
  | {
      readonly type: 'attach'
      readonly side: Side
      readonly from: Window
      readonly former: ConnectionId | null
    }
  | {
      readonly type: 'mediaChanged'
      readonly side: Side
      readonly from: Window
      readonly media: MediaState
    }
  /** The peer connection of this generation is up at the window. */
  | {
      readonly type: 'linked'
      readonly side: Side
      readonly from: Window
      readonly generation: number
      readonly path: Path
    }
  /** The peer connection of this generation is gone at the window. */
  | {
      readonly type: 'unlinked'
      readonly side: Side
      readonly from: Window
      readonly generation: number
    }
  | { readonly type: 'connectionLost'; readonly connectionId: ConnectionId }
  /** A device may not be used any more: lost, stolen, or given back. */
  | { readonly type: 'revoked'; readonly deviceId: DeviceId }
  /** Somebody has signed out on a device by their own wish. */
  | { readonly type: 'signedOut'; readonly deviceId: DeviceId }
  /** The worker's sign-in is over where they talk, or they are no worker any more. */
  | { readonly type: 'barred' }
  /** The worker has signed in again where they talk. */
  | { readonly type: 'readmitted' }
  /** The worker is not the citizen's any more, or not for now. */
  | { readonly type: 'unassigned' }
  /** The server has started again: no connection of before is left. */
  | { readonly type: 'restored' }
  /** Time has passed; see `getDeadline`. */
  | { readonly type: 'tick' }
