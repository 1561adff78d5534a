import * as Type from 'typebox'
import { closedObject } from '../wire/envelope.ts'
import { QuietSchema } from '../wire/quiet.ts'

/** `POST /api/ready`: "Jeg er klar", or not any more. */
export const ReadySchema = closedObject({ isReady: Type.Boolean() })

/** `POST /api/callback`: "Bed {navn} om at ringe", or not any more. */
export const CallbackWishSchema = closedObject({ isWanted: Type.Boolean() })

/** `POST /api/quiet-hours`: "Ring ikke til mig mellem {fra} og {til}"; null for none. */
export const QuietWishSchema = closedObject({ quiet: QuietSchema })
