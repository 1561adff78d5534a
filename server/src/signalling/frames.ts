import { Compile } from 'typebox/compile'
import {
  ClientMessageSchema,
  ServerMessageSchema,
  type Check,
  type ClientMessage,
  type ServerMessage,
} from '@naervaer/shared'

const clientMessages = Compile(ClientMessageSchema)
const serverMessages = Compile(ServerMessageSchema)

/** Compiled once: nearly free beside the parsing. */
export const isClientMessage: Check<ClientMessage> = (value): value is ClientMessage =>
  clientMessages.Check(value)

/** What we send is held to the same closed schemas as what we take. */
export const isServerMessage: Check<ServerMessage> = (value): value is ServerMessage =>
  serverMessages.Check(value)
