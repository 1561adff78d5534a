import type { Json, JsonObject } from './examples.ts'

/** As much of JSON Schema (2020-12) as the wire is written in. */
const KNOWN = [
  ...['type', 'const', 'anyOf', 'properties', 'required', 'additionalProperties', 'items'],
  ...[
    'minItems',
    'maxItems',
    'uniqueItems',
    'minLength',
    'maxLength',
    'pattern',
    'minimum',
    'maximum',
  ],
  ...['multipleOf', 'enum'],
]

const LEAST = ['minItems', 'minLength', 'minimum'] as const
const MOST = ['maxItems', 'maxLength', 'maximum'] as const

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const toObject = (value: Json | undefined): JsonObject => (isObject(value) ? value : {})
const toList = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])

const toWord = (value: Json | undefined): string =>
  typeof value === 'string' ? value : JSON.stringify(value)

/** The choices that a schema leaves: those of a union, or itself. */
function listChoices(schema: JsonObject): readonly JsonObject[] {
  if (schema['anyOf'] === undefined) return [schema]
  return toList(schema['anyOf']).map(toObject).flatMap(listChoices)
}

/**
 * Says why a reader who knows `reader` might refuse what a writer of `writer` sends; nothing where every
 * value of the writer's is taken.
 *
 * @param isOverlooking - whether the reader overlooks properties that it does not know
 * @returns paths, each with what is wrong there
 */
export function findRefusals(
  writer: JsonObject,
  reader: JsonObject,
  isOverlooking: boolean,
  path = '$',
): string[] {
  for (const schema of [writer, reader]) {
    const strange = Object.keys(schema).find(
      (name) => !name.startsWith('~') && !KNOWN.includes(name),
    )
    if (strange !== undefined) return [`${path}: ${strange} is not understood here`]
  }
  const choices = listChoices(writer)
  if (choices.length > 1 || writer['anyOf'] !== undefined) {
    return choices.flatMap((each) =>
      findRefusals(each, reader, isOverlooking, describe(path, each)),
    )
  }
  const readers = listChoices(reader)
  const tried = readers.map((each) => compare(writer, each, isOverlooking, path))
  if (tried.some((refusals) => refusals.length === 0)) return []
  // Of several, the one that was meant says best what is wrong.
  const meant = readers.findIndex(
    (each) => nameOf(each) !== null && nameOf(each) === nameOf(writer),
  )
  return (
    (meant >= 0 ? tried[meant] : tried.length === 1 ? tried[0] : undefined) ?? [
      `${path}: none of the choices there were`,
    ]
  )
}

/** What a message or a variant is called: the constant of its `type`. */
function nameOf(schema: JsonObject): string | null {
  const name = toObject(toObject(schema['properties'])['type'])['const']
  return typeof name === 'string' ? name : null
}

const describe = (path: string, schema: JsonObject): string => {
  const name = nameOf(schema)
  return name === null ? path : `${path}<${name}>`
}

function compare(
  writer: JsonObject,
  reader: JsonObject,
  isOverlooking: boolean,
  path: string,
): string[] {
  if (reader['const'] !== undefined || reader['enum'] !== undefined) {
    const taken = reader['const'] === undefined ? toList(reader['enum']) : [reader['const']]
    const said = writer['const'] === undefined ? toList(writer['enum']) : [writer['const']]
    const isTaken = said.length > 0 && said.every((each) => taken.includes(each))
    return isTaken ? [] : [`${path}: not one of the words there were`]
  }
  const kind = reader['type']
  if (kind !== undefined && kind !== writer['type']) {
    const isNumber = kind === 'number' && writer['type'] === 'integer'
    if (!isNumber) return [`${path}: ${toWord(writer['type'])} instead of ${toWord(kind)}`]
  }
  if (kind === 'object') return compareObjects(writer, reader, isOverlooking, path)
  const limits = compareLimits(writer, reader, path)
  if (kind !== 'array') return limits
  const [made, read] = [toObject(writer['items']), toObject(reader['items'])]
  return [...limits, ...findRefusals(made, read, isOverlooking, `${path}[]`)]
}

function compareLimits(writer: JsonObject, reader: JsonObject, path: string): string[] {
  // A constant is a text of its own length.
  const text = writer['const']
  if (typeof text === 'string') {
    const { pattern, maxLength = Infinity, minLength = 0 } = reader
    const isGood =
      text.length <= Number(maxLength) &&
      text.length >= Number(minLength) &&
      (pattern === undefined || new RegExp(toWord(pattern)).test(text))
    return isGood ? [] : [`${path}: "${text}" is refused`]
  }
  const isLess = LEAST.filter(
    (name) =>
      reader[name] !== undefined && Number(writer[name] ?? -Infinity) < Number(reader[name]),
  )
  const isMore = MOST.filter(
    (name) => reader[name] !== undefined && Number(writer[name] ?? Infinity) > Number(reader[name]),
  )
  const isOther = ['pattern', 'multipleOf', 'uniqueItems'].filter(
    (name) => reader[name] !== undefined && reader[name] !== writer[name],
  )
  return [...isLess, ...isMore, ...isOther].map((name) => `${path}: ${name} is wider`)
}

function compareObjects(
  writer: JsonObject,
  reader: JsonObject,
  isOverlooking: boolean,
  path: string,
): string[] {
  const [made, read] = [toObject(writer['properties']), toObject(reader['properties'])]
  const sent = toList(writer['required'])
  const missing = toList(reader['required']).filter((name) => !sent.includes(name))
  const unknown = Object.keys(made).filter((name) => read[name] === undefined)
  const isClosed = reader['additionalProperties'] === false && !isOverlooking
  return [
    ...missing.map((name) => `${path}.${toWord(name)}: is not sent any more`),
    ...(isClosed ? unknown.map((name) => `${path}.${name}: is not known`) : []),
    ...Object.keys(made)
      .filter((name) => read[name] !== undefined)
      .flatMap((name) =>
        findRefusals(toObject(made[name]), toObject(read[name]), isOverlooking, `${path}.${name}`),
      ),
  ]
}
