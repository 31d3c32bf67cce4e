import type { Settings } from '../controller';
import { truth } from './annotations';
import { isHarmless } from './harmless-settings';

/** What the ConfigMap of ingress-nginx says of redirects; docs/user-guide/nginx-configuration/configmap.md. */
export interface RedirectSettings {
  /** For Ingresses that say nothing else: whether hosts with a certificate are served over https alone. */
  readonly toHttps: boolean;
  /** Likewise hosts without one. */
  readonly forced: boolean;
  /** Of redirects to https, and to the host with or without `www.`. */
  readonly status: number;
  /** What the paths of rules begin with that stay on plain HTTP. */
  readonly plain: readonly string[];
}

export function redirectSettings(settings: Settings): RedirectSettings {
  const plain = settings.get('no-tls-redirect-locations') ?? '/.well-known/acme-challenge';
  return {
    toHttps: truth(settings.get('ssl-redirect') ?? 'true') ?? true,
    forced: truth(settings.get('force-ssl-redirect') ?? 'false') ?? false,
    status: statusOf(settings.get('http-redirect-code')) ?? 308,
    plain: plain
      .split(',')
      .map((path) => path.trim())
      .filter((path) => path !== ''),
  };
}

/** `undefined` for what ingress-nginx takes for none. */
function statusOf(text: string | undefined): number | undefined {
  return [301, 302, 307, 308].find((status) => String(status) === text);
}

const TRUTHS: readonly string[] = ['ssl-redirect', 'force-ssl-redirect'];
const READ: readonly string[] = ['http-redirect-code', 'no-tls-redirect-locations'];

/** Up to here annotations count by default, of one release or another: these make it no fewer. */
const RISKS: readonly string[] = ['High', 'Critical'];

/** What is off, or empty, is as by default. */
const OFF: readonly string[] = ['', 'false'];

export function knowsSetting(key: string, value: string): boolean {
  if (TRUTHS.includes(key)) return truth(value) !== undefined;
  if (key === 'annotations-risk-level') return RISKS.includes(value);
  return READ.includes(key) || isHarmless(key) || OFF.includes(value);
}
