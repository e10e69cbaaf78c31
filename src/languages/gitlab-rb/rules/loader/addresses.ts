import { parseIpv4 } from '../../../../cluster/ipv4';
import type { RubyValue } from '../../evaluate/value';
import type { GitlabRbSubject } from '../../subject';
import { takesAddress } from '../../schema/addresses';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { written } from '../support/read';
import { writtenKeys, type WrittenKey } from '../support/statements';
import { LOADER_TOPIC } from '../support/topics';

/** The part of an address that names the machine, where it is all digits and dots: nothing but IPv4 looks like that. */
const NUMERIC_HOST =
  /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/\s]*@)?(\d+(?:\.\d+){2,})(?::\d*)?(?:\/(?<rest>\S*))?$/i;

export const IMPOSSIBLE_ADDRESS: GitlabRbRule = {
  id: 'GLR237',
  severity: 'error',
  topic: LOADER_TOPIC,
  title: 'An IP address that no machine can have',
  check(subject, report) {
    for (const { root, path, value } of [...externalUrls(subject), ...writtenKeys(subject)]) {
      if (path.length > 0 && !takesAddress(path)) continue;
      for (const text of texts(value)) {
        const fault = text.value.split(/[\s,]+/).flatMap((part) => faultOf(part) ?? [])[0];
        if (fault === undefined) continue;
        report({
          span: subject.span(text.range),
          message: `${named(root, path)} holds ${fault.part}: ${fault.why}.`,
          remedy: fault.remedy,
        });
      }
    }
  },
};

/** `gitlab_rails['redis_sentinels'][…]['host']`: items of lists have no name. */
function named(root: string, path: readonly string[]): string {
  return written(root, path).replaceAll("['[]']", '[…]');
}

/** `external_url 'http://…'` and its like: roots that are an address themselves. */
function externalUrls({ config }: GitlabRbSubject): readonly AddressKey[] {
  return [...config.tree].flatMap(([root, value]) =>
    root.endsWith('external_url') ? [{ root, path: [], value }] : [],
  );
}

type AddressKey = Pick<WrittenKey, 'root' | 'path' | 'value'>;

type TextValue = Extract<RubyValue, { readonly kind: 'string' }>;

/** The texts of a value: itself, or the items of a list. Those of a hash have keys of their own. */
function texts(value: RubyValue): readonly TextValue[] {
  if (value.kind === 'string') return [value];
  return value.kind === 'array'
    ? value.items.filter((item): item is TextValue => item.kind === 'string')
    : [];
}

interface AddressFault {
  readonly part: string;
  readonly why: string;
  readonly remedy: string;
}

function faultOf(part: string): AddressFault | undefined {
  const match = NUMERIC_HOST.exec(part);
  const host = match?.[1];
  if (host === undefined) return undefined;
  const why = whyImpossible(host);
  if (why !== undefined) {
    return {
      part,
      why,
      remedy: 'Write four numbers from 0 to 255 without leading zeros, with dots between.',
    };
  }
  const prefix = match?.groups?.['rest'] ?? '';
  if (part.includes('://') || !/^\d+$/.test(prefix) || Number(prefix) <= 32) return undefined;
  return { part, why: `/${prefix} is longer than an address`, remedy: 'Write a prefix from /0 to /32.' };
}

/** Why digits and dots are no IPv4 address; undefined when they are one. */
function whyImpossible(host: string): string | undefined {
  if (parseIpv4(host) !== undefined) return undefined;
  const numbers = host.split('.');
  if (numbers.length !== 4) return `an IPv4 address has four numbers, not ${numbers.length}`;
  const large = numbers.find((number) => Number(number) > 255);
  if (large !== undefined) return `${large} is more than 255`;
  return 'a number with a leading zero is read in different ways';
}
