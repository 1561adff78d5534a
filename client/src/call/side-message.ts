import * as Type from 'typebox'
import { makeCheck } from '../services/check.ts'

const closed = <T extends Type.TProperties>(properties: T) =>
  Type.Object(properties, { additionalProperties: false })

/**
 * What the two windows of a call tell each other directly, never through the server: nothing of it is
 * kept anywhere. A newer version may say what this one does not know; that is ignored.
 */
export const SideMessageSchema = Type.Union([
  /**
   * The citizen has tapped *Svar* in this window, and the server is being told: the worker's side may
   * open its devices already. Whether the call is answered is for the server to say.
   */
  closed({ type: Type.Literal('answered') }),
  /** What of the other side's sound and picture really arrives here; null where none is expected. */
  closed({
    type: Type.Literal('arrives'),
    sound: Type.Union([Type.Boolean(), Type.Null()]),
    picture: Type.Union([Type.Boolean(), Type.Null()]),
  }),
  /** How much of the own picture is sent, for the line's sake. */
  closed({
    type: Type.Literal('line'),
    level: Type.Union([Type.Literal('good'), Type.Literal('weak'), Type.Literal('soundOnly')]),
  }),
])
export type SideMessage = Type.Static<typeof SideMessageSchema>
export type SideMessageType = SideMessage['type']
/** The member of the union with this `type`. */
export type SideMessageOf<T extends SideMessageType> = Extract<SideMessage, { type: T }>

const isSideMessage = makeCheck(SideMessageSchema)

/** @returns null for what is not one of ours */
export function parseSideMessage(text: string): SideMessage | null {
  try {
    const value: unknown = JSON.parse(text)
    return isSideMessage(value) ? value : null
  } catch {
    return null
  }
}
