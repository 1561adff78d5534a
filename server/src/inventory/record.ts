import { listInventory, type InventoryLanguage } from './inventory.ts'
import { listKept, sayDuration, type AllKept } from './kept.ts'
import { makeDanishWords, makeEnglishWords } from './record-words.ts'

const MAKE_WORDS = { da: makeDanishWords, en: makeEnglishWords } as const

/** The record of processing activities (GDPR art. 30) as Markdown, line by line, from the data inventory. */
export function listRecordLines(language: InventoryLanguage, kept: AllKept = listKept()): string[] {
  const words = MAKE_WORDS[language](sayDuration(kept.backup, language))
  return [
    `# ${words.title}`,
    '',
    ...words.intro.flatMap((line) => [line, '']),
    ...toMarkdownTable(words.fieldHeads, words.fields),
    '',
    `## ${words.kindsTitle}`,
    '',
    ...toMarkdownTable(
      words.kindHeads,
      listInventory(kept).map((kind) => [
        kind[language].name,
        words.whose[kind.whose],
        kind[language].data,
        kind[language].kept,
        kind.tables.map((name) => `\`${name}\``).join(', '),
      ]),
    ),
    '',
    `## ${words.notesTitle}`,
    '',
    ...words.notes.map((note) => `- ${note}`),
  ]
}

/** The same for programs: the kinds of data with their words in one language. */
export function listRecordKinds(language: InventoryLanguage, kept: AllKept = listKept()) {
  return listInventory(kept).map(({ tables, whose, [language]: words }) => ({
    ...words,
    whose,
    tables,
  }))
}

function toMarkdownTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const toLine = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [toLine(heads), toLine(heads.map(() => '---')), ...rows.map(toLine)]
}
