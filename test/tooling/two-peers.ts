import type { Page } from 'playwright-core'
import type { Person } from '../e2e/support/browser.ts'

/** A page of our own, without the product: both videos stand in a shadow root, as the product's do. */
const HTML = `<!doctype html><html lang="da"><title>To parter</title><main><h1>To parter</h1>
<div id="host"></div></main><script>
const root = document.getElementById('host').attachShadow({ mode: 'open' })
root.innerHTML = '<video data-party="remote" autoplay playsinline></video><video data-party="self" muted autoplay></video>'
const remote = root.querySelector('[data-party=remote]')
window.prepare = async (configuration) => {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true })
  root.querySelector('[data-party=self]').srcObject = stream
  window.peer = new RTCPeerConnection(configuration)
  for (const track of stream.getTracks()) peer.addTrack(track, stream)
  peer.ontrack = (event) => { remote.srcObject = event.streams[0] }
}
window.describe = async (kind, description) => {
  if (description) await peer.setRemoteDescription(description)
  if (kind) {
    const gathered = new Promise((resolve) => {
      peer.onicegatheringstatechange = () => peer.iceGatheringState === 'complete' && resolve()
    })
    await peer.setLocalDescription(kind === 'offer' ? await peer.createOffer() : await peer.createAnswer())
    await gathered
  }
  return peer.localDescription.toJSON()
}
</script></html>`

declare global {
  interface Window {
    prepare: (configuration: RTCConfiguration) => Promise<void>
    describe: (
      kind: 'offer' | 'answer' | undefined,
      description?: RTCSessionDescriptionInit,
    ) => Promise<RTCSessionDescriptionInit>
  }
}

/** Opens a document on http://localhost without any server. */
export async function openDocument(page: Page, html: string, headers = {}): Promise<void> {
  await page.route('http://localhost/', (route) =>
    route.fulfill({ contentType: 'text/html; charset=utf-8', body: html, headers }),
  )
  // Chromium asks for it by itself, and a refusal would be a console error.
  await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }))
  await page.goto('http://localhost/')
}

/** Connects two people's pages; the test process carries the descriptions from one to the other. */
export async function connectPeers(
  caller: Person,
  callee: Person,
  configuration: RTCConfiguration,
): Promise<void> {
  for (const { page } of [caller, callee]) {
    await openDocument(page, HTML)
    await page.evaluate((wish) => window.prepare(wish), configuration)
  }
  const offer = await caller.page.evaluate(() => window.describe('offer'))
  const answer = await callee.page.evaluate((it) => window.describe('answer', it), offer)
  await caller.page.evaluate((it) => window.describe(undefined, it), answer)
}
