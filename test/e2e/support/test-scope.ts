/** The part of a tap test that the helpers need: what they start is ended with it. */
export interface TestScope {
  readonly name: string
  teardown: (handler: () => unknown) => unknown
  /** Whether nothing has failed so far; asked at the end. */
  passing: () => boolean
}
