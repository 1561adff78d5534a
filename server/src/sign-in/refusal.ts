import { NaervaerError, type ErrorCode, type PersonId } from '@naervaer/shared'

/** A refused sign-in of which it is known whose account was meant; nobody outside is told. */
export class SignInRefusal extends NaervaerError {
  /** null where no account was met. */
  readonly personId: PersonId | null

  constructor(code: ErrorCode, personId: PersonId | null, cause?: unknown) {
    super(code, { cause })
    this.personId = personId
  }
}
