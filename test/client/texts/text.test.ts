import t from 'tap'
import { chooseLanguage } from '../../../client/src/texts/language.ts'
import { danishGenitive, englishGenitive } from '../../../client/src/texts/genitive.ts'
import {
  anyOf,
  clockTime,
  fillGaps,
  firstName,
  setTexts,
  t as text,
} from '../../../client/src/texts/text.ts'
import { errorText } from '../../../client/src/texts/error-text.ts'
import { lix } from '../lix.ts'
import { readTexts } from './all-texts.ts'

const da = await readTexts('da')
const en = await readTexts('en')

const gapsOf = (sentence: string): string[] =>
  [...new Set([...sentence.matchAll(/\{(\w+)(?::s)?\}/g)].map((match) => match[1] ?? ''))].sort()

t.afterEach(() => {
  setTexts('da', da)
})

t.test('names take the Danish genitive', (t) => {
  const expected = { Anna: 'Annas', Jens: "Jens'", Max: "Max'", Liz: "Liz'", MARIUS: "MARIUS'" }
  for (const [name, genitive] of Object.entries(expected)) t.equal(danishGenitive(name), genitive)
  t.equal(englishGenitive('Jens'), "Jens's")
  t.end()
})

t.test('gaps are filled, with the genitive where it is asked for', (t) => {
  t.equal(text('home.hello', { name: 'Anna' }), 'Hej Anna')
  t.equal(text('call.otherPicture', { name: 'Jens' }), "Jens' billede")
  t.equal(text('missed.title', { name: 'Mette', time: '10.00' }), 'Mette ringede kl. 10.00')
  t.equal(
    fillGaps('{name} {name}', { name: '{name}' }, (n) => n),
    '{name} {name}',
  )
  t.equal(
    fillGaps('Hej {name}', {}, (n) => n),
    'Hej {name}',
    'a forgotten gap is seen',
  )
  t.end()
})

t.test('English has the same gaps in every sentence', (t) => {
  for (const [key, sentence] of Object.entries(da)) {
    const english = Object.entries(en).find(([name]) => name === key)?.[1] ?? ''
    t.same(gapsOf(english), gapsOf(sentence), key)
    t.not(english, '', key)
  }
  t.same(Object.keys(en).sort(), Object.keys(da).sort())
  t.end()
})

t.test('English is spoken once it has been chosen', (t) => {
  setTexts('en', en)
  t.equal(text('ring.title', { name: 'Mette' }), 'Mette is calling')
  t.equal(text('call.otherPicture', { name: 'Anna' }), "Anna's picture")
  t.equal(clockTime(Date.UTC(2026, 10, 26, 9)), '10:00')
  t.end()
})

t.test('a clock time is Danish, in Copenhagen, across the change of the clocks', (t) => {
  t.equal(clockTime(Date.UTC(2026, 10, 26, 9)), '10.00')
  t.equal(clockTime(Date.UTC(2026, 6, 1, 8)), '10.00')
  t.equal(clockTime(Date.UTC(2026, 6, 1, 22, 5)), '00.05')
  t.end()
})

t.test('people are called by their first name, and listed as one speaks', (t) => {
  t.equal(firstName('Mette Holm'), 'Mette')
  t.equal(firstName('Anna'), 'Anna')
  t.equal(anyOf(['Mette']), 'Mette')
  t.equal(anyOf(['Mette', 'Ole']), 'Mette eller Ole')
  t.end()
})

t.test('the language is the one asked for, else the one chosen here, else the browser’s', (t) => {
  const preferred = ['da-DK', 'en']
  t.equal(chooseLanguage({ asked: 'en', remembered: 'da', preferred }), 'en')
  t.equal(chooseLanguage({ asked: null, remembered: 'en', preferred }), 'en')
  t.equal(chooseLanguage({ asked: 'fr', remembered: 'xx', preferred }), 'da')
  const unsaid = { asked: null, remembered: null }
  const rows: [preferred: string[], language: string, why: string][] = [
    [['da'], 'da', 'a Danish phone'],
    [['en-GB', 'en'], 'en', 'an English phone'],
    [['en-US', 'da-DK'], 'da', 'an English phone of somebody who reads Danish'],
    [['pl', 'en'], 'en', 'of those that we speak'],
    [['pl'], 'da', 'none that we speak'],
    [[], 'da', 'a browser that does not say'],
  ]
  for (const [preferred, language, why] of rows) {
    t.equal(chooseLanguage({ ...unsaid, preferred }), language, why)
  }
  t.end()
})

t.test('a refusal is told in words, and an unknown one in general words', (t) => {
  t.equal(errorText('NOT_ASSIGNED'), 'Du er ikke tilknyttet denne borger.')
  t.equal(
    errorText('CONNECTION_LOST'),
    'Der er ikke forbindelse lige nu. Prøv igen, når den er tilbage.',
  )
  t.equal(errorText('SIGNAL_STALE'), 'Det gik ikke. Prøv igen.')
  t.end()
})

t.test('A-16 no single sentence is hard to read', (t) => {
  for (const [key, sentence] of Object.entries(da)) {
    // A label of a word or two has no readability of its own.
    if (sentence.split(' ').length < 6) continue
    t.ok(lix(sentence) <= 45, `${key}: ${lix(sentence).toFixed(0)}`)
  }
  t.equal(lix('Det er let. Det er kort.'), 3)
  t.ok(lix('Administrationskonsekvenserne forudsætter forvaltningsretlige overvejelser.') > 60)
  t.end()
})

t.test('no sentence says what the product must not say', (t) => {
  for (const [key, sentence] of Object.entries(da)) {
    t.notMatch(sentence, /samtykke|session|websocket|webrtc|server\b/i, key)
    t.notMatch(sentence, /!/, `${key}: no exclamation marks`)
  }
  t.end()
})
