/** The files of this version, put in by the build: an address, and a revision where the name has none. */
declare const NV_PRECACHE: readonly { readonly url: string; readonly revision: string | null }[]
