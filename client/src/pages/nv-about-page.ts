import type { AboutReply, Role } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import '../components/nv-error-notice.ts'
import '../components/nv-own-page.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { Work } from '../controllers/work.ts'
import { fetchAbout } from '../services/about-client.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { t } from '../texts/text.ts'
import { ownPageStyles } from './own-page.styles.ts'

/** Who runs this, what is done with data (GDPR art. 13) and how it can be used by all; for anybody. */
@customElement('nv-about-page')
export class NvAboutPage extends LitElement {
  static override styles = [
    baseStyles,
    ownPageStyles,
    css`
      h2 {
        font-size: var(--nv-text-l);
      }

      section {
        display: grid;
        gap: var(--nv-space-2);
        justify-items: start;
      }

      section a {
        display: grid;
        align-content: center;
        min-height: var(--nv-target);
        text-decoration: none;
      }

      .words {
        font-weight: 600;
        text-decoration: underline;
      }
    `,
  ]

  /** Of whoever reads; none where nobody is signed in. */
  @property({ attribute: false }) roles: readonly Role[] = []
  @state() private about: AboutReply | null = null
  readonly #work = new Work(this)

  constructor() {
    super()
    new FocusHeading(this, () => 'about')
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#work.run(async () => {
      this.about = await fetchAbout()
    })
  }

  protected override render(): TemplateResult {
    const { about } = this
    return html`<nv-own-page back=${this.roles.includes('citizen') ? '/mine-valg' : '/'}>
      <h1 tabindex="-1">${t('about.title')}</h1>
      <nv-error-notice .code=${this.#work.error}></nv-error-notice>
      ${about === null ? nothing : this.#renderAbout(about)}
    </nv-own-page>`
  }

  #renderAbout({ municipality, privacyUrl, accessibilityUrl, version }: AboutReply) {
    return html`
      <p>
        ${municipality === null ? t('about.runsNobody') : t('about.runs', { name: municipality })}
      </p>
      <section>
        <h2>${t('about.data')}</h2>
        <p>${t('about.dataNot')}</p>
        <p>${t('about.dataKept')}</p>
        <p>${t('about.dataPush')}</p>
        <p>${t('about.dataRight')}</p>
        ${
          privacyUrl === null
            ? html`<p>${t('about.privacyAsk')}</p>`
            : renderLink(privacyUrl, t('about.privacy'))
        }
      </section>
      <section>
        <h2>${t('about.access')}</h2>
        <p>${t('about.accessBody')}</p>
        ${accessibilityUrl === null ? nothing : renderLink(accessibilityUrl, t('about.accessLink'))}
      </section>
      <section>
        <h2>${t('about.program')}</h2>
        <p class="soft">${t('about.version', { version })}</p>
      </section>
    `
  }
}

/** Beside the app, which goes on where it was. */
const renderLink = (address: string, words: string): TemplateResult =>
  html`<a href=${address} target="_blank" rel="noreferrer"
    ><span class="words">${words}</span> <span class="soft">${t('about.elsewhere')}</span></a
  >`

declare global {
  interface HTMLElementTagNameMap {
    'nv-about-page': NvAboutPage
  }
}
