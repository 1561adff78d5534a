import { isIPv4 } from 'node:net'
import { UsageError } from '../command.ts'
import { LANGUAGE_WORDS, type Language, type WordsOf } from './words.ts'

/** How the proxy gets its certificate. */
const TLS_MODES = ['acme', 'files', 'internal']

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const HOST = new RegExp(`^(?=.{1,253}$)(?:${LABEL}\\.)+(?![0-9]+$)${LABEL}$`)
/** No authority signs these: the name must be one that the whole world can look up. */
const NOT_PUBLIC = /^localhost$|\.(localhost|local|internal|lan|home|test|example|invalid|arpa)$/
const EMAIL = new RegExp(`^[A-Za-z0-9._%+-]{1,64}@(?:${LABEL}\\.)+${LABEL}$`)
/** As the server takes it. */
const PHONE = /^\+?[0-9][0-9 ]{1,18}[0-9]$/
/** Without the signs that end a value in `.env`. */
const MUNICIPALITY = /^[\p{L}\p{N}][\p{L}\p{N} .,&()/-]{0,59}$/u
/** Addresses that no other machine can reach: this network, loopback, link-local, multicast and beyond. */
const NO_HOST = /^(0|127|169\.254|22[4-9]|2[3-5][0-9])\./
const PRIVATE =
  /^(10|192\.168|172\.(1[6-9]|2[0-9]|3[01])|100\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7]))\./

/** What `.env` says, by variable; an empty one is left out of use. */
export interface Answers {
  readonly PUBLIC_HOST: string
  readonly TLS_MODE: string
  readonly CONTACT_EMAIL: string
  readonly TURN_ADDRESS: string
  readonly TURN_HOST_ADDRESS: string
  readonly DUTY_PHONE: string
  readonly MUNICIPALITY_NAME: string
  readonly PRIVACY_URL: string
  readonly ACCESSIBILITY_STATEMENT_URL: string
}
export type Variable = keyof Answers

/** One thing that must be known before the stack can start. */
export interface Question {
  readonly variable: Variable
  /** The option that answers it in a script. */
  readonly option: string
  /** What an empty answer means, given those before; undefined where there must be one. */
  readonly fallback?: (before: Partial<Answers>) => string
  /** Of what is typed, without blanks around it, the answer that is meant; as it is where left out. */
  readonly tidy?: (typed: string) => string
  /** What is wrong with an answer, in the language of whoever gave it; null when nothing is. */
  readonly findProblem: (
    answer: string,
    before: Partial<Answers>,
    words: WordsOf<'problems'>,
  ) => string | null
}

/** A host's name is typed with capitals, and pasted from the address bar. */
const tidyName = (answer: string): string =>
  answer
    .replace(/^https?:\/\//i, '')
    .replace(/\/$/, '')
    .toLowerCase()

const asTyped = (typed: string): string => typed

/** In the order in which they are asked. */
export const QUESTIONS: readonly Question[] = [
  {
    variable: 'PUBLIC_HOST',
    option: 'host',
    tidy: tidyName,
    findProblem: (answer, _before, words) =>
      HOST.test(answer) || answer === 'localhost' ? null : words.host,
  },
  {
    variable: 'TLS_MODE',
    option: 'tls',
    tidy: (typed) => typed.toLowerCase(),
    fallback: ({ PUBLIC_HOST = '' }) => (NOT_PUBLIC.test(PUBLIC_HOST) ? 'internal' : 'acme'),
    findProblem: (answer, { PUBLIC_HOST = '' }, words) => {
      if (!TLS_MODES.includes(answer)) return words.tls
      return answer === 'acme' && NOT_PUBLIC.test(PUBLIC_HOST) ? words.notPublic : null
    },
  },
  {
    variable: 'CONTACT_EMAIL',
    option: 'email',
    findProblem: (answer, _before, words) => (EMAIL.test(answer) ? null : words.email),
  },
  {
    variable: 'TURN_ADDRESS',
    option: 'turn-address',
    findProblem: findAddressProblem,
  },
  {
    variable: 'TURN_HOST_ADDRESS',
    option: 'turn-host-address',
    fallback: ({ TURN_ADDRESS = '' }) => TURN_ADDRESS,
    findProblem: findAddressProblem,
  },
  {
    variable: 'DUTY_PHONE',
    option: 'duty-phone',
    fallback: () => '',
    findProblem: (answer, _before, words) =>
      answer === '' || (PHONE.test(answer) && answer.length <= 20) ? null : words.phone,
  },
  {
    variable: 'MUNICIPALITY_NAME',
    option: 'municipality',
    fallback: () => '',
    findProblem: (answer, _before, words) =>
      answer === '' || MUNICIPALITY.test(answer) ? null : words.municipality,
  },
  {
    variable: 'PRIVACY_URL',
    option: 'privacy-url',
    fallback: () => '',
    findProblem: findLinkProblem,
  },
  {
    variable: 'ACCESSIBILITY_STATEMENT_URL',
    option: 'accessibility-url',
    fallback: () => '',
    findProblem: findLinkProblem,
  },
]

function findLinkProblem(
  answer: string,
  _before: Partial<Answers>,
  words: WordsOf<'problems'>,
): string | null {
  const isLink = /^https:\/\/[^\s'"]{1,280}$/.test(answer) && URL.canParse(answer)
  return answer === '' || isLink ? null : words.link
}

function findAddressProblem(
  answer: string,
  _before: Partial<Answers>,
  words: WordsOf<'problems'>,
): string | null {
  return isIPv4(answer) && !NO_HOST.test(answer) ? null : words.address
}

/** Asks one question; null when whoever is asked has gone. */
export type Ask = (question: string) => Promise<string | null>

/**
 * Takes what options say, and asks for the rest until each answer will do.
 *
 * @param given - by option
 * @param ask - null where nobody can be asked
 * @throws UsageError when an option will not do, or an answer is missing
 */
export async function collectAnswers(
  given: Readonly<Record<string, string | undefined>>,
  ask: Ask | null,
  language: Language,
): Promise<Answers> {
  const words = LANGUAGE_WORDS[language]
  const answers: Partial<Record<Variable, string>> = {}
  for (const question of QUESTIONS) {
    const { variable, option } = question
    const value = given[option]
    if (value !== undefined || ask === null) {
      answers[variable] = takeOption(question, value, answers, words)
      continue
    }
    answers[variable] = await askUntilRight(question, ask, answers, words)
  }
  // Every question has been answered.
  return answers as Answers
}

function takeOption(
  { option, fallback, findProblem, tidy = asTyped }: Question,
  value: string | undefined,
  before: Partial<Answers>,
  words: WordsOf,
): string {
  const answer = tidy((value ?? fallback?.(before) ?? '').trim())
  if (value === undefined && fallback === undefined) {
    throw new UsageError(words.missing(`--${option}`))
  }
  const problem = findProblem(answer, before, words.problems)
  if (problem !== null) throw new UsageError(`--${option}: ${problem}`)
  return answer
}

async function askUntilRight(
  { variable, fallback, findProblem, tidy = asTyped }: Question,
  ask: Ask,
  before: Partial<Answers>,
  words: WordsOf,
): Promise<string> {
  const otherwise = fallback?.(before)
  const hint = otherwise === undefined || otherwise === '' ? '' : ` [${otherwise}]`
  let complaint = ''
  for (;;) {
    const said = await ask(`${complaint}\n${words.questions[variable]}${hint}: `)
    if (said === null) throw new UsageError(words.gone)
    const typed = tidy(said.trim())
    const answer = typed === '' ? (otherwise ?? '') : typed
    const problem = findProblem(answer, before, words.problems)
    if (problem === null) return answer
    complaint = `  ${problem}\n`
  }
}

/** What was answered and will do, but should be known. */
export function listWarnings(answers: Answers, words: WordsOf): readonly string[] {
  return [
    ...(PRIVATE.test(answers.TURN_ADDRESS) ? [words.warnings.privateAddress] : []),
    ...(answers.TLS_MODE === 'internal' ? [words.warnings.internal] : []),
    ...(answers.DUTY_PHONE === '' ? [words.warnings.noPhone] : []),
    ...(answers.PRIVACY_URL === '' || answers.ACCESSIBILITY_STATEMENT_URL === ''
      ? [words.warnings.noLinks]
      : []),
  ]
}
