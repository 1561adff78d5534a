/** Reasons that scripts and people look up: they stand in front of the sentence. */
export type StartErrorCode =
  'MASTER_KEY_MISSING' | 'MASTER_KEY_WRONG' | 'RECORDS_IN_USE' | 'RECORDS_LOCKED' | 'SCHEMA_TOO_NEW'

/** Why the server or a command does not start, in one line for whoever started it. */
export class StartError extends Error {
  override readonly name = 'StartError'

  constructor(message: string, options?: ErrorOptions & { readonly code?: StartErrorCode }) {
    super(options?.code === undefined ? message : `${options.code}: ${message}`, options)
  }
}
