import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { UsageError, type BareCommand, type Outcome } from '../command.ts'
import { collectAnswers, listWarnings, QUESTIONS, type Ask } from './questions.ts'
import { LANGUAGE_WORDS, LANGUAGES, type Language } from './words.ts'
import { addSecrets, isSetUp, writeStack } from './write-stack.ts'

const NEXT = [
  'docker compose up -d --build --wait',
  'docker compose exec app naervaer admin create "Navn Navnesen"',
] as const

const init: BareCommand = {
  name: 'init',
  usage:
    '[--to <folder>] [--lang da|en] [--host <name>] [--tls acme|files|internal] [--email <address>] [--turn-address <ip>] [--turn-host-address <ip>] [--duty-phone <number>]',
  summary:
    'ask for what the stack needs, and write .env and secrets/ beside docker-compose.yml; where they are, add the secrets that are missing',
  wordCount: [0, 0],
  options: ['to', 'lang', ...QUESTIONS.map(({ option }) => option)],
  async runBare({ options: { to = '.', lang, ...given } }) {
    if (isSetUp(resolve(to))) {
      const language = await chooseLanguage(lang, null)
      // They would seem to have been taken.
      const isAnswered = Object.values(given).some((value) => value !== undefined)
      if (isAnswered) throw new UsageError(LANGUAGE_WORDS[language].changedByHand)
      return complete(resolve(to), language)
    }
    const hasAll = QUESTIONS.every(
      ({ option, fallback }) => fallback !== undefined || given[option] !== undefined,
    )
    const isAsking = process.stdin.isTTY && !hasAll
    const { ask, close } = isAsking ? openConversation() : { ask: null, close: () => undefined }
    try {
      return await setUp(resolve(to), await chooseLanguage(lang, ask), given, ask)
    } finally {
      close()
    }
  },
}

export const INIT_COMMANDS: readonly BareCommand[] = [init]

/** After an upgrade: nobody is asked, and nothing that is there is touched. */
function complete(folder: string, language: Language): Outcome {
  const words = LANGUAGE_WORDS[language]
  const files = addSecrets(folder, words)
  return {
    lines: files.length === 0 ? [words.complete] : [words.added(files.join(', '))],
    json: { files, warnings: [], next: [] },
  }
}

async function setUp(
  folder: string,
  language: Language,
  given: Readonly<Record<string, string | undefined>>,
  ask: Ask | null,
): Promise<Outcome> {
  const words = LANGUAGE_WORDS[language]
  if (ask !== null) process.stderr.write(`\n${words.welcome}\n`)
  const answers = await collectAnswers(given, ask, language)
  const files = writeStack(folder, answers, words)
  const warnings = listWarnings(answers, words)
  const hasOwnFiles = answers.TLS_MODE === 'files'
  return {
    lines: [
      '',
      words.written(files.join(', ')),
      ...warnings,
      words.keep,
      '',
      words.next,
      ...(hasOwnFiles ? [`  ${words.ownFiles}`] : []),
      ...NEXT.map((command) => `  ${command}`),
    ],
    json: { files, warnings, next: NEXT },
  }
}

async function chooseLanguage(wish: string | undefined, ask: Ask | null): Promise<Language> {
  const find = (word: string) => LANGUAGES.find((each) => word.trim().toLowerCase() === each)
  if (wish !== undefined) {
    const language = find(wish)
    if (language === undefined) throw new UsageError(`--lang: ${LANGUAGES.join(', ')}`)
    return language
  }
  if (ask === null) return 'da'
  for (;;) {
    const said = await ask('Dansk (da) / English (en) [da]: ')
    if (said === null) throw new UsageError(LANGUAGE_WORDS.da.gone)
    const language = said.trim() === '' ? 'da' : find(said)
    if (language !== undefined) return language
  }
}

/** Questions go beside the output, which stays for scripts. */
function openConversation(): { ask: Ask; close: () => void } {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const gone = new Promise<null>((settle) => terminal.once('close', () => settle(null)))
  return {
    ask: (question) => Promise.race([terminal.question(question), gone]),
    close: () => terminal.close(),
  }
}
