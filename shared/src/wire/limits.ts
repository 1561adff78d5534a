/** Largest frame in either direction, in bytes of UTF-8. */
export const MAX_FRAME_BYTES = 64 * 1024

/** Largest session description, in characters: a full offer of one audio, one video and one data channel is 6–8 kB. */
export const MAX_SDP_CHARS = 32 * 1024

/** Largest candidate line, in characters. */
export const MAX_CANDIDATE_CHARS = 1024

/** The highest number that a generation may have: far more than a call can be rebuilt. */
export const MAX_GENERATION = 10_000

/** What one connection may send in the long run … */
export const MESSAGES_PER_SECOND = 20

/** … and at once: two generations of candidates with their acknowledgements fit. */
export const MESSAGE_BURST = 60

/** Refused frames within `REFUSED_WINDOW_MS` after which a connection is closed. */
export const MAX_REFUSED_FRAMES = 100
export const REFUSED_WINDOW_MS = 10_000

/** Bytes waiting for a slow receiver after which its connection is cut off. */
export const MAX_BUFFERED_BYTES = 1024 * 1024

/** Sockets of one person; the oldest one without a part in a call gives way to a new one. */
export const MAX_CONNECTIONS_PER_PERSON = 5

/** Sockets from one address: a whole municipality may sit behind one. */
export const MAX_CONNECTIONS_PER_ADDRESS = 500

/** The server pings this often; a connection that has not answered by the next ping is closed. */
export const SERVER_PING_INTERVAL_MS = 25_000

/** The client asks this often whether the server is there, and how long it waits for the answer. */
export const CLIENT_PING_INTERVAL_MS = 10_000
export const CLIENT_PING_TIMEOUT_MS = 5_000
