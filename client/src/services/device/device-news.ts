import type { ServerMessageOf } from '@naervaer/shared'
import type { SignallingClient } from '../socket/signalling-client.ts'

/** What a dialog that pairs hears of: that its code was used, and that it may have missed that. */
export interface DeviceNews {
  /** @returns ends the subscription */
  onNews(
    listener: (news: ServerMessageOf<'pairing.claimed'> | ServerMessageOf<'welcome'>) => void,
  ): () => void
}

/** The part of the socket's news that is about pairing. */
export function followDeviceNews(signalling: SignallingClient): DeviceNews {
  return {
    onNews: (listener) =>
      signalling.onNews((news) => {
        if (news.type === 'pairing.claimed' || news.type === 'welcome') listener(news)
      }),
  }
}
