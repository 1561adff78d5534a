import { ERROR_TABLE, NaervaerError, type ErrorCode } from '@naervaer/shared'
import t from 'tap'

t.test('ER1 every code is well formed and fits where it is sent', (t) => {
  for (const [code, { status, retry }] of Object.entries(ERROR_TABLE)) {
    t.match(code, /^[A-Z]+(_[A-Z]+)*$/)
    t.ok(code.length <= 40, code)
    t.ok(status >= 400 && status <= 599, code)
    t.equal(retry === 'afterSignIn', status === 401, `${code}: 401 means that one must sign in`)
    t.equal(retry === 'later', status === 429 || status >= 500, `${code}: later is our trouble`)
  }
  t.end()
})

t.test('ER1 an error carries what its code stands for', (t) => {
  const cause = new Error('disk full')
  const error = new NaervaerError('INTERNAL', { details: 'calls', cause })
  t.match(error, { name: 'NaervaerError', code: 'INTERNAL', statusCode: 500, retry: 'later' })
  t.equal(error.cause, cause)
  t.equal(error.message, 'calls')
  const code: ErrorCode = 'CALL_ENDED'
  t.equal(new NaervaerError(code).message, code)
  t.end()
})
