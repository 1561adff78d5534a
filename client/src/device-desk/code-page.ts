import type { Language } from '../texts/text.ts'

/** Words as they stand, in bold, or as they are typed. */
export interface Run {
  readonly kind: 'plain' | 'bold' | 'code'
  readonly text: string
}

/** A piece of a page. `said` is what stands on the citizen's screen. */
export interface Block {
  readonly kind: 'heading' | 'text' | 'said' | 'list'
  /** One line each; a list has several. */
  readonly lines: readonly (readonly Run[])[]
}

/** The page of an error code in one language. */
export interface CodePage {
  readonly title: string
  readonly blocks: readonly Block[]
}

const SECTION: Readonly<Record<Language, string>> = { da: '## Dansk\n', en: '## English\n' }

/** Reads a file of `docs/codes`: of Markdown just what stands in those. */
export function readCodePage(file: string, language: Language): CodePage {
  const title = /^# (.+)$/m.exec(file)?.[1] ?? ''
  const [, rest = ''] = file.split(SECTION[language])
  const [section = ''] = rest.split(/^## /m)
  const parts = section.split(/\n{2,}/).flatMap(splitQuote)
  const blocks = parts.map((part) => part.trim()).filter((part) => part !== '')
  return {
    title: language === 'da' ? title : translate(title, blocks),
    blocks: blocks.map(toBlock),
  }
}

/** The English section begins with what the title says in Danish. */
function translate(title: string, blocks: string[]): string {
  const [first = ''] = blocks.splice(0, 1)
  return `${title.split(':', 1)[0] ?? ''}: ${first.replace(/\.$/, '')}`
}

/** A quotation may hold several screens, each with its sentence in bold first. */
function splitQuote(part: string): string[] {
  return part.startsWith('>') ? part.split(/\n>\s*\n(?=> \*\*)/) : [part]
}

function toBlock(part: string): Block {
  const heading = /^\*\*([^*]+)\*\*$/.exec(part)?.[1]
  if (heading !== undefined) return { kind: 'heading', lines: [[{ kind: 'plain', text: heading }]] }
  const lines = part.split('\n')
  if (part.startsWith('>')) {
    const said = lines.map((line) => line.replace(/^>\s?/, '')).join(' ')
    return { kind: 'said', lines: [toRuns(said)] }
  }
  if (part.startsWith('- ')) {
    return { kind: 'list', lines: lines.map((line) => toRuns(line.replace(/^- /, ''))) }
  }
  return { kind: 'text', lines: [toRuns(lines.join(' '))] }
}

function toRuns(text: string): Run[] {
  return text.split(/(\*\*[^*]+\*\*|`[^`]+`)/).flatMap((piece): Run[] => {
    if (piece === '') return []
    if (piece.startsWith('**')) return [{ kind: 'bold', text: piece.slice(2, -2) }]
    if (piece.startsWith('`')) return [{ kind: 'code', text: piece.slice(1, -1) }]
    return [{ kind: 'plain', text: piece }]
  })
}
