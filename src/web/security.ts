import { secureHeaders } from 'hono/secure-headers';

/**
 * Browsers load and run only what comes from this very host, from files: no inline script or style,
 * no frames, no third parties. `data:` images are the arrows and ticks inside the style sheet.
 */
export const security = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
  referrerPolicy: 'same-origin',
  permissionsPolicy: { camera: [], microphone: [], payment: [], usb: [], geolocation: ['self'] },
});
