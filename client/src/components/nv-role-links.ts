import type { Role } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'
import { listPages, type OwnPage } from './own-pages.ts'

/**
 * Plain links between a member of staff's pages, to their passkeys and to where they are signed in;
 * nothing for citizens.
 */
@customElement('nv-role-links')
export class NvRoleLinks extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      nav,
      .rest {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--nv-space-3);
      }

      nav {
        margin-inline-start: -0.4em;
      }

      /* What is seldom used does not push a telephone's page down. */
      @media (max-width: 59.99rem) {
        .rest:not(.open) {
          display: none;
        }

        .rest {
          flex-basis: 100%;
        }

        nav {
          column-gap: 0;
        }
      }

      @media (min-width: 60rem) {
        .toggle {
          display: none;
        }

        .rest {
          display: contents;
        }
      }

      /* In the narrow margin beside a page: in line with the words above and below. */
      @media (min-width: 60rem) {
        :host([upright]) nav {
          flex-direction: column;
          align-items: start;
        }

        :host([upright]) .button {
          justify-content: start;
          text-align: start;
        }
      }

      [aria-current] {
        color: var(--nv-ink);
        text-decoration: underline;
      }
    `,
  ]

  @property({ attribute: false }) roles: readonly Role[] = []
  /** One below the other: beside a page instead of above it. */
  @property({ type: Boolean, reflect: true }) upright = false
  /** The view that is shown. */
  @property() current = ''

  @state() private isOpen = false

  protected override render(): TemplateResult | typeof nothing {
    const isStaff = this.roles.some((role) => role !== 'citizen')
    if (!isStaff) return nothing
    const own = listPages(this.roles)
    const pages = own.length > 1 ? own : []
    return html`<nav aria-label=${t('staff.pages')}>
      ${pages.map(
        (page) =>
          html`<a
            class="button plain"
            href=${page.path}
            aria-current=${page.view === this.current ? 'page' : nothing}
            >${describe(page)}</a
          >`,
      )}
      <button
        class="button plain toggle"
        type="button"
        aria-expanded=${this.isOpen}
        aria-controls="rest"
        @click=${() => (this.isOpen = !this.isOpen)}
      >
        ${t('staff.more')}
      </button>
      <div id="rest" class="rest ${this.isOpen ? 'open' : ''}">${this.#renderRest()}</div>
    </nav>`
  }

  #renderRest(): TemplateResult {
    return html`${
        this.roles.includes('worker')
          ? html`<a class="button plain" href="/lyd-og-billede">${t('device.title')}</a>
              <a class="button plain" href="/oeveopkald">${t('practice.title')}</a>`
          : nothing
      }
      <a class="button plain" href="/passkeys">${t('passkeys.title')}</a>
      <a class="button plain" href="/sessions">${t('sessions.title')}</a>`
  }
}

function describe({ role, view }: OwnPage): string {
  if (view === 'week') return t('week.title')
  if (role === 'leader') return t('lead.title')
  if (role === 'authority') return t('offers.title')
  if (role === 'auditor') return t('audit.title')
  return role === 'it' ? t('it.title') : t('staff.citizens')
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-role-links': NvRoleLinks
  }
}
