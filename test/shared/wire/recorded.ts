import { readdir, readFile } from 'node:fs/promises'
import * as shared from '@naervaer/shared'
import * as push from '@naervaer/shared/push'
import type { TSchema } from 'typebox'
import type { JsonObject } from './examples.ts'

const SERVER = new URL('../../../server/src/', import.meta.url)

/** The wire as it is or was: what servers and clients of a version say. */
export interface Recorded {
  readonly version: number
  readonly server: JsonObject
  readonly client: JsonObject
  /** Answers over HTTP, and what is pushed, by the names of their schemas. */
  readonly replies: Readonly<Record<string, JsonObject>>
  /** What is asked over HTTP. */
  readonly bodies: Readonly<Record<string, JsonObject>>
}

/** Where the wire of a version is kept as it was. */
export const recordFile = (version: number): URL =>
  new URL(`recorded/v${String(version)}.json`, import.meta.url)

export const readRecord = async (version: number): Promise<Recorded> =>
  JSON.parse(await readFile(recordFile(version), 'utf8')) as Recorded

/** A schema is JSON. */
const toJson = (schema: TSchema): JsonObject => JSON.parse(JSON.stringify(schema)) as JsonObject

/** Of the schemas that are shared with clients, those that routes name like this. */
function pick(source: string, pattern: RegExp): Record<string, JsonObject> {
  const exported: Record<string, unknown> = { ...shared, ...push }
  const names = [...source.matchAll(pattern)].map(([, name = '']) => name)
  const known = [...new Set(names)].filter((name) => exported[name] !== undefined).sort()
  // A schema, as its name says.
  return Object.fromEntries(known.map((name) => [name, toJson(exported[name] as TSchema)]))
}

/** The wire as it is now. */
export async function readWire(): Promise<Recorded> {
  const files = (await readdir(SERVER, { recursive: true })).filter((file) => file.endsWith('.ts'))
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, SERVER), 'utf8')))
  const source = texts.join('\n')
  return {
    version: shared.PROTOCOL_VERSION,
    server: toJson(shared.ServerMessageSchema),
    client: toJson(shared.ClientMessageSchema),
    replies: {
      ...pick(source, /\b20\d: (\w+Schema)\b/g),
      ProblemSchema: toJson(shared.ProblemSchema),
      PushMessageSchema: toJson(push.PushMessageSchema),
    },
    bodies: pick(source, /\bbody: (\w+Schema)\b/g),
  }
}
