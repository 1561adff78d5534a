import t from 'tap'
import type { TextLine } from '../../../client/src/call/features/text-lines.ts'
import { WordVoice } from '../../../client/src/components/word-voice.ts'

const line = (id: number, text: string, party: TextLine['party'] = 'other'): TextLine => ({
  id,
  party,
  text,
})

/** What is told while a line grows to each of these. */
function tellAll(voice: WordVoice, steps: readonly string[]): string[] {
  return steps.flatMap((text) => voice.take([], text, false).map(({ words }) => words))
}

t.test('A-03 text is told by the word, not by the letter', (t) => {
  const voice = new WordVoice()
  const typed = 'Jeg kommer nu'
  const steps = Array.from(typed, (_, index) => typed.slice(0, index + 1))
  t.same(tellAll(voice, steps), ['Jeg', 'kommer'])
  t.same(voice.take([], typed, true), [{ words: 'nu', isFirst: false }], 'the last when it pauses')
  t.same(voice.take([], typed, true), [], 'once')
  t.same(voice.take([line(1, typed)], '', false), [], 'and not again when the line ends')
  t.end()
})

t.test('A-03 whose line it is is said once, with its first words', (t) => {
  const voice = new WordVoice()
  t.same(voice.take([], 'Hej ', false), [{ words: 'Hej', isFirst: true }])
  t.same(voice.take([], 'Hej Anna ', false), [{ words: 'Anna', isFirst: false }])
  t.same(voice.take([line(1, 'Hej Anna du')], 'Vi ', false), [
    { words: 'du', isFirst: false },
    { words: 'Vi', isFirst: true },
  ])
  t.same(voice.take([line(1, 'Hej Anna du'), line(2, 'eget', 'own')], 'Vi ', false), [])
  t.end()
})

t.test('A-03 a corrected word is told again, whole', (t) => {
  const voice = new WordVoice()
  t.same(tellAll(voice, ['Klokken to ', 'Klokken t', 'Klokken ti ']), ['Klokken to', 'ti'])
  t.same(voice.take([], 'Klokken ti og', true), [{ words: 'og', isFirst: false }])
  t.same(voice.take([], 'Klokken ti ogs', false), [], 'a word that goes on is waited for')
  t.same(tellAll(voice, ['Klokken ti også ']), ['også'])
  t.end()
})
