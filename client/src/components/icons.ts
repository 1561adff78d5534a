import { html, type TemplateResult } from 'lit'

/** One pen for all: 24 by 24, a stroke of 2, round ends. They always stand beside words, so are hidden from readers. */
export const draw = (d: string): TemplateResult =>
  html`<svg
    viewBox="0 0 24 24"
    width="1.5em"
    height="1.5em"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    <path d=${d}></path>
  </svg>`

const HANDSET =
  'M5.2 3.5h3.3l1.6 4.3-2 1.6a12.4 12.4 0 0 0 6.5 6.5l1.6-2 4.3 1.6v3.3a1.8 1.8 0 0 1-2 1.8A16.2 16.2 0 0 1 3.4 5.5a1.8 1.8 0 0 1 1.8-2z'

export const phoneIcon = draw(HANDSET)
export const hangUpIcon = draw(
  'M3.2 14.6c-.9-1-.8-2.5.2-3.4a13.2 13.2 0 0 1 17.2 0c1 .9 1.1 2.4.2 3.4l-.9 1a1 1 0 0 1-1.1.2l-2.7-1.1a1 1 0 0 1-.6-.9v-2a11.5 11.5 0 0 0-7 0v2a1 1 0 0 1-.6.9l-2.7 1.1a1 1 0 0 1-1.1-.2z',
)
export const cameraIcon = draw('M3 7.5h11.5v9H3zM14.5 11l6-3.2v8.4l-6-3.2')
export const cameraOffIcon = draw(
  'M3 7.5h1.5M8.5 7.5h6v5.5M14.5 16.5H3v-9M14.5 11l6-3.2v8.4l-3-1.6M4 3.5l16.5 17',
)
export const microphoneIcon = draw(
  'M12 3.5a2.8 2.8 0 0 1 2.8 2.8v5a2.8 2.8 0 0 1-5.6 0v-5A2.8 2.8 0 0 1 12 3.5zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5v3M8.5 20.5h7',
)
export const microphoneOffIcon = draw(
  'M9.2 8.5v2.8a2.8 2.8 0 0 0 4.4 2.3M14.8 10.5V6.3a2.8 2.8 0 0 0-5.2-1.4M5.5 11a6.5 6.5 0 0 0 10.2 5.3M18.4 12.5c.1-.5.1-1 .1-1.5M12 17.5v3M8.5 20.5h7M4 3.5l16.5 17',
)
export const silenceIcon = draw('M4 9.5v5h3.5l5 4v-13l-5 4zM16.5 9.5l5 5M21.5 9.5l-5 5')
export const soundIcon = draw(
  'M4 9.5v5h3.5l5 4v-13l-5 4zM16 9a4.2 4.2 0 0 1 0 6M18.7 6.3a8 8 0 0 1 0 11.4',
)
export const laterIcon = draw('M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17M8 12h8')
export const backIcon = draw('M20 12H4.5M10.5 5.5L4 12l6.5 6.5')

export const againIcon = draw('M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.3M20 4v5.3h-5.3')

export const shareIcon = draw('M12 15V3.5M8 7l4-3.5L16 7M8.5 10.5H5.5v10h13v-10h-3')

export const writeIcon = draw(
  'M4 20l1-4.2L16.4 4.4a1.9 1.9 0 0 1 2.7 0l.5.5a1.9 1.9 0 0 1 0 2.7L8.2 19zM14 6.8l3.2 3.2',
)
export const pauseIcon = draw('M8.5 5v14M15.5 5v14')
export const goOnIcon = draw('M7.5 4.5l12 7.5-12 7.5z')
export const moreIcon = draw('M5 12h.01M12 12h.01M19 12h.01')

export const aloneIcon = draw(
  'M9 5.5a3 3 0 1 1 0 6a3 3 0 0 1 0-6M3.5 19.5c.4-3.3 2.6-5 5.5-5s5.1 1.7 5.5 5M15.5 5.9a3 3 0 0 1 0 5.2M17 14.9c2 .6 3.2 2.2 3.5 4.6',
)
export const screenIcon = draw('M3 4.5h18v12H3zM8.5 20.5h7M12 16.5v4')
