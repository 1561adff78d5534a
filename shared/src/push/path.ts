/** The address that a notice opens: the app asks there whether something rings. */
export const NOTICE_PATH = '/opkald'
