import { createHmac } from 'node:crypto'
import t from 'tap'
import { makeTurnCredential } from '../../../server/src/turn/credentials.ts'

t.test('TU2 the password is the HMAC-SHA1 of expiry and opaque name', (t) => {
  const now = 1_700_000_000_500
  const { username, credential } = makeTurnCredential('north', 'q1w2', 7200, now)
  t.equal(username, '1700007200:q1w2')
  t.equal(credential, createHmac('sha1', 'north').update(username).digest('base64'))
  // Worked out once with openssl, so that a change of algorithm shows.
  t.equal(credential, 'bS3bqtaq5lTLTH1afkUuMCVVSdI=')
  t.end()
})

t.test('another secret, name or moment gives another password', (t) => {
  const base = makeTurnCredential('north', 'a', 60, 0).credential
  t.not(makeTurnCredential('south', 'a', 60, 0).credential, base)
  t.not(makeTurnCredential('north', 'b', 60, 0).credential, base)
  t.not(makeTurnCredential('north', 'a', 60, 1000).credential, base)
  t.equal(makeTurnCredential('north', 'a', 60, 999).credential, base)
  t.end()
})
