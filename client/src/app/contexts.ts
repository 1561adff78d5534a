import { createContext } from '@lit/context'
import type { CallControl } from '../call/call-snapshot.ts'
import type { ConnectionState } from '../services/connection-state.ts'
import type { Directory } from '../services/directory.ts'
import type { HttpClient } from '../services/http-client.ts'
import type { Store } from '../services/store.ts'

/** Calls of this window, owned by the app for as long as the window lives. */
export const callsContext = createContext<CallControl>(Symbol('calls'))

/** How the client stands with the server. */
export const connectionContext = createContext<Store<ConnectionState>>(Symbol('connection'))

/** Who is signed in and the people they have to do with; null until the first welcome. */
export const directoryContext = createContext<Store<Directory | null>>(Symbol('directory'))

/** The few HTTP routes pages use. */
export const httpContext = createContext<Pick<HttpClient, 'fetchDemoPeople' | 'signInDemo'>>(
  Symbol('http'),
)
