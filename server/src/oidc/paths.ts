/** Where a sign-in begins; the page is told by `GET /api/sign-in/methods`. */
export const START_PATH = '/api/oidc/start'

/** Where the provider sends the browser back to: registered there, character by character. */
export const CALLBACK_PATH = '/api/oidc/callback'

/** Where the provider tells of ended sessions, from server to server. */
export const LOGOUT_PATH = '/api/oidc/back-channel-logout'

/** The page that says why a sign-in came to nothing. */
export const REFUSED_PAGE = '/sign-in/refused'
