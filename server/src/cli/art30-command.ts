import { readConfig } from '../config.ts'
import { INVENTORY_LANGUAGES } from '../inventory/inventory.ts'
import { listKept } from '../inventory/kept.ts'
import { listRecordKinds, listRecordLines } from '../inventory/record.ts'
import { UsageError, type BareCommand } from './command.ts'

/** It reads of nobody and needs no records, so it leaves no line in the audit log. */
const art30: BareCommand = {
  name: 'art30',
  usage: '[--language da|en]',
  summary: 'print a draft of the record of processing activities (GDPR art. 30)',
  wordCount: [0, 0],
  options: ['language'],
  runBare({ options }) {
    const wanted = options['language'] ?? 'da'
    const language = INVENTORY_LANGUAGES.find((each) => each === wanted)
    if (language === undefined) throw new UsageError('--language is da or en')
    const kept = listKept(readConfig().retention)
    const lines = listRecordLines(language, kept)
    return Promise.resolve({ lines, json: listRecordKinds(language, kept) })
  },
}

export const ART30_COMMANDS: readonly BareCommand[] = [art30]
