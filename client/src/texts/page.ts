import { loadTexts, type TextPart } from './language.ts'

export type Load = () => Promise<unknown>

/** A page, or a part of one, that comes with the texts it speaks with. */
export const page =
  (parts: readonly TextPart[], load: Load): Load =>
  () =>
    Promise.all([loadTexts(...parts), load()])
