/** Types whose value is the name of a section of the same kind. */
export const SECTION_TYPES: ReadonlySet<string> = new Set([
  'resolvers',
  'peers',
  'mailers',
  'cache',
  'http-errors',
  'fcgi-app',
  'log-profile',
  'defaults',
]);
