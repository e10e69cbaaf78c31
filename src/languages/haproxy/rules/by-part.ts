import type { HaproxyRule } from './haproxy-rule';

/**
 * Rules that look at each section by itself, with the global section and the defaults it inherits. All others compare
 * sections, or count on having seen all of them.
 */
const BY_PART: ReadonlySet<string> = new Set(
  (
    'HAP201 HAP202 HAP203 HAP204 HAP205 HAP206 HAP207 HAP208 HAP209 HAP210 HAP211 HAP212 HAP220 HAP221 HAP222 HAP223 ' +
    'HAP224 HAP229 HAP231 HAP233 HAP234 HAP235 HAP300 HAP301 HAP306 HAP307 HAP308 HAP310 HAP311 HAP312 HAP313 HAP314 ' +
    'HAP315 HAP316 HAP317 HAP318 HAP320 HAP321 HAP322 HAP325 HAP326 HAP327 HAP328 HAP329 HAP330'
  ).split(' '),
);

/** The rule as one that may be asked about parts of a long file, where it can be. */
export function byPart(rule: HaproxyRule): HaproxyRule {
  return BY_PART.has(rule.id) ? { ...rule, byPart: true } : rule;
}
