import type { PlacedObject } from './object-name';

/** Requests that one backend gets. */
export interface IngressRequests {
  /** @default - of every host */
  readonly host?: string;
  /** @default - what the controller takes it for */
  readonly path?: string;
  /** Those that no rule takes (ING-10). */
  readonly isDefault?: true;
}

/** 4xx: about Ingresses. */
export type IngressLintDetail =
  /** A backend whose Service is not where it is looked for (ING-14, GW-11). `namesakes`: those of other namespaces. */
  | {
      readonly code: 'PTL402';
      readonly service: string;
      /** Where it is looked for: in the Ingress's own namespace, or in the one that a route names. */
      readonly namespace: string;
      readonly requests: readonly IngressRequests[];
      readonly namesakes: readonly PlacedObject[];
      readonly didYouMean?: string;
    }
  /** A port that the Service of a backend does not have (ING-14, GW-11). */
  | {
      readonly code: 'PTL403';
      readonly service: string;
      readonly namespace: string;
      readonly port: string | number;
      readonly requests: readonly IngressRequests[];
      /** What the Service has, e.g. `web (80/TCP)`. */
      readonly has: readonly string[];
      /** It is where the Service sends to, and no port of its own; some controllers take it all the same. */
      readonly isTargetPort: boolean;
      /** Rules of the host that match the path too, and why this one goes before them. */
      readonly goesBefore: readonly { readonly matches: string; readonly because: string }[];
      readonly didYouMean?: string;
    }
  /** A class that nobody serves (ING-12, ING-13). */
  | {
      readonly code: 'PTL410';
      /** `undefined`: none, and there is no default one. */
      readonly className?: string;
      /** `no-controller`: the class is there, and no controller of the profile is the one that it names. */
      readonly problem: 'none' | 'no-class' | 'no-controller';
      /** What the IngressClass names. */
      readonly controller?: string;
      /** The classes that there are. */
      readonly has: readonly string[];
      readonly didYouMean?: string;
    }
  /** Two rules for one host and path, with different backends: nobody says which goes first (ING-08, ING-17). */
  | {
      readonly code: 'PTL411';
      readonly claimed: IngressRequests;
      /** E.g. `web:http`. */
      readonly backend: string;
      /** The Ingress of the other rule, at its path, and where that one sends to. */
      readonly twin: PlacedObject;
      readonly twinBackend: string;
    }
  /** A path whose requests another rule takes, all of them, as this controller compares paths (ING-18, ING-21). */
  | {
      readonly code: 'PTL412';
      readonly claimed: IngressRequests;
      readonly backend: string;
      /** For people: `Traefik`. */
      readonly controller: string;
      /** What the controller does there unlike the API. */
      readonly rule: 'ING-18' | 'ING-21';
      /** The Ingress of the other rule, at its path, what that is, and where it sends to. */
      readonly twin: PlacedObject;
      readonly twinPath: string;
      readonly twinBackend: string;
    }
  /** A host of `tls` that no rule takes requests for (ING-16). */
  | { readonly code: 'PTL413'; readonly host: string; readonly didYouMean?: string }
  /** The host of a rule without a certificate, where `covered`, others of the Ingress, have one (ING-16). */
  | { readonly code: 'PTL414'; readonly host: string; readonly covered: readonly string[] }
  /** A certificate that is not for its host (ING-16). */
  | {
      readonly code: 'PTL415';
      readonly host: string;
      /** E.g. `shop/shop-tls`. */
      readonly secret: string;
      /** Of the certificate; `undefined` where there is none in the Secret. */
      readonly names?: readonly string[];
      /** A clause that says so. */
      readonly because: string;
      readonly certificates: readonly PlacedObject[];
    }
  /** A Prefix that takes requests beyond its elements, which are another rule's (ING-18, ING-21). */
  | {
      readonly code: 'PTL416';
      readonly claimed: IngressRequests;
      readonly backend: string;
      /** A path that it takes, e.g. `/foobar`. */
      readonly example: string;
      readonly controller: string;
      readonly compares: 'text' | 'expressions';
      readonly twin: PlacedObject;
      readonly twinPath: string;
      readonly twinBackend: string;
    }
  /** Policies keep the proxy at the edge from every pod of a backend (NP-40). */
  | {
      readonly code: 'PTL417';
      /** For people: `ingress-nginx`, `Gateway infra/public`. */
      readonly proxy: string;
      readonly proxyNamespace: string;
      /** The requests that end there, e.g. `https://shop.example.com/api*`. */
      readonly urls: readonly string[];
      /** E.g. `shop/api:http`. */
      readonly service: string;
      /** At which end. */
      readonly direction: 'ingress' | 'egress';
      /** As policies see it, e.g. `8080/TCP`. */
      readonly traffic: string;
      /** Whose pods the policies select: behind the Service, or those of the proxy. */
      readonly workloads: readonly string[];
      readonly policies: readonly PlacedObject[];
    };
