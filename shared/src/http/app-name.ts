import * as Type from 'typebox'
import { closedObject } from '../wire/envelope.ts'

/**
 * What the app can be called on a home screen (feature N14): words that say nothing of whom one talks
 * with there. In the language of whoever chooses.
 */
export const APP_NAMES = {
  naervaer: { name: 'Nærvær', language: 'da' },
  aftaler: { name: 'Aftaler', language: 'da' },
  video: { name: 'Video', language: 'da' },
  minDag: { name: 'Min dag', language: 'da' },
  appointments: { name: 'Appointments', language: 'en' },
  myDay: { name: 'My day', language: 'en' },
} as const satisfies Record<string, { name: string; language: 'da' | 'en' }>

export type AppNameKey = keyof typeof APP_NAMES

/** Before anybody has chosen. */
export const DEFAULT_APP_NAME: AppNameKey = 'naervaer'

/** @returns null for what is none of them */
export function parseAppName(text: unknown): AppNameKey | null {
  return typeof text === 'string' && Object.hasOwn(APP_NAMES, text) ? (text as AppNameKey) : null
}

/** `PUT /api/app-name`: what the app is called on this device from now on. */
export const AppNameSchema = closedObject({
  name: Type.Unsafe<AppNameKey>(Type.Enum(Object.keys(APP_NAMES))),
})
