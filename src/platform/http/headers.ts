import type { MiddlewareHandler } from 'hono';

/** The one style text that a page may set by itself: the bar that Turbo (8.0) brings with its first import, whether it is used or not. */
const turboBar = "'sha256-WAyOw4V+FqDc35lQPyRADLBWbuNK8ahvYEaQIYF1+Ps='";

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' ${turboBar}`,
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "manifest-src 'self'",
].join('; ');

/** Headers of every answer: no inline script, no framing, no sniffing, no referrer; pages are not kept by caches. */
export const securityHeaders =
  (secure: boolean): MiddlewareHandler =>
  async (c, next) => {
    await next();
    const set = (name: string, value: string): void => {
      if (!c.res.headers.has(name)) c.res.headers.set(name, value);
    };
    set('Content-Security-Policy', policy);
    set('X-Content-Type-Options', 'nosniff');
    set('Referrer-Policy', 'no-referrer');
    set('Cross-Origin-Opener-Policy', 'same-origin');
    set('Cross-Origin-Resource-Policy', 'same-origin');
    set('Permissions-Policy', 'camera=(self), geolocation=(), microphone=(), payment=()');
    set('Cache-Control', 'no-store');
    if (secure) set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
  };
