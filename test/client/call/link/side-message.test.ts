import { readFile } from 'node:fs/promises'
import t from 'tap'
import {
  parseSideMessage,
  SideMessageSchema,
} from '../../../../client/src/call/link/side-message.ts'
import { MAX_LINE_CHARS } from '../../../../client/src/call/features/text-lines.ts'
import { SEND_AFTER_MS } from '../../../../client/src/call/features/live-text.ts'
import { MAX_TEXT_BYTES } from '../../../../client/src/call/link/text-channel.ts'

const protocol = await readFile(new URL('../../../../docs/protocol.md', import.meta.url), 'utf8')

t.test('the protocol page has every message of the direct line, with its properties', (t) => {
  for (const { properties } of SideMessageSchema.anyOf) {
    const { type, ...rest } = properties
    const row = protocol.split('\n').find((line) => line.startsWith(`| \`${type.const}\``)) ?? ''
    for (const name of Object.keys(rest)) t.ok(row.includes(name), `${type.const}: ${name}`)
    t.not(row, '', type.const)
  }
  t.end()
})

t.test('the protocol page has the limits of real-time text', (t) => {
  const rule = (name: string) => protocol.split('\n').find((line) => line.includes(`**${name}**`))
  t.match(rule('RT1'), ` ${String(SEND_AFTER_MS)} ms`)
  t.match(rule('RT3'), ` ${String(MAX_TEXT_BYTES)} bytes`)
  t.match(rule('RT3'), ` ${String(MAX_LINE_CHARS)} UTF-16 units`)
  t.end()
})

t.test('DL2 what is not known is ignored', (t) => {
  const hash = '0a'.repeat(32)
  t.ok(parseSideMessage(JSON.stringify({ type: 'digits-commit', commitment: hash })))
  const ofLaterVersion = JSON.stringify({ type: 'digits-commit', commitment: hash, more: true })
  t.match(parseSideMessage(ofLaterVersion), { commitment: hash }, 'more is overlooked')
  for (const text of [
    '',
    '{',
    'null',
    '{"type":"unknown"}',
    JSON.stringify({ type: 'digits-commit', commitment: hash.toUpperCase() }),
    JSON.stringify({ type: 'digits-commit', commitment: `${hash}\n` }),
    JSON.stringify({ type: 'text-from', generation: 1, of: 'x', position: 0 }),
    JSON.stringify({ type: 'text-from', generation: 1, of: '0'.repeat(16), position: -1 }),
    JSON.stringify({ type: 'text-from', generation: 1, of: '0'.repeat(16), position: 1e300 }),
  ]) {
    t.equal(parseSideMessage(text), null, text)
  }
  t.end()
})
