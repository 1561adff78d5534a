/**
 * Takes the place of typebox's formats, of which no message makes use: what it knows of host names, dates
 * and e-mail is more script than all the rest that checks a message.
 */
export const Format = {
  Test(): never {
    throw new Error('a schema has a format, and this script knows none')
  },
}
