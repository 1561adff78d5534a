import { draw } from './icons.ts'

/** A sun that has risen: somebody is there. */
export const readyIcon = draw(
  'M4 17h16M7 17a5 5 0 0 1 10 0M12 8V4.5M5.6 10.6L3.4 8.4M18.4 10.6l2.2-2.2',
)
/** A note on its way. */
export const sentIcon = draw('M4 5.5h16v11h-9.5L6 20v-3.5H4zM8 9.5h8M8 13h5')
/** Nothing is wrong. */
export const leafIcon = draw('M5 19C5 10 10 5 19 5c0 9-5 14-14 14zM5 19l8-8')
export const undoIcon = draw('M9 5L4.5 9.5 9 14M4.5 9.5H15a4.8 4.8 0 0 1 0 9.5h-4')
