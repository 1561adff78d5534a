/** What the helpers need of a tap test: a place to say what is to be undone when it ends. */
export interface TestScope {
  readonly teardown: (undo: () => void | Promise<void>) => unknown
}
