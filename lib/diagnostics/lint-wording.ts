import type { Lint } from '../model/finding/lint';
import { administrationWording } from './wording/administration-lints';
import { dnsWording } from './wording/dns-lints';
import { fabricWording } from './wording/fabric-lints';
import { gatewayWording } from './wording/gateway-lints';
import { ingressWording } from './wording/ingress-lints';
import { ingressRuleWording } from './wording/ingress-rule-lints';
import { keptFromBackendsWording } from './wording/kept-from-backends';
import type { LintWording } from './wording/lint-words';
import { networkLintWording } from './wording/network-lints';
import { podWording } from './wording/pod-lints';
import { ruleWording } from './wording/rule-lints';
import { selectorWording } from './wording/selector-lints';
import { serviceWording } from './wording/service-lints';

/** The words for a lint. A code without words does not compile. */
export function lintWordingOf(lint: Lint): LintWording {
  switch (lint.code) {
    case 'PTL130':
    case 'PTL131':
    case 'PTL132':
    case 'PTL133':
      return selectorWording(lint);
    case 'PTL134':
    case 'PTL135':
    case 'PTL136':
    case 'PTL137':
    case 'PTL138':
    case 'PTL139':
    case 'PTL143':
      return ruleWording(lint);
    case 'PTL140':
    case 'PTL141':
    case 'PTL142':
      return administrationWording(lint);
    case 'PTL230':
    case 'PTL231':
    case 'PTL232':
    case 'PTL233':
    case 'PTL234':
    case 'PTL235':
    case 'PTL236':
    case 'PTL237':
    case 'PTL238':
    case 'PTL239':
      return serviceWording(lint);
    case 'PTL310':
    case 'PTL312':
    case 'PTL313':
    case 'PTL314':
    case 'PTL315':
    case 'PTL316':
    case 'PTL317':
    case 'PTL318':
    case 'PTL331':
      return fabricWording(lint);
    case 'PTL320':
    case 'PTL321':
    case 'PTL322':
      return podWording(lint);
    case 'PTL301':
    case 'PTL303':
    case 'PTL304':
    case 'PTL305':
    case 'PTL306':
      return networkLintWording(lint);
    case 'PTL402':
    case 'PTL403':
      return ingressWording(lint);
    case 'PTL410':
    case 'PTL411':
    case 'PTL412':
    case 'PTL413':
    case 'PTL414':
    case 'PTL415':
    case 'PTL416':
      return ingressRuleWording(lint);
    case 'PTL417':
      return keptFromBackendsWording(lint);
    case 'PTL420':
    case 'PTL421':
    case 'PTL422':
      return gatewayWording(lint);
    case 'PTL530':
    case 'PTL531':
    case 'PTL532':
    case 'PTL533':
    case 'PTL534':
      return dnsWording(lint);
  }
}
