import { deriveKey, type Secret } from '../platform/crypto/index.ts';
import type { Services } from './services.ts';

/** Seals the second factors of staff; derived like every other key of this installation. */
export const totpKey = (services: Pick<Services, 'linkKey'>): Secret => deriveKey(services.linkKey, 'staff totp');
