import * as Type from 'typebox'
import { closedObject } from '../wire/envelope.ts'

/** An address of the municipality's own, such as https://www.kommune.dk/privatliv. */
const LinkSchema = Type.Union([
  Type.String({ pattern: '^https://', maxLength: 1_000 }),
  Type.Null(),
])

/** What `RETENTION_*` may say. */
const DaysSchema = Type.Integer({ minimum: 1, maximum: 3_650 })

/** `GET /api/about`: who runs this, and what the law asks them to say of it. */
export const AboutReplySchema = closedObject({
  /** Null where it has not said. */
  municipality: Type.Union([Type.String({ minLength: 1, maxLength: 60 }), Type.Null()]),
  /** How personal data are treated (GDPR art. 13). */
  privacyUrl: LinkSchema,
  /** The accessibility statement (webtilgængelighedsloven § 4). */
  accessibilityUrl: LinkSchema,
  /** For how many days what is about persons is kept here, where the operator decides it. */
  keptDays: closedObject({ calls: DaysSchema, appointments: DaysSchema, audit: DaysSchema }),
  /** Of the program. */
  version: Type.String({ minLength: 1, maxLength: 40 }),
})
export type AboutReply = Type.Static<typeof AboutReplySchema>
