import t from 'tap'
import { clockCheck } from '../../../server/src/doctor/checks/10-clock.ts'
import { makeContext } from '../../../server/src/doctor/context.ts'

t.test(
  'a time server whose name nobody has is not known, and the other checks go on',
  async (t) => {
    const context = makeContext({ outside: null, ntpServer: 'time.naervaer.invalid:123' })
    t.match(await clockCheck.run(context), [{ code: 'CLOCK_UNKNOWN' }])
  },
)
