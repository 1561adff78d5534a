import type { AppointmentKind } from '@naervaer/shared'
import type { TemplateResult } from 'lit'
import { cameraIcon, draw, phoneIcon } from '../components/icons.ts'

const homeIcon = draw('M3.5 11.5L12 4.5l8.5 7M6 9.8v9.7h12V9.8M10 19.5v-5.2h4v5.2')

/** Told apart by their shape, and always with the word beside them. */
export const KIND_ICONS: Readonly<Record<AppointmentKind, TemplateResult>> = {
  video: cameraIcon,
  visit: homeIcon,
  phone: phoneIcon,
}

export const beforeIcon = draw('M15 5.5L8.5 12l6.5 6.5')
export const afterIcon = draw('M9 5.5l6.5 6.5L9 18.5')
/** Beside a name where the words of how it stands may find no room. */
export const noteIcon = draw('M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17M12 7.5v6M12 16.4v.2')
export const plusIcon = draw('M12 5v14M5 12h14')
export const repeatIcon = draw(
  'M4 11a7 7 0 0 1 12.2-3.6L19 10M19 5v5h-5M20 13a7 7 0 0 1-12.2 3.6L5 14M5 19v-5h5',
)
