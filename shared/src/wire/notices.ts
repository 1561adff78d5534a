import * as Type from 'typebox'
import { closedObject } from './envelope.ts'

/**
 * Sent to citizens: the server is known to push services by another key, so that no address they have given
 * leads anywhere. Their apps make a new one.
 */
export const PushKeyChangedSchema = closedObject({ type: Type.Literal('push.keyChanged') })
