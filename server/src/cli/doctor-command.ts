import { readFile } from 'node:fs/promises'
import { DOCTOR_LANGUAGES, type DoctorLanguage, type Finding, type Level } from '../doctor/check.ts'
import { CHECKS } from '../doctor/checks.ts'
import { makeContext } from '../doctor/context.ts'
import { examine, type Examined } from '../doctor/examine.ts'
import { readMachineLanguage } from '../config.ts'
import { EXIT_CODES, UsageError, type BareCommand } from './command.ts'

const LEVEL_WORDS: Readonly<Record<Level, Readonly<Record<DoctorLanguage, string>>>> = {
  ok: { da: 'ok', en: 'ok' },
  warning: { da: 'advarsel', en: 'warning' },
  error: { da: 'fejl', en: 'error' },
  unseen: { da: '–', en: '–' },
}

const doctor: BareCommand = {
  name: 'doctor',
  usage: '[--outside <address>] [--lang da|en] [--ca <file>] [--ntp <host>] [--seconds <n>]',
  summary: 'look at twenty things that may be wrong with the installation, and say what to do',
  wordCount: [0, 0],
  options: ['outside', 'lang', 'ca', 'ntp', 'seconds'],
  async runBare({ options }) {
    const { ca, ntp } = options
    const outside = parseOutside(options['outside'])
    const language = parseLanguage(options['lang'])
    const context = makeContext({
      outside,
      ...(ca === undefined ? {} : { ca: await readFile(ca, 'utf8') }),
      ...(ntp === undefined ? {} : { ntpServer: ntp }),
      ...(options['seconds'] === undefined ? {} : { relayMs: parseSeconds(options['seconds']) }),
    })
    const checks = outside === null ? CHECKS : CHECKS.filter(({ isFromOutside }) => isFromOutside)
    const examined = await examine(checks, context)
    const all = examined.flatMap(({ findings }) => findings)
    const hasError = all.some(({ level }) => level === 'error')
    return {
      lines: [...examined.flatMap((each) => describe(each, language)), '', sumUp(all, language)],
      json: examined.map(({ check: { number, name }, findings }) => ({
        number,
        name: name[language],
        findings: findings.map(({ level, code, text, todo }) => ({
          ...{ level, code, text: text[language] },
          ...(todo === undefined ? {} : { todo: todo[language] }),
        })),
      })),
      exitCode: hasError ? EXIT_CODES.failed : EXIT_CODES.ok,
    }
  },
}

export const DOCTOR_COMMANDS: readonly BareCommand[] = [doctor]

function parseOutside(text: string | undefined): URL | null {
  if (text === undefined) return null
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(
      '--outside must be the address that people see, such as https://video.example.dk',
    )
  }
  return url
}

function parseSeconds(text: string): number {
  if (!/^[1-9][0-9]?$/.test(text)) throw new UsageError('--seconds must be a number from 1 to 99')
  return Number(text) * 1_000
}

/** Danish, unless the machine or whoever asks speaks English. */
function parseLanguage(text: string | undefined): DoctorLanguage {
  if (text === undefined) return readMachineLanguage()
  const language = DOCTOR_LANGUAGES.find((each) => each === text)
  if (language === undefined)
    throw new UsageError(`--lang must be one of ${DOCTOR_LANGUAGES.join(', ')}`)
  return language
}

function describe({ check, findings }: Examined, language: DoctorLanguage): string[] {
  const number = String(check.number).padStart(2)
  return findings.flatMap(({ level, text, todo }) => [
    `${number} ${LEVEL_WORDS[level][language].padEnd(8)} ${check.name[language]}: ${text[language]}`,
    ...(todo === undefined ? [] : [`            ${todo[language]}`]),
  ])
}

function sumUp(findings: readonly Finding[], language: DoctorLanguage): string {
  const count = (level: Level) => findings.filter((finding) => finding.level === level).length
  const [errors, warnings, unseen] = [count('error'), count('warning'), count('unseen')]
  return language === 'da'
    ? `${errors} fejl, ${warnings} advarsler, ${unseen} kunne ikke ses herfra.`
    : `${errors} errors, ${warnings} warnings, ${unseen} could not be seen from here.`
}
