import { draw } from './icons.ts'

// Of pages that come late: no part of the first script.

export const tickIcon = draw('M5 12.5l4.5 4.5L19 7.5')
export const forwardIcon = draw('M9 5.5l6.5 6.5-6.5 6.5')
export const openIcon = draw('M5.5 9l6.5 6.5L18.5 9')
export const signOutIcon = draw('M10 4H4.5v16H10M9.5 12H20M15.5 7.5L20 12l-4.5 4.5')
export const signInIcon = draw('M14 4h5.5v16H14M4 12h10.5M10 7.5l4.5 4.5-4.5 4.5')
