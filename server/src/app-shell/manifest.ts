import { APP_NAMES, type AppNameKey } from '@naervaer/shared'

/** The page's own colour in the light scheme: what is seen while the app starts. */
const BACKGROUND = '#f2efe9'

const picture = (src: string, sizes: string, purpose: 'any' | 'maskable') => ({
  src,
  sizes,
  type: 'image/png',
  purpose,
})

/**
 * The web app manifest (W3C) of a device that calls the app by this name. Its `id` stays whatever the
 * name is, so that another name is the same app.
 */
export function makeManifest(key: AppNameKey) {
  const { name, language } = APP_NAMES[key]
  return {
    id: '/',
    start_url: '/',
    scope: '/',
    name,
    short_name: name,
    lang: language,
    dir: 'ltr',
    display: 'standalone',
    background_color: BACKGROUND,
    theme_color: BACKGROUND,
    // A second window of the app would take part in no call, and ring beside the first.
    launch_handler: { client_mode: ['focus-existing', 'auto'] },
    icons: [
      picture('/icons/icon-192.png', '192x192', 'any'),
      picture('/icons/icon-512.png', '512x512', 'any'),
      picture('/icons/maskable-192.png', '192x192', 'maskable'),
      picture('/icons/maskable-512.png', '512x512', 'maskable'),
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    ],
    screenshots: [
      {
        src: '/icons/screen-narrow.png',
        sizes: '780x1688',
        type: 'image/png',
        form_factor: 'narrow',
      },
      { src: '/icons/screen-wide.png', sizes: '1280x800', type: 'image/png', form_factor: 'wide' },
    ],
    shortcuts: [
      {
        name: language === 'da' ? 'Mine valg' : 'My choices',
        url: '/mine-valg',
        icons: [picture('/icons/icon-192.png', '192x192', 'any')],
      },
    ],
  }
}
