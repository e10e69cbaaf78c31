import type { Instance } from '../model/instances';
import { groupsByMember, namedBlocks } from '../model/instances';
import type { KeepalivedSubject } from '../subject';
import type { Entry } from '../syntax/tree';
import type { Word } from '../syntax/word';
import { rule, type KeepalivedRule } from './keepalived-rule';

const TOPIC = 'Taking over';

/** What the lines of a block name, by the keyword of that block, and the weight of what does not say one. */
const TRACKED = [
  ['track_interface', [], '0'],
  ['track_script', ['vrrp_script'], '0'],
  ['track_file', ['track_file', 'vrrp_track_file'], '1'],
  ['track_bfd', ['bfd_instance'], '0'],
] as const;

/** The weight each of these blocks has of its own, by its keyword and name. */
function defaultWeights({ document }: KeepalivedSubject): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [keyword, blocks, standard] of TRACKED) {
    for (const { name, block } of namedBlocks(document, ...blocks)) {
      const own = block.statements.filter((inner) => inner.keyword.value === 'weight').at(-1)?.args[0]?.value;
      found.set(`${keyword} ${name.value}`, own ?? standard);
    }
  }
  return found;
}

/** Weighted lines of the tracking blocks of an instance. */
function* weighted(instance: Instance, weights: ReadonlyMap<string, string>): Generator<Word> {
  for (const [keyword] of TRACKED) {
    for (const entry of instance.entries(keyword)) {
      const [name] = entry.words;
      if (name === undefined || entry.uncertain) continue;
      const weight = ownWeight(entry) ?? weights.get(`${keyword} ${name.value}`);
      if (weight !== undefined && /^[+-]?\d+$/.test(weight) && Number(weight) !== 0) yield name;
    }
  }
}

function ownWeight({ words }: Entry): string | undefined {
  return words[1]?.value === 'weight' ? words[2]?.value : undefined;
}

/** Weights that keepalived does not apply. */
export const WEIGHT_RULES: readonly KeepalivedRule[] = [
  rule('KAD059', 'error', TOPIC, 'A weight has no effect', (subject, report) => {
    const groups = groupsByMember(subject.document);
    const weights = defaultWeights(subject);
    for (const instance of subject.instances) {
      if (instance.incomplete || subject.document.root.incomplete) continue;
      const group = groups.get(instance.name?.value ?? '');
      const ignored =
        group !== undefined &&
        !group.block.incomplete &&
        !group.block.statements.some(({ keyword }) =>
          /^(sync_group_tracking_weight|global_tracking)$/.test(keyword.value),
        );
      if (instance.priority !== 255 && !ignored) continue;
      for (const word of weighted(instance, weights)) {
        report(
          instance.priority === 255
            ? {
                span: word,
                message: `Priority 255 cannot be changed by a weight; keepalived does not watch "${word.value}" at all.`,
                remedy: 'Set a priority up to 254, or remove the weight.',
              }
            : {
                span: word,
                message: `Weights do not count in the group "${group?.name.value ?? ''}"; keepalived does not watch "${word.value}" at all.`,
                remedy: 'Add "sync_group_tracking_weight" to the group, or remove the weight.',
              },
        );
      }
    }
  }),
];
