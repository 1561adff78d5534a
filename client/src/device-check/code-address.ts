import { page } from '../texts/page.ts'

/** The pages of the error codes are found where the codes are printed: `/test#koder` and `/test#K1`. */
export const isCodeAddress = (hash: string): boolean => /^#(koder|[A-Z]\d)$/.test(hash)

/** Resolves when the pages of the error codes can be shown. */
export const loadCodes = page(['desk'], () => import('../device-desk/nv-codes-page.ts'))
