import { createContext } from '@lit/context'
import type { CallControl } from '../call/call-snapshot.ts'
import type { Administration } from '../services/administration-client.ts'
import type { ConnectionState } from '../services/socket/connection-state.ts'
import type { NewsSource } from '../services/socket/signalling-client.ts'
import type { Directory } from '../services/directory.ts'
import type { HttpClient } from '../services/http-client.ts'
import type { SignIn } from '../services/sign-in-client.ts'
import type { Store } from '../services/store.ts'

/** Calls of this window, owned by the app for as long as the window lives. */
export const callsContext = createContext<CallControl>(Symbol('calls'))

/** How the client stands with the server. */
export const connectionContext = createContext<Store<ConnectionState>>(Symbol('connection'))

/** Who is signed in and the people they have to do with; null until the first welcome. */
export const directoryContext = createContext<Store<Directory | null>>(Symbol('directory'))

/** What leaders and IT do, on the pages of theirs. */
export const administrationContext = createContext<() => Promise<Administration>>(
  Symbol('administration'),
)

/** News of pairing, for the dialog that waits for it. */
export const newsContext = createContext<NewsSource>(Symbol('news'))

/** The few HTTP routes pages use. */
export const httpContext = createContext<
  Pick<HttpClient, 'fetchDemoPeople' | 'signInDemo' | 'changeChoice' | 'protectAddress'>
>(Symbol('http'))

/** How staff sign in; its code comes with the first page that asks for it. */
export const signInContext = createContext<() => Promise<SignIn>>(Symbol('sign-in'))
