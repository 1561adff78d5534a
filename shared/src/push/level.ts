import * as Type from 'typebox'

/**
 * How much a notice may tell whoever sees the locked screen, as the citizen has chosen for the device:
 * 1 that there is something, 2 that somebody calls, 3 who.
 */
export const PUSH_LEVELS = [1, 2, 3] as const
export type PushLevel = (typeof PUSH_LEVELS)[number]

/** The least, unless the citizen has chosen otherwise (criterion L-10). */
export const DEFAULT_PUSH_LEVEL: PushLevel = 1

export const PushLevelSchema = Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)])

/** In which a notice speaks. */
export const PUSH_LANGUAGES = ['da', 'en'] as const
export type PushLanguage = (typeof PUSH_LANGUAGES)[number]

export const PushLanguageSchema = Type.Union([Type.Literal('da'), Type.Literal('en')])
