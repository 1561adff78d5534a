const refuse = (): never => {
  throw new Error('a schema refers to another by its name, and this script cannot look one up')
}

/** Takes the place of typebox's references, of which no message makes use. */
export const Resolve = { Ref: refuse, RecursiveRef: refuse, DynamicRef: refuse }
