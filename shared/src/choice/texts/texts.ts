import type { ChoiceText } from './text.ts'
import { VIDEO_1 } from './video-1.ts'

/** Every text about video that citizens have been asked with, oldest first. */
export const VIDEO_TEXTS: readonly ChoiceText[] = [VIDEO_1]

/** The one they are asked with now; a new yes must be to this one. */
export const CURRENT_VIDEO_TEXT: ChoiceText = VIDEO_1
