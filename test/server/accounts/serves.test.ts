import t from 'tap'
import { makeApp } from '../../helpers/build-app.ts'

t.test(
  'S-10 the server does not start with a route that does not say whom it serves',
  async (t) => {
    const { app } = await makeApp(t)
    app.get('/undeclared', () => 'anything')
    await t.rejects(async () => {
      await app.ready()
    }, /GET \/undeclared does not say whom it serves/)
  },
)
