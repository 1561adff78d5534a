import type { Person, Role } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'
import { signOutIcon } from './page-icons.ts'
import './nv-language-choice.ts'
import './nv-role-links.ts'

/**
 * The top of a page of staff: who is signed in, the way to their other pages, and out.
 *
 * @fires nv-sign-out
 */
@customElement('nv-staff-header')
export class NvStaffHeader extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--nv-space-4);
        margin-block-end: var(--nv-space-5);
      }

      .brand {
        flex: 1 0 100%;
        font-family: var(--nv-font-display);
        font-size: var(--nv-text-l);
        color: var(--nv-accent);
      }

      /* What is written on it begins where the links begin. */
      .button {
        margin-inline-start: -0.4em;
      }

      .me {
        color: var(--nv-ink-soft);
      }

      .me strong {
        color: var(--nv-ink);
      }
    `,
  ]

  @property({ attribute: false }) you: Person | null = null
  @property({ attribute: false }) roles: readonly Role[] = []
  @property() current = ''

  #signOut(): void {
    this.dispatchEvent(new Event('nv-sign-out', { bubbles: true, composed: true }))
  }

  protected override render(): TemplateResult {
    return html`
      <p class="brand">${t('app.name')}</p>
      ${
        this.you === null
          ? nothing
          : html`<p class="me">${t('staff.signedIn')} <strong>${this.you.name}</strong></p>`
      }
      <nv-role-links .roles=${this.roles} .current=${this.current}></nv-role-links>
      <button class="button plain" type="button" @click=${() => this.#signOut()}>
        ${signOutIcon}${t('staff.signOut')}
      </button>
      <nv-language-choice isShort></nv-language-choice>
    `
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-staff-header': NvStaffHeader
  }
}
