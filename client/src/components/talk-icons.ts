import { draw } from './icons.ts'

// Of what comes while two talk: no part of the first script.

export const selfIcon = draw(
  'M3.5 4.5h17v15h-17zM12 8a2.4 2.4 0 1 1 0 4.8a2.4 2.4 0 0 1 0-4.8M7.5 19c.5-2.6 2.3-4 4.5-4s4 1.4 4.5 4',
)
export const closeIcon = draw('M5.5 5.5l13 13M18.5 5.5l-13 13')
export const checkIcon = draw(
  'M12 3l7.5 2.8v5.7c0 4.6-3.2 7.9-7.5 9.5-4.3-1.6-7.5-4.9-7.5-9.5V5.8zM8.5 12l2.5 2.5 4.5-5',
)
export const lineIcon = draw('M19.5 5v6.5a3 3 0 0 1-3 3H5M9.5 10L5 14.5 9.5 19')
export const turnIcon = draw(
  'M4 9a8.5 8.5 0 0 1 15-1.5M19.5 3.5v4.3h-4.3M20 15a8.5 8.5 0 0 1-15 1.5M4.5 20.5v-4.3h4.3',
)
export const fullscreenIcon = draw('M9 4H4v5M15 4h5v5M9 20H4v-5M15 20h5v-5')
export const floatIcon = draw('M3 5h18v14H3zM12 12h6.5v4.5H12z')
export const devicesIcon = draw(
  'M4 7h9M18 7h2M4 17h3M12 17h8M15.5 4.5a2.5 2.5 0 1 1 0 5a2.5 2.5 0 0 1 0-5M9.5 14.5a2.5 2.5 0 1 1 0 5a2.5 2.5 0 0 1 0-5',
)
