import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { StartError } from '../start-error.ts'

const KEY_BYTES = 32
/** 32 bytes in base64url without padding, or in hexadecimal as `openssl rand -hex 32` prints them. */
const BASE64URL_KEY = /^[A-Za-z0-9_-]{43}$/
const HEX_KEY = /^[0-9a-fA-F]{64}$/
/** Random keys of this length practically never have fewer; keys typed by hand do. */
const MIN_DISTINCT_BYTES = 16
const FILE_NAME = 'master.key'

/**
 * Reads a master key as it is written.
 *
 * @param source - the variable or file to be named in the complaint
 * @throws StartError for one that is short, or that nobody drew at random (criterion S-08)
 */
export function parseMasterKey(text: string, source: string): Buffer {
  const key = HEX_KEY.test(text)
    ? Buffer.from(text, 'hex')
    : BASE64URL_KEY.test(text)
      ? Buffer.from(text, 'base64url')
      : null
  if (key?.length !== KEY_BYTES) {
    throw new StartError(`${source} must be 32 random bytes: openssl rand -hex 32 makes them.`)
  }
  if (new Set(key).size < MIN_DISTINCT_BYTES) {
    throw new StartError(`${source} is an example and not random: openssl rand -hex 32 makes one.`)
  }
  return key
}

/**
 * The master key of this installation, drawn at its first start.
 *
 * @param folder - `DATA_DIR/secrets`; made with mode 0700, the file with 0600
 * @param mayMake - false where records are there already: a new key would open none of them, and would
 *   hide that theirs is gone
 * @throws StartError MASTER_KEY_MISSING where it is not there and may not be made, and without a code
 *   where it cannot be read, kept or trusted
 */
export function loadOrMakeMasterKey(folder: string, mayMake: boolean): Buffer {
  const file = join(folder, FILE_NAME)
  try {
    const text = readIfThere(file) ?? (mayMake ? make(folder, file) : refuseToMake())
    if ((statSync(file).mode & 0o077) !== 0) {
      throw new StartError(`DATA_DIR/secrets/${FILE_NAME} can be read by others: chmod 600 it.`)
    }
    return parseMasterKey(text, `DATA_DIR/secrets/${FILE_NAME}`)
  } catch (error) {
    if (error instanceof StartError) throw error
    throw new StartError(`DATA_DIR/secrets/${FILE_NAME} cannot be read or made.`, { cause: error })
  }
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

function refuseToMake(): never {
  throw new StartError(
    `the records in DATA_DIR need their key: DATA_DIR/secrets/${FILE_NAME} is not there. Put it back, or give it as MASTER_KEY.`,
    { code: 'MASTER_KEY_MISSING' },
  )
}

/** Whole or not at all, and only one where two processes start at once: a link never replaces. */
function make(folder: string, file: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const draft = join(folder, `${FILE_NAME}.${randomBytes(6).toString('hex')}`)
  writeFileSync(draft, `${randomBytes(KEY_BYTES).toString('base64url')}\n`, {
    flag: 'wx',
    mode: 0o600,
  })
  try {
    chmodSync(draft, 0o600)
    linkSync(draft, file)
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    if (!isThere) throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return readFileSync(file, 'utf8').trim()
}
