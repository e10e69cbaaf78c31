/** A clause with a capital letter at its beginning and a full stop; nothing stays nothing. */
export function asSentence(clause: string): string {
  return clause === '' ? '' : `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}
