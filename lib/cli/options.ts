import { type Command, InvalidArgumentError, Option } from 'commander';
import type { IpFamily } from '../model/values/ip';

/** Whether the ipBlock of a policy counts addresses outside the cluster only, any address, or nobody knows (NP-17). */
export type IpBlockReading = 'external' | 'any' | 'unknown';

/** What every subcommand takes. */
export interface CommonOptions {
  readonly cluster?: string;
  readonly ipBlock?: IpBlockReading;
  readonly ipFamily?: IpFamily;
  /** The file that takes the answer. @default - standard output */
  readonly output?: string;
}

/** Adds the options that every subcommand takes. */
export function withCommonOptions(command: Command): Command {
  const ipBlocks: readonly IpBlockReading[] = ['external', 'any', 'unknown'];
  return command
    .option('--cluster <name|file>', 'what the cluster itself does: a network plugin, or a YAML file')
    .addOption(
      new Option('--ip-block <who>', 'whom an ipBlock may select (default: that of the profile)').choices(ipBlocks),
    )
    .option('--ip-family <4|6>', 'look at one address family only', parseIpFamily)
    .option('--output <file>', 'write the answer to a file')
    .option('--no-color', 'never colour what is printed');
}

function parseIpFamily(text: string): IpFamily {
  const family = /^(?:ipv)?([46])$/i.exec(text);
  if (!family) throw new InvalidArgumentError('Allowed are 4, 6, IPv4 and IPv6.');
  return Number(family[1]) as IpFamily;
}
