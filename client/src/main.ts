import './app/nv-app.ts'
import { createAppServices } from './app/app-services.ts'
import { whenIdle } from './app/when-idle.ts'
import { keepInstallOffer } from './services/install-offer.ts'
import { startLanguage } from './texts/language.ts'

/** The first seconds belong to the first screen, and to what makes it ring. */
const CALM_MS = 4_000

keepInstallOffer()
await startLanguage()
const app = document.createElement('nv-app')
const services = createAppServices()
app.services = services
document.body.append(app)
setTimeout(() => {
  whenIdle(() => {
    // Without it the page is what it was before: a later start fetches it.
    import('./app/shell/start-shell.ts').then(
      ({ startShell }) => startShell(services),
      () => undefined,
    )
  })
}, CALM_MS)
