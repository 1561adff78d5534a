import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartError } from '../../start-error.ts'
import type { Answers } from './questions.ts'
import type { WordsOf } from './words.ts'

/** As strong as the keys that are derived from them. */
const SECRET_BYTES = 32

/** Only their owner reads what Compose itself reads. */
const PRIVATE_FILE = 0o600
/** Compose mounts a secret with the mode it has here, and the containers' users must read it … */
const SHARED_FILE = 0o444
/** … so their folder lets nobody in. */
const PRIVATE_FOLDER = 0o700
const SHARED_FOLDER = 0o755

interface NewFile {
  readonly path: string
  readonly text: string
  readonly mode: number
}

/**
 * Writes `.env` and `secrets/` beside docker-compose.yml: all of them, or none where one is there already.
 *
 * @returns the files, from the folder
 * @throws StartError when the stack is not here, or would be written over
 */
export function writeStack(folder: string, answers: Answers, words: WordsOf): readonly string[] {
  if (!existsSync(join(folder, 'docker-compose.yml'))) throw new StartError(words.noStack)
  const files = listFiles(answers)
  const there = files.filter(({ path }) => existsSync(join(folder, path)))
  if (there.length > 0) {
    throw new StartError(words.exists(there.map(({ path }) => path).join(', ')))
  }
  makeFolder(join(folder, 'secrets'), PRIVATE_FOLDER, words)
  makeFolder(join(folder, 'secrets', 'certs'), SHARED_FOLDER, words)
  for (const { path, text, mode } of files) {
    attempt(path, words, () => {
      // Never over one that somebody else has written meanwhile.
      writeFileSync(join(folder, path), text, { flag: 'wx', mode })
      // Whatever the umask is.
      chmodSync(join(folder, path), mode)
    })
  }
  return files.map(({ path }) => path)
}

function listFiles(answers: Answers): readonly NewFile[] {
  const draw = () => `${randomBytes(SECRET_BYTES).toString('hex')}\n`
  return [
    { path: '.env', text: toEnv(answers), mode: PRIVATE_FILE },
    { path: 'secrets/master_key', text: draw(), mode: SHARED_FILE },
    { path: 'secrets/turn_secret', text: draw(), mode: SHARED_FILE },
    { path: 'secrets/oidc_client_secret', text: '', mode: SHARED_FILE },
  ]
}

/** In single quotes, in which Compose takes nothing for a variable. */
function toEnv(answers: Answers): string {
  const lines = Object.entries(answers).map(([name, value]) => `${name}='${String(value)}'\n`)
  return `# Written by naervaer init. What else may stand here: .env.example\n${lines.join('')}`
}

function makeFolder(path: string, mode: number, words: WordsOf): void {
  attempt(path, words, () => {
    mkdirSync(path, { recursive: true, mode })
    chmodSync(path, mode)
  })
}

function attempt(path: string, words: WordsOf, write: () => void): void {
  try {
    write()
  } catch (error) {
    throw new StartError(words.notWritten(path), { cause: error })
  }
}
