import type { CallControl } from '../call/call-snapshot.ts'
import { CallSession } from '../call/call-session.ts'
import { PeerLink } from '../call/peer-link.ts'
import type { ConnectionState } from '../services/connection-state.ts'
import { followDirectory, type Directory } from '../services/directory.ts'
import { HttpClient } from '../services/http-client.ts'
import { SignallingClient } from '../services/signalling-client.ts'
import type { Store } from '../services/store.ts'

/** What the pages share, made once per window and handed down by context. */
export interface AppServices {
  readonly http: Pick<HttpClient, keyof HttpClient>
  readonly connection: Store<ConnectionState>
  readonly directory: Store<Directory | null>
  readonly calls: CallControl
  /** Opens the socket; call it once somebody is signed in. */
  start(): void
  stop(): void
}

/** The real services, talking to the server this page came from. */
export function createAppServices(): AppServices {
  const http = new HttpClient()
  const signalling = new SignallingClient({
    url: `${location.origin.replace(/^http/, 'ws')}/ws`,
    isSignedIn: async () => (await http.fetchSession()).you !== null,
  })
  return {
    http,
    connection: signalling.state,
    directory: followDirectory(signalling),
    calls: new CallSession({
      signalling,
      makeLink: (options, listener) => new PeerLink(options, listener),
    }),
    start: () => {
      signalling.start()
    },
    stop: () => {
      signalling.stop()
    },
  }
}
