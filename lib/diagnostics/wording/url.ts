import type { Cause, Finding } from '../../intents/finding';
import type { RouteRule } from '../../model/ingress/routing';
import { routeRuleName } from '../url-way';
import { ingressWording } from './ingress-lints';
import { claimOf, named, quoted, type Wording } from './wording';

type UrlCause = Cause & {
  code: 'PTL402' | 'PTL403' | 'PTL404' | 'PTL405' | 'PTL406' | 'PTL407' | 'PTL408' | 'PTL409';
};

export function urlWording(finding: Finding, cause: UrlCause): Wording {
  const { subject } = finding;
  switch (cause.code) {
    case 'PTL402':
    case 'PTL403': {
      const { label, why, fix } = ingressWording(cause.lint);
      const { service, port } = { port: undefined, ...cause.lint };
      const missing = port === undefined ? `there is no Service ${quoted(service)}` : 'its backend port does not exist';
      return {
        title: `${subject} answers ${cause.status}: ${missing}`,
        culprits: [String(port ?? service), 'backend'],
        label,
        why: `${WINNER} ${why}`,
        advice: fix,
      };
    }
    case 'PTL404':
      return answered(finding, cause);
    case 'PTL405':
      return {
        title: `${portion(cause.share)}${subject} ${cause.share < 1 ? 'lead' : 'leads'} to ${quoted(cause.to)}, and was to ${purposeOf(finding)}`,
        label: `sends it to ${cause.to}`,
        why: `${cause.meant ? `${quoted(routeRuleName(cause.meant.rule))} leads there, and ${cause.meant.because}. ` : ''}${precedenceOf(cause.rule)}`,
        advice: 'change the rule that wins, or add a more precise one for the URL',
      };
    case 'PTL406':
      return untaken(finding, cause);
    case 'PTL407':
      return {
        title: `${subject} is redirected to ${quoted(cause.location)}, and was to ${purposeOf(finding)}`,
        culprits: [cause.location],
        label: `answers ${cause.status} with ${cause.location}`,
        why: 'A proxy that redirects forwards nothing: the client asks again, by the URL that the answer names. Controllers redirect http to https by themselves where the Ingress has TLS for the host.',
        advice: 'promise of the URL in the answer what is to become of the request, or take the redirect away',
      };
    case 'PTL408':
      return untrusted(finding, cause);
    case 'PTL409':
      return {
        title: `${subject} leads to ${quoted(cause.to)}, and was promised not to`,
        label: `sends it to ${cause.to}`,
        why: `No request for the URL may get there, whatever it gets there for. ${precedenceOf(cause.rule)}`,
        advice:
          'take the path away, let a more precise rule send it elsewhere, or keep the controller from the pods by a policy',
      };
  }
}

const WINNER = 'The rule that wins for this URL names a backend that is not there.';

/** ING-08, GW-06: why this rule and no other one. */
function precedenceOf(rule: RouteRule | undefined): string {
  if (!rule) return 'No rule takes it, so that a default backend does (ING-10).';
  return rule.kind === 'Ingress'
    ? 'Of all rules for the host the one with the longest path that matches wins, in whichever Ingress it is (ING-08, ING-17).'
    : 'Of all rules that match the one with the most precise hostname wins, then an exact path, then the longest prefix (GW-06).';
}

/** What the promise wants of the request. */
function purposeOf({ intent, target }: Finding): string {
  return intent.verb === 'toRedirectTo' ? `be redirected to ${quoted(target)}` : `get to ${named(target)}`;
}

/** `30 % of the requests for `. */
function portion(share: number): string {
  return share === 1 ? '' : `${Number((share * 100).toFixed(1))} % of the requests for `;
}

function answered({ subject }: Finding, cause: UrlCause & { code: 'PTL404' }): Wording {
  const { status, because, share, proxy, rule, nearest } = cause;
  const title = `${portion(share)}${subject} ${share < 1 ? 'get' : 'answers'} ${status}: ${rule ? because : 'no rule takes it'}`;
  if (rule) {
    return {
      title,
      label: because,
      why: `The rule that wins leads to nothing that could answer, so that ${proxy} does (ING-14, GW-11).`,
      advice: 'let the rule name a Service and one of its ports',
    };
  }
  return {
    title,
    label: nearest ? nearest.because : 'promised here',
    why: `What no rule takes goes to a default backend, and where there is none ${proxy} answers itself (ING-10). A path of type Prefix has all below it, element by element; Exact has itself alone (ING-06).`,
    advice: 'add a rule for the host and the path, or a default backend',
  };
}

function untaken({ subject }: Finding, { proxy, because }: UrlCause & { code: 'PTL406' }): Wording {
  return {
    title: because === undefined ? `nobody takes ${subject}` : `nobody takes ${subject}: ${because}`,
    label: proxy === undefined ? 'promised here' : `${proxy} refuses the connection`,
    why: 'Requests from outside come in through a controller that serves an Ingress, or through a listener of a Gateway; a class that nobody serves routes nothing (ING-13, GW-02).',
    advice: 'declare an Ingress or a Gateway for the host, of a class that a controller of the cluster serves',
  };
}

const TLS_ADVICE = 'list the host in `tls.hosts` beside the Secret whose certificate covers it';

function untrusted(finding: Finding, cause: UrlCause & { code: 'PTL408' }): Wording {
  const { problem, host, proxy, secret, wanted, because } = cause;
  const told = because === undefined ? '' : ` ${because[0].toUpperCase()}${because.slice(1)}.`;
  const base = { label: 'takes the request', advice: TLS_ADVICE };
  const sni = `The name in the TLS handshake picks the certificate, before any rule sees the request (ING-16).${told}`;
  switch (problem) {
    case 'plain':
      return { ...base, title: `${proxy} has no TLS for ${quoted(host)}`, why: sni };
    case 'passes-through':
      return {
        title: `TLS for ${quoted(host)} does not end at ${proxy}: it is passed through`,
        label: 'passes TLS through',
        why: 'A proxy that passes TLS through sees the name in the handshake alone; the certificate is that of the backend (GW-09).',
        advice: 'let the listener terminate TLS, or leave the promise out',
      };
    case 'own-certificate':
      return {
        ...base,
        title: `${proxy} shows its own certificate for ${quoted(host)}, which is for another name`,
        why: sni,
      };
    case 'other-secret':
      return {
        ...base,
        title: `${proxy} shows the certificate of Secret ${quoted(secret ?? '')} for ${quoted(host)}, not of ${quoted(wanted ?? '')}`,
        why: sni,
      };
    case 'not-covering':
      return {
        ...base,
        title: `the certificate of Secret ${quoted(secret ?? '')} does not cover ${quoted(host)}: clients refuse it, though it was promised that ${claimOf(finding)}`,
        why: sni,
      };
  }
}
