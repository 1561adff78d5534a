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

/** What an installation cannot do without, and nobody can draw anew for records that are there. */
const KEPT_FOR_EVER = ['.env', 'secrets/master_key'] as const

/** Whether the stack has been set up here before. */
export const isSetUp = (folder: string): boolean =>
  KEPT_FOR_EVER.every((path) => existsSync(join(folder, path)))

/**
 * Adds the secrets that a later version asks for, and touches nothing that is there.
 *
 * @param folder - where the stack has been set up
 * @returns the files that were written, from the folder
 * @throws StartError when the stack is not here, or they cannot be written
 */
export function addSecrets(folder: string, words: WordsOf): readonly string[] {
  if (!existsSync(join(folder, 'docker-compose.yml'))) throw new StartError(words.noStack)
  const missing = listSecrets().filter(({ path }) => !existsSync(join(folder, path)))
  writeFiles(folder, missing, words)
  return missing.map(({ path }) => path)
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
  writeFiles(folder, files, words)
  return files.map(({ path }) => path)
}

function writeFiles(folder: string, files: readonly NewFile[], words: WordsOf): void {
  for (const { path, text, mode } of files) {
    attempt(path, words, () => {
      // Never over one that somebody else has written meanwhile.
      writeFileSync(join(folder, path), text, { flag: 'wx', mode })
      // Whatever the umask is.
      chmodSync(join(folder, path), mode)
    })
  }
}

const listFiles = (answers: Answers): readonly NewFile[] => [
  { path: '.env', text: toEnv(answers), mode: PRIVATE_FILE },
  ...listSecrets(),
]

function listSecrets(): readonly NewFile[] {
  const draw = () => `${randomBytes(SECRET_BYTES).toString('hex')}\n`
  const texts = {
    master_key: draw(),
    turn_secret: draw(),
    oidc_client_secret: '',
    metrics_token: draw(),
    grafana_password: draw(),
  }
  return Object.entries(texts).map(([name, text]) => ({
    path: `secrets/${name}`,
    text,
    mode: SHARED_FILE,
  }))
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
