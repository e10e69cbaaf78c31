import type { HaproxyVersion } from '../../../src/languages/haproxy/schema/version';
import { actionCases, converterCases, fetchCases, otherBranchCases } from './actions';
import { caseOf, groupedBy, type Case } from './base';
import { optionCases, sectionCases, statementCases } from './lines';
import { linePairs, parameterPairs, wordPairs } from './pairs';
import { conditionCases } from './conditions';
import { serverPortCases, tlsCases } from './endpoints';
import { inheritedCases } from './inherited';
import { referenceCases, trackCases } from './references';
import { numberCases, parameterCases } from './values';

/** As many cases of a group are judged, of larger ones an even choice; those of these groups as a whole. */
const MOST_OF_A_GROUP = 150;
const WHOLE: ReadonlySet<string> = new Set(['option', 'statement', 'inherited']);

/**
 * Every file to judge for a branch: the same ones each time, no text twice. Pure.
 * @param seed shifts which cases of a large group are chosen
 */
export function generate(version: HaproxyVersion, seed = 0): Case[] {
  const all = [
    caseOf('base', 'frontend', []),
    ...optionCases(),
    ...statementCases(),
    ...sectionCases(),
    ...actionCases(version),
    ...fetchCases(version),
    ...converterCases(version),
    ...otherBranchCases(version),
    ...numberCases(),
    ...parameterCases(version),
    ...parameterPairs(version),
    ...wordPairs(),
    ...linePairs(),
    ...referenceCases(),
    ...trackCases(),
    ...serverPortCases(),
    ...conditionCases(),
    ...tlsCases(),
    ...inheritedCases(),
  ];
  const unique = new Map(all.map((one) => [one.text, one]));
  const groups = groupedBy(unique.values(), ({ group }) => group);
  return [...groups].flatMap(([name, group]) => (WHOLE.has(name) ? group : chosen(group, seed)));
}

/** An even choice, which takes of neighbouring cases one each. */
function chosen(group: readonly Case[], seed: number): Case[] {
  const step = group.length / MOST_OF_A_GROUP;
  if (step <= 1) return [...group];
  return Array.from(
    { length: MOST_OF_A_GROUP },
    (_, at) => group[Math.floor(at * step + seed) % group.length],
  ).filter((one) => one !== undefined);
}
