import t from 'tap'
import { matchesName } from '../../../../client/src/controllers/desk/search.ts'

t.test('a citizen is found by the beginning of any of their names, however it is written', (t) => {
  for (const [name, written] of [
    ['Anna', ''],
    ['Anna', '  '],
    ['Anna Møller', 'an'],
    ['Anna Møller', 'MØL'],
    ['Anna Møller', 'moel'],
    ['Åse Ærø', 'aase aer'],
    ['Åse Ærø', 'ærø å'],
    ['Anne-Marie Skov', 'marie'],
    ['René Lund', 'rene'],
    ['Rene Lund', 'rené'],
  ] as const) {
    t.ok(matchesName(name, written), `${name}: ${written}`)
  }
  t.end()
})

t.test('and by nothing else', (t) => {
  for (const [name, written] of [
    ['Anna', 'nna'],
    ['Anna Møller', 'anna b'],
    ['Anna', 'anne'],
    ['Anna', '.*'],
    ['Anna', '('],
  ] as const) {
    t.notOk(matchesName(name, written), `${name}: ${written}`)
  }
  t.end()
})
