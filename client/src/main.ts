import './app/nv-app.ts'
import { createAppServices } from './app/app-services.ts'
import { keepInstallOffer } from './services/install-offer.ts'
import { startLanguage } from './texts/language.ts'

keepInstallOffer()
await startLanguage()
const app = document.createElement('nv-app')
app.services = createAppServices()
document.body.append(app)
