import type { SessionReply } from '@naervaer/shared'
import type { CallControl } from '../call/call-snapshot.ts'
import { CallSession } from '../call/call-session.ts'
import { fetchFeatures } from '../call/features/features-script.ts'
import { fetchPeer } from '../call/link/peer-script.ts'
import { ScriptLoader } from '../call/link/script-loader.ts'
import type { ConnectionState } from '../services/socket/connection-state.ts'
import type { Administration } from '../services/administration-client.ts'
import type { DeviceMark } from '../services/device/device-mark.ts'
import { DeviceSession } from '../services/device/device-session.ts'
import { followDirectory, type Directory } from '../services/directory.ts'
import { HttpClient } from '../services/http-client.ts'
import type { AskLife } from '../services/session-life.ts'
import { SignallingClient, type NewsSource } from '../services/socket/signalling-client.ts'
import type { SignIn } from '../services/sign-in-client.ts'
import { Store } from '../services/store.ts'
import { whenIdle } from './when-idle.ts'

/** What the pages share, made once per window and handed down by context. */
export interface AppServices {
  readonly http: Pick<HttpClient, keyof HttpClient>
  /** Fetched when a page of staff first asks for it. */
  readonly loadSignIn: () => Promise<SignIn>
  /** Who is signed in, as the server last said; null before it has. */
  readonly session: Store<SessionReply | null>
  readonly connection: Store<ConnectionState>
  readonly directory: Store<Directory | null>
  readonly calls: CallControl
  /** What the server tells, for whoever does not follow the directory. */
  readonly news: NewsSource
  /** Whether this browser is a paired device, or was one, and why it is none any more. */
  readonly deviceMark: () => DeviceMark
  /** How staff's pages ask when the session ends, and say that somebody is there. */
  readonly loadLife: () => Promise<AskLife>
  /** What leaders and IT do; its code comes with the pages that need it. */
  readonly loadAdministration: () => Promise<Administration>
  /** Opens the socket; call it once somebody is signed in. */
  start(): void
  stop(): void
}

/** The real services, talking to the server this page came from. */
export function createAppServices(): AppServices {
  const device = new DeviceSession()
  const http = new HttpClient(device)
  const signalling = new SignallingClient({
    url: `${location.origin.replace(/^http/, 'ws')}/ws`,
    pass: device,
    isSignedIn: async () => (await http.fetchSession()).you !== null,
  })
  const peers = new ScriptLoader(fetchPeer)
  const features = new ScriptLoader(fetchFeatures)
  // The first screen is there and can be rung: what a call needs comes now, while nobody waits.
  const unsubscribe = signalling.state.subscribe(() => {
    if (signalling.state.value !== 'open') return
    unsubscribe()
    whenIdle(() => {
      peers.prepare()
      features.prepare()
    })
  })
  return {
    http,
    loadSignIn: async () => new (await import('../services/sign-in-client.ts')).SignInClient(),
    session: new Store<SessionReply | null>(null),
    connection: signalling.state,
    directory: followDirectory(signalling),
    news: signalling,
    deviceMark: () => device.mark,
    calls: new CallSession({
      signalling,
      loadLink: peers.load,
      loadFeatures: features.load,
    }),
    loadLife: async () => (await import('../services/session-life-client.ts')).askLife,
    loadAdministration: async () => {
      const { AdministrationClient } = await import('../services/administration-client.ts')
      return new AdministrationClient()
    },
    start: () => {
      signalling.start()
    },
    stop: () => {
      signalling.stop()
    },
  }
}
