import { draw } from './icons.ts'

export const breakIcon = draw(
  'M5 9h11v4.5a4.5 4.5 0 0 1-4.5 4.5h-2A4.5 4.5 0 0 1 5 13.5zM16 10.5h1.5a2.2 2.2 0 0 1 0 4.4h-2M8.5 6V4M12.5 6V4M4 21h13',
)
export const endIcon = draw('M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17M8.5 12h7')
export const moonIcon = draw('M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z')
export const mobileIcon = draw(
  'M8 3.5h8a1.5 1.5 0 0 1 1.5 1.5v14a1.5 1.5 0 0 1-1.5 1.5H8A1.5 1.5 0 0 1 6.5 19V5A1.5 1.5 0 0 1 8 3.5zM11 17.5h2',
)
export const eyeIcon = draw(
  'M2.5 12C5 7.5 8.2 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.7 6.5-9.5 6.5S5 16.5 2.5 12zM12 9a3 3 0 1 0 0 6a3 3 0 0 0 0-6',
)
export const languageIcon = draw(
  'M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17M3.5 12h17M12 3.5c5 5.5 5 11.5 0 17M12 3.5c-5 5.5-5 11.5 0 17',
)
export const bellIcon = draw('M6 16.5v-6a6 6 0 0 1 12 0v6l1.5 2h-15zM10.2 21h3.6')
export const tryIcon = draw('M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17M8.5 12.2l2.5 2.5 4.5-5')
export const storedIcon = draw('M4.5 5h15v4h-15zM6 9v10h12V9M10 12.5h4')
