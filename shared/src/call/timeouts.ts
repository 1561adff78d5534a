/** How long it rings: time to find the tablet and wake it, short of what feels like pressure. */
export const RING_TIMEOUT_MS = 45_000

/** How long it rings after the last sign of life of a device that is notified: time to unlock it and find the app. */
export const NOTICED_RING_MS = 60_000

/** How long it rings at most where devices are notified. A notice may be late, and a worker waits. */
export const LONGEST_RING_MS = 90_000

/** A ringing worker whose connection is gone this long is taken to have closed the page. */
export const CALLER_RETURN_MS = 10_000

/** From answer to connected: two attempts of ICE, which itself gives up after 15 s. */
export const CONNECT_TIMEOUT_MS = 40_000

/**
 * How long a worker whose sign-in has ended may use to say goodbye: with the five seconds in which that
 * is found out, a minute at most (criterion S-05).
 */
export const GOODBYE_TIMEOUT_MS = 55_000

/** So many rings in vain to one citizen within ten minutes, and within a day, and no more (criterion W-20). */
export const RINGS_IN_A_ROW = 3
export const RINGS_IN_A_ROW_MS = 600_000
export const RINGS_A_DAY = 10

/** A citizen who has hung up is not rung again by the same worker for this long, unless they ask for it. */
export const PEACE_MS = 60_000

/** How long a citizen who has hung up may ask to go back to the conversation: for slips. */
export const GO_BACK_MS = 120_000

/** How long an answered call waits for a party or for its media to come back: still the same conversation. */
export const RETURN_TIMEOUT_MS = 120_000
