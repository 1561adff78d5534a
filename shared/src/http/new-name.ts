import * as Type from 'typebox'

/** What somebody or a team is to be called: up to 100 characters, and not blanks alone. */
export const NewNameSchema = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' })
