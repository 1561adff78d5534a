import type { CheckActor, CheckCode } from '@naervaer/shared'

/** What a code means for whoever supports, in the language of the command line. */
export const CODE_WORDS: Readonly<
  Record<CheckCode, { readonly cause: string; readonly look: string }>
> = {
  K1: {
    cause: 'The app was refused the camera, in the browser or in the settings of the device.',
    look: "The browser's permissions for the page. On a work computer also the browser's policy.",
  },
  K2: {
    cause: 'Another program is using the camera.',
    look: 'Other meetings, another tab, or a program in the background.',
  },
  K3: {
    cause: 'The browser finds no camera.',
    look: 'Whether there is a camera, whether it is plugged in, and whether the device has turned it off.',
  },
  M1: {
    cause: 'The app was refused the microphone, in the browser or in the settings of the device.',
    look: "The browser's permissions for the page. On a work computer also the browser's policy.",
  },
  M2: {
    cause: 'Another program is using the microphone, or it is muted on the device itself.',
    look: 'The button on the headset or on the side of the device, and other programs.',
  },
  M3: {
    cause: 'The browser finds no microphone.',
    look: 'Whether there is a microphone, and whether it is plugged in.',
  },
  N1: {
    cause: 'The device is offline, or the network wants a sign-in.',
    look: 'Wi-fi, mobile data and flight mode. A guest network wants a sign-in in the browser first.',
  },
  N2: {
    cause: 'A firewall blocks UDP. Calls go over TCP and are worse.',
    look: 'Open UDP 3478 and UDP 49160\u201349459 towards the TURN server.',
  },
  N3: {
    cause: 'No way leads to the TURN server, or it refuses.',
    look: 'Is coturn running? Is TURN_SECRET the same on both sides? Is TCP 3478 open in the firewall?',
  },
  N4: {
    cause: 'The page can be fetched, but a proxy does not pass WebSockets.',
    look: "The proxy's rules for Upgrade to /ws, at your end and in the citizen's network.",
  },
  B1: {
    cause: 'The citizen or the device has refused notifications.',
    look: "The browser's permissions for the page, and the device's own settings for notifications.",
  },
  B2: {
    cause: 'Notifications are allowed, but a trial does not arrive.',
    look: 'Power saving on the device, and whether the network lets the push service through. Where the trial was "refused", look for PUSH_REFUSED and PUSH_UNREACHED in the log of the server.',
  },
  V1: {
    cause: 'The browser lacks something that a call needs.',
    look: 'The version of browser and system. A page inside another app often has no camera.',
  },
  S1: {
    cause: 'The server, or the proxy before it, answers with an error.',
    look: "GET /health, the server's log and the proxy's log.",
  },
  S2: {
    cause: "The server's certificate ends within three days, or has ended.",
    look: 'Renew the certificate in TLS_CERT, and restart the server.',
  },
  U1: {
    cause: 'The clock of the device is more than two minutes wrong.',
    look: 'Automatic date and time in the settings of the device, and the time zone.',
  },
}

export const ACTOR_WORDS: Readonly<Record<CheckActor, string>> = {
  citizen: 'the citizen',
  worker: 'the support worker',
  it: 'IT',
}
