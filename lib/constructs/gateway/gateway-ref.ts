import type { IConstruct } from 'constructs';
import type { PodsOfApp } from '../app-port';
import type { AllowedRoutes } from './allowed-routes';
import type { Listener } from './listener';

/** What routes have to know of a Gateway. */
export interface GatewayFacts {
  /** For messages, e.g. `Gateway "infra/public"`. */
  readonly where: string;
  readonly name: string;
  readonly namespace: string;
  /** Names of its listeners. */
  readonly listeners: readonly string[];
  /** The listeners themselves, where the manifest is one of this app, so that promises can be proved on it. */
  readonly declared?: ReadonlyMap<string, Listener>;
  /** Whose routes the listener takes; `undefined` where nobody tells. */
  allowedRoutes(listener: string): AllowedRoutes | undefined;
  /** The pods that forward its requests (NP-40); known at synth. @param scope any construct of the app */
  proxy(scope: IConstruct): PodsOfApp;
}

/** The mark by which a Gateway (of any copy of this library) offers itself to routes. */
export const GATEWAY: unique symbol = Symbol.for('portolan.gateway') as never;

/** Stands for the names of listeners, in types only. */
export declare const LISTENER: unique symbol;

/** A Gateway of this app or of another repository. @typeParam L names of its listeners */
export interface GatewayRef<in L extends string = never> {
  readonly [GATEWAY]: GatewayFacts;
  readonly [LISTENER]?: (name: L) => void;
}
