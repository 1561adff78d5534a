/**
 * How the client stands with the server.
 *
 * - `connecting`: the first attempt, nothing known yet
 * - `open`: welcomed, the snapshot is fresh
 * - `lost`: was there or could not be reached; tried again by itself
 * - `offline`: the browser says there is no network at all; tried again when it says otherwise
 * - `signedOut`: the session is over, the person must act
 * - `stopped`: the server asked this window to stay away (see `CLOSE_CODES`)
 */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'offline' | 'signedOut' | 'stopped'
