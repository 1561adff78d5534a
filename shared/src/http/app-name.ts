import * as Type from 'typebox'
import { closedObject } from '../wire/envelope.ts'

/**
 * What the app can be called on a home screen (feature N14): words that say nothing of whom one talks
 * with there, each for those who read the page in one of its languages.
 */
export const APP_NAMES = {
  naervaer: { name: 'Nærvær', languages: ['da', 'en'] },
  aftaler: { name: 'Aftaler', languages: ['da'] },
  video: { name: 'Video', languages: ['da', 'en'] },
  minDag: { name: 'Min dag', languages: ['da'] },
  appointments: { name: 'Appointments', languages: ['en'] },
  myDay: { name: 'My day', languages: ['en'] },
} as const satisfies Record<string, { name: string; languages: readonly ('da' | 'en')[] }>

export type AppNameKey = keyof typeof APP_NAMES

/** Before anybody has chosen. */
export const DEFAULT_APP_NAME: AppNameKey = 'naervaer'

/** @returns null for what is none of them */
export function parseAppName(text: unknown): AppNameKey | null {
  const keys = Object.keys(APP_NAMES) as AppNameKey[]
  return keys.find((key) => key === text) ?? null
}

/** `PUT /api/app-name`: what the app is called on this device from now on. */
export const AppNameSchema = closedObject({
  name: Type.Unsafe<AppNameKey>(Type.Enum(Object.keys(APP_NAMES))),
})
