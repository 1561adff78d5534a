import t from 'tap'
import { chooseVersion, PROTOCOL_VERSION, SUBPROTOCOL, toSubprotocol } from '@naervaer/shared'

t.test(
  'CO2 a server speaks its own version and the one before, the newer where both are offered',
  (t) => {
    const cases: [server: number, offered: string[], chosen: number | null][] = [
      [1, ['naervaer.v1'], 1],
      [1, ['naervaer.v0'], null],
      [1, ['naervaer.v2'], null],
      [2, ['naervaer.v1'], 1],
      [2, ['naervaer.v1', 'naervaer.v2'], 2],
      [3, ['naervaer.v1'], null],
      [3, ['naervaer.v4', 'naervaer.v2', 'naervaer.v1'], 2],
      [3, [], null],
    ]
    for (const [server, offered, chosen] of cases)
      t.equal(chooseVersion(offered, server), chosen, `${server}: ${offered.join()}`)
    t.equal(SUBPROTOCOL, toSubprotocol(PROTOCOL_VERSION))
    t.equal(chooseVersion([SUBPROTOCOL]), PROTOCOL_VERSION)
    t.end()
  },
)
