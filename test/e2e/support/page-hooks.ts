import type { BrowserContext } from 'playwright-core'

declare global {
  interface Window {
    /** Every peer connection the page made, oldest first; put there by the test. */
    nvTestPeers: RTCPeerConnection[]
    /** Every signalling state that any of them has been in; put there by the test. */
    nvTestSignalling: Set<RTCSignalingState>
    /** Every track the page got from camera or microphone, clones included; put there by the test. */
    nvTestTracks: MediaStreamTrack[]
    /** Those of them that are clones: the page listens to its own voice by one. */
    nvTestClones: Set<MediaStreamTrack>
    /** Tells the test about a report of the content security policy. */
    nvTestReport: (report: string) => void
  }
}

/** Runs in every page before its own scripts; the browser's functions do what they always do. */
function watchPage(): void {
  // A connection may be made in an empty frame of the page's own.
  const isFrame = window.top !== window.self && location.href === 'about:blank'
  const page: Window = isFrame ? window.parent : window
  if (!isFrame) {
    page.nvTestPeers = []
    page.nvTestSignalling = new Set()
  }
  const { nvTestPeers: peers, nvTestSignalling: states } = page
  const tracks: MediaStreamTrack[] = (window.nvTestTracks = [])
  const clones: Set<MediaStreamTrack> = (window.nvTestClones = new Set())
  document.addEventListener('securitypolicyviolation', (event) => {
    window.nvTestReport(`${event.effectiveDirective} refused ${event.blockedURI}`)
  })
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      peers.push(this)
      this.addEventListener('signalingstatechange', () => states.add(this.signalingState))
    }
  }
  const clone = Reflect.get<MediaStreamTrack, 'clone'>(MediaStreamTrack.prototype, 'clone')
  MediaStreamTrack.prototype.clone = function (this: MediaStreamTrack) {
    const copy = clone.call(this)
    if (tracks.includes(this)) {
      tracks.push(copy)
      clones.add(copy)
    }
    return copy
  }
  // Pages that are not secure have no media devices, whatever the type says.
  const devices = navigator.mediaDevices as MediaDevices | undefined
  if (devices === undefined) return
  const getUserMedia = devices.getUserMedia.bind(devices)
  devices.getUserMedia = async (constraints) => {
    const stream = await getUserMedia(constraints)
    tracks.push(...stream.getTracks())
    return stream
  }
}

/** Lets tests see peer connections, capture tracks and policy reports of every page of a context. */
export async function watchPages(
  context: BrowserContext,
  onReport: (report: string) => void,
): Promise<void> {
  await context.exposeBinding('nvTestReport', (_source, report: string) => onReport(report))
  await context.addInitScript(watchPage)
}
