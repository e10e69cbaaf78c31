/**
 * A test for names by patterns in which `*` stands for any characters; everything else stands for itself.
 * No pattern at all shows everything: an empty list is more likely a mistake than a wish to see nothing.
 */
export function nameFilter(patterns: readonly string[]): (name: string) => boolean {
  if (patterns.length === 0) return () => true;
  const tests = patterns.map((pattern) => {
    const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`);
  });
  return (name) => tests.some((test) => test.test(name));
}
