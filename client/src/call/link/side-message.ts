import * as Type from 'typebox'
import { makeCheck } from '../../services/socket/check.ts'

const closed = <T extends Type.TProperties>(properties: T) =>
  Type.Object(properties, { additionalProperties: false })

const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' })
const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
const TextName = Type.String({ pattern: '^[0-9a-f]{16}$' })

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
  /** Whether anything arrives at the sender over the very peer connection that carries this. */
  closed({ type: Type.Literal('hears'), isHearing: Type.Boolean() }),
  /** The sender neither sends nor hears anything, until it goes on. */
  closed({ type: Type.Literal('pause'), isPaused: Type.Boolean() }),
  /** Whether somebody else is with the sender: *Jeg er ikke alene*. */
  closed({ type: Type.Literal('alone'), isAlone: Type.Boolean() }),
  /** The sender's picture is its screen, and not its camera. */
  closed({ type: Type.Literal('screen'), isShown: Type.Boolean() }),
  /** What of the other side's sound and picture really arrives here; null where none is expected. */
  closed({
    type: Type.Literal('arrives'),
    sound: Type.Union([Type.Boolean(), Type.Null()]),
    picture: Type.Union([Type.Boolean(), Type.Null()]),
    /** What comes is also played: a browser may want a tap first. */
    isPlaying: Type.Boolean(),
  }),
  /** How much of the own picture is sent, for the line's sake. */
  closed({
    type: Type.Literal('line'),
    level: Type.Union([Type.Literal('good'), Type.Literal('weak'), Type.Literal('soundOnly')]),
  }),
  /** How much real-time text has arrived here, in UTF-16 units, and of which; null before any. */
  closed({
    type: Type.Literal('text-have'),
    generation: Count,
    of: Type.Union([TextName, Type.Null()]),
    count: Count,
    /** The other side has not said yet where it goes on in this generation. */
    isAsking: Type.Boolean(),
  }),
  /** Where the real-time text of this generation goes on. */
  closed({
    type: Type.Literal('text-from'),
    generation: Count,
    of: TextName,
    position: Count,
  }),
  /** S-25: SHA-256 of the secret number of the side that rang, in hex. */
  closed({ type: Type.Literal('digits-commit'), commitment: Hash }),
  /** S-25: the number of the side that was rung, in answer to that commitment. */
  closed({ type: Type.Literal('digits-answer'), commitment: Hash, number: Hash }),
  /** S-25: the number that was committed to. */
  closed({ type: Type.Literal('digits-reveal'), commitment: Hash, number: Hash }),
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
