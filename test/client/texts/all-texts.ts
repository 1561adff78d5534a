import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Language, TextKey } from '../../../client/src/texts/text.ts'

const FOLDER = join(import.meta.dirname, '../../../client/src/texts')

/** The parts of a language by their names, as the files stand. */
export async function readParts(
  language: Language,
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const files = (await readdir(join(FOLDER, language))).sort()
  const parts = files.map(async (file) => {
    const { texts } = (await import(join(FOLDER, language, file))) as {
      texts: Record<string, string>
    }
    return [file.replace('.ts', ''), texts] as const
  })
  return new Map(await Promise.all(parts))
}

/** Every sentence of a language; the compiler has seen to it that none is missing. */
export async function readTexts(language: Language): Promise<Readonly<Record<TextKey, string>>> {
  const parts = await readParts(language)
  return Object.assign({}, ...parts.values()) as Record<TextKey, string>
}
